import { expect, test } from 'vitest'
import { HOSTILE, nothingRan } from './hostile.ts'
import { contact, founder, visitor } from './journey.ts'
import { fillPartner, fresh, mailedLink, PASSWORD, partner } from './people.ts'
import { row } from './rows.ts'

const SOME = HOSTILE.filter((_, index) => index % 5 === 0)

test('whatever a partner is called, its name is text in the list, in its drawer and for its contact', async () => {
  const { page, api } = await founder()
  const email = `${fresh('robin')}@both.example`
  const primaryContact = { firstName: 'Robin', lastName: 'Delaney', email }
  for (const name of HOSTILE) await api.post('/api/partners', partner({ name, primaryContact }))
  await page.goto('/partners')
  for (const name of HOSTILE) await row(page, name).hover()
  for (const name of SOME) {
    await row(page, name).click()
    await page.getByRole('dialog', { name, exact: true }).waitFor()
    await expect.poll(() => page.title()).toBe(`${name} · Entente`)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await nothingRan(page)

  const robin = await contact(email)
  await robin.page.goto('/portal')
  for (const name of HOSTILE) await robin.page.getByText(name, { exact: true }).waitFor()
  await nothingRan(robin.page)
})

test('a hostile name is as good as any other in the form and in the message after it', async () => {
  const { page } = await founder()
  for (const name of SOME) {
    await page.goto('/partners/new')
    await fillPartner(page, name)
    await page.getByLabel('First name').fill(name)
    await page.getByRole('button', { name: 'Create partner' }).click()
    await page.getByText(`${name} is in your directory.`).waitFor()
  }
  await nothingRan(page)
})

test.each(SOME)('an organisation and its owner can be called %s', async (name) => {
  const one = await visitor()
  const { page } = one
  const email = `${fresh('hostile')}@vendor.example`
  await page.goto('/signup')
  await page.getByLabel('Organisation').fill(name)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Work e-mail').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.goto(await mailedLink(one, email))
  await page.getByRole('heading', { name: `Welcome, ${name}`, exact: true }).waitFor()
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Open Entente' }).click()
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  await page.getByText(name, { exact: true }).first().waitFor()
  await page.getByRole('button', { name: `Your account: ${name}`, exact: true }).waitFor()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('combobox', { name: `Role of ${name}`, exact: true }).waitFor()

  await one.api.post('/api/members', { email: `${fresh('guest')}@vendor.example`, role: 'viewer' })
  await page.goto('/dev/mail')
  await page
    .getByRole('link', { name: `Join ${name} on Entente`, exact: true })
    .first()
    .click()
  await page.frameLocator('iframe').getByText(`${name} works with its partners in Entente`).waitFor()
  await nothingRan(page)
})

test('the policy of the pages stops what got in all the same', async () => {
  const { page, noise } = await founder()
  noise.expect(/Content Security Policy/)
  await page.goto('/partners')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'top.__xss = 1'
    const image = document.createElement('img')
    image.setAttribute('onerror', 'top.__xss = 1')
    image.src = 'data:image/png,'
    document.body.append(script, image)
  })
  await expect.poll(() => noise.all().join()).toMatch(/script-src-elem|inline script/)
  await nothingRan(page)
})
