import { expect, test } from 'vitest'
import { publish } from './forms.ts'
import { founder, hasFocus, isAt, isDescribed, visitor } from './journey.ts'
import { fresh, mailedLink, PASSWORD, partner } from './people.ts'

test('a founder signs up, proves the address by mail, and finds an empty directory', async () => {
  const one = await visitor()
  const { page } = one
  const email = `${fresh('olga')}@vendor.example`
  await page.goto('/login')
  await page.getByRole('link', { name: 'Create an organisation' }).click()
  await page.getByLabel('Organisation').fill('Tessellate Works')
  await page.getByLabel('Your name').fill('Olga Owner')
  await page.getByLabel('Work e-mail').fill(email)
  await page.keyboard.press('Enter')
  await hasFocus(page.getByRole('heading', { name: 'Look in your mail' }))
  await page.getByText(email).waitFor()

  const link = await mailedLink(one, email)
  await page.goto(link)
  await page.getByRole('heading', { name: 'Welcome, Tessellate Works' }).waitFor()
  await page.getByText(`For ${email}.`).waitFor()
  // Opening a link uses nothing up: mail programs do it before people.
  await page.reload()
  const newPassword = page.getByLabel('New password')
  await newPassword.fill(PASSWORD)
  await page.getByRole('button', { name: 'Open Entente' }).click()
  await isAt(page, '/partners')
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  await page.getByText('Tessellate Works').waitFor()
  await page.getByRole('region', { name: 'Get started' }).getByText('0 of 4').waitFor()
})

test('a new organisation sees what to do first, each step is ticked off when it is done, and then the list goes', async () => {
  const { page, api } = await founder()
  await page.goto('/partners')
  const list = page.getByRole('region', { name: 'Get started' })
  await list.getByRole('link', { name: 'Set your ideal profile' }).click()
  await page.getByRole('heading', { name: 'Your ideal partner' }).waitFor()
  await page.getByLabel('Industries').fill('insur')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await list.getByText('1 of 4').waitFor()
  await list.getByRole('link', { name: 'Set your ideal profile' }).waitFor({ state: 'detached' })

  await api.post('/api/partners', partner())
  await publish(api)
  await page.reload()
  await list.getByText('3 of 4').waitFor()
  await list.getByRole('link', { name: 'Invite a colleague' }).click()
  await page.getByLabel('E-mail').fill(`${fresh('vera')}@vendor.example`)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await list.getByText('You are set up').waitFor()
  await page.reload()
  await page.getByText('Invited').waitFor()
  await expect.poll(() => list.count()).toBe(0)
})

test('who hides the list of first steps can take that back', async () => {
  const { page } = await founder()
  await page.goto('/program')
  const list = page.getByRole('region', { name: 'Get started' })
  await list.getByRole('button', { name: 'Hide this list' }).click()
  await hasFocus(page.getByRole('heading', { name: 'Programme' }))
  await page.getByRole('button', { name: 'Undo' }).click()
  await list.getByText('0 of 4').waitFor()
  await list.getByRole('button', { name: 'Hide this list' }).click()
  await page.reload()
  await page.getByRole('button', { name: 'Add track' }).waitFor()
  expect(await list.count()).toBe(0)
})

test('a password that is too short or too common is refused at its field, and the link still works', async () => {
  const one = await visitor()
  const { page } = one
  const email = `${fresh('olga')}@vendor.example`
  await one.api.post('/api/organizations', { name: 'Corvane', owner: { name: 'Olga', email } })
  await page.goto(await mailedLink(one, email))
  const password = page.getByLabel('New password')
  const open = page.getByRole('button', { name: 'Open Entente' })

  await password.fill('short')
  await open.click()
  await isDescribed(password, 'Use at least 10 characters.')
  await hasFocus(password)

  await password.fill('password123')
  await open.click()
  await isDescribed(password, 'This is one of the most used passwords.')
  await hasFocus(password)
  expect(await password.inputValue()).toBe('password123')

  await password.fill(PASSWORD)
  await open.click()
  await isAt(page, '/partners')
})

test('a link that was used says so, and offers a new one', async () => {
  const owner = await founder()
  const { page } = owner
  await page.goto(await mailedLink(owner, owner.email))
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Send me a new link', exact: true }).click()
  await page.getByRole('heading', { name: 'Reset your password' }).waitFor()
})

test('what is missing at sign-up stands at its field', async () => {
  const { page } = await visitor()
  await page.goto('/signup')
  await page.getByRole('button', { name: 'Continue' }).click()
  await hasFocus(page.getByLabel('Organisation'))
  await isDescribed(page.getByLabel('Organisation'), 'Enter the name of your organisation.')
  await page.getByLabel('Organisation').fill('Corvane')
  await page.getByLabel('Your name').fill('Olga')
  await page.getByLabel('Work e-mail').fill('olga@')
  await page.getByRole('button', { name: 'Continue' }).click()
  await isDescribed(page.getByLabel('Work e-mail'), 'Enter an e-mail address such as ada@acme.com.')
  await hasFocus(page.getByLabel('Work e-mail'))
})
