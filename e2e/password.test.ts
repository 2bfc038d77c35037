import { expect, test } from 'vitest'
import { elsewhere, founder, hasFocus, isAt, signIn, visitor } from './journey.ts'
import { fresh, mailedLink } from './people.ts'

const NEW_PASSWORD = 'quite another few words'

test('a forgotten password is replaced by mail, and every other browser is signed out', async () => {
  const owner = await founder()
  const other = await elsewhere(owner)
  await other.page.goto('/partners')
  await other.page.getByRole('heading', { name: 'No partners yet' }).waitFor()

  const one = await visitor()
  const { page } = one
  await page.goto('/login')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await hasFocus(page.getByRole('heading', { name: 'Look in your mail' }))

  const link = await mailedLink(one, owner.email, 2)
  await page.goto(link)
  await page.getByRole('heading', { name: 'Choose a password' }).waitFor()
  await page.getByLabel('New password').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Set password' }).click()
  await isAt(page, '/partners')

  await other.page.getByRole('link', { name: 'Settings' }).click()
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(other.page, owner.email)
  await other.page.getByRole('alert').getByText('This e-mail address and password do not match.').waitFor()
  await signIn(other.page, owner.email, NEW_PASSWORD)
  await other.page.getByRole('link', { name: 'Partners', exact: true }).waitFor()
})

test('a link opens once, and says so the second time', async () => {
  const owner = await founder()
  const { page } = await visitor()
  await page.goto(await mailedLink(owner, owner.email))
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  await page.getByRole('button', { name: 'Send me a new link', exact: true }).click()
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.goto(await mailedLink(owner, owner.email, 2))
  await page.getByRole('heading', { name: 'Choose a password' }).waitFor()
})

test('asking for a link tells nobody whether the address is known', async () => {
  const owner = await founder()
  const answers: (string | undefined)[] = []
  for (const email of [owner.email, `${fresh('nobody')}@vendor.example`]) {
    const { page } = await visitor()
    await page.goto('/login?forgot=1')
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByRole('heading', { name: 'Look in your mail' }).waitFor()
    answers.push((await page.getByRole('main').textContent())?.replace(email, 'the address'))
  }
  expect(answers[0]).toBe(answers[1])
})

test('a wrong password is refused without saying what was wrong, and the address stays', async () => {
  const owner = await founder()
  const { page } = await visitor()
  await page.goto('/login')
  await signIn(page, owner.email, 'not the password')
  await page.getByRole('alert').getByText('This e-mail address and password do not match.').waitFor()
  expect(await page.getByLabel('E-mail').inputValue()).toBe(owner.email)
})
