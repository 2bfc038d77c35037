import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { elsewhere, founder, hasFocus, isAt, isDescribed, signIn } from './journey.ts'
import { fillPartner, fresh, partner } from './people.ts'
import type { Api } from './visitor.ts'

test('the first partner is added by keyboard alone, and its score arrives by itself', async () => {
  const { page } = await founder()
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/api/partners/rows?*', (route) => held.then(() => route.continue()))
  await page.goto('/partners')
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  await page.evaluate(() => Object.assign(window, { untouched: true }))

  const { keyboard } = page
  await keyboard.press('c')
  await hasFocus(page.getByLabel('Company name'))
  await keyboard.type('Driftwood Analytics')
  await keyboard.press('Tab')
  await keyboard.type(`https://www.${fresh('Driftwood')}.example/about`)
  await keyboard.press('Tab')
  await keyboard.type('Tech')
  await keyboard.press('Tab')
  await keyboard.type('Nord')
  await tabTo(page, 'First name')
  await keyboard.type('Naomi')
  await keyboard.press('Tab')
  await keyboard.type('Castellane')
  await keyboard.press('Tab')
  await keyboard.type('naomi@driftwood.example')
  await keyboard.press('Control+Enter')

  const row = page.getByRole('row', { name: /Driftwood Analytics/ })
  await row.getByText('Technology').waitFor()
  await row.getByText('Nordics').waitFor()
  await hasFocus(page.getByRole('link', { name: 'Driftwood Analytics', exact: true }))
  await page.getByRole('link', { name: 'Fit of Driftwood Analytics: analysing' }).waitFor()
  await page.getByRole('status').getByText('Driftwood Analytics is in your directory.').waitFor()

  release()
  const fit = page.getByRole('link', { name: /^Fit of Driftwood Analytics: (?!analysing)/ })
  await fit.waitFor()
  expect(await page.evaluate(() => 'untouched' in window)).toBe(true)

  await keyboard.press('Tab')
  await hasFocus(fit)
  await keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: 'Driftwood Analytics' })
  await drawer.getByText(/of what counts is known/).waitFor()
  await drawer.getByRole('heading', { name: /^What did not count/ }).waitFor()
  await keyboard.press('Escape')
  await hasFocus(fit)
})

async function tabTo(page: Page, label: string) {
  const field = page.getByLabel(label)
  for (let steps = 0; steps < 8; steps++) {
    await page.keyboard.press('Tab')
    if (await field.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab never reaches ${label}.`)
}

test('a double click on Create makes one partner', async () => {
  const { page, api } = await founder()
  await openForm(page)
  await fillPartner(page, 'Driftwood')
  await create(page).dblclick()
  await page.getByRole('link', { name: 'Driftwood', exact: true }).waitFor()
  expect(await namesOf(api)).toEqual(['Driftwood'])
})

test('Enter while a partner is being made does not make another', async () => {
  const { page, api } = await founder()
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  let sent = 0
  await page.route('**/api/partners', async (route) => {
    sent++
    await held
    await route.continue()
  })
  await openForm(page)
  await fillPartner(page, 'Driftwood')
  const email = page.getByLabel('E-mail')
  for (const key of ['Enter', 'Enter', 'Control+Enter']) await email.press(key)
  await create(page).click({ force: true })
  release()
  await page.getByRole('link', { name: 'Driftwood', exact: true }).waitFor()
  expect(sent).toBe(1)
  expect(await namesOf(api)).toEqual(['Driftwood'])
})

test('a lost connection keeps what was typed, and Try again makes the partner', async () => {
  const { page, context, api, noise } = await founder()
  noise.expect(/ERR_INTERNET_DISCONNECTED/)
  await openForm(page)
  await fillPartner(page, 'Driftwood')
  await context.setOffline(true)
  await create(page).click()
  await page
    .getByRole('alert')
    .getByText(/No connection. Nothing is lost/)
    .waitFor()
  expect(await page.getByLabel('Company name').inputValue()).toBe('Driftwood')
  expect(await page.getByLabel('Region').inputValue()).toBe('nordics')
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('link', { name: 'Driftwood', exact: true }).waitFor()
  expect(await namesOf(api)).toEqual(['Driftwood'])
})

test('when the answer is lost on its way, Try again finds the partner made instead of making two', async () => {
  const { page, api, noise } = await founder()
  noise.expect(/ERR_FAILED/)
  await openForm(page)
  await fillPartner(page, 'Driftwood')
  await page.route('**/api/partners', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await create(page).click()
  const again = page.getByRole('button', { name: 'Try again' })
  await again.waitFor()
  expect(await namesOf(api)).toEqual(['Driftwood'])
  await page.unroute('**/api/partners')
  await again.click()
  await page.getByRole('link', { name: 'Driftwood', exact: true }).waitFor()
  expect(await namesOf(api)).toEqual(['Driftwood'])
})

test('a domain that the directory has already is said at its field, with a link to that partner', async () => {
  const { page, api, context } = await founder()
  const body = partner({ name: 'Basalt & Bloom' })
  await api.post('/api/partners', body)
  await openForm(page)
  await fillPartner(page, 'Driftwood')
  const domain = page.getByLabel('Domain')
  await domain.fill(`HTTPS://www.${body.domain.toUpperCase()}/about`)
  await create(page).click()
  await isDescribed(domain, 'Already in your directory: Basalt & Bloom')
  await hasFocus(domain)
  expect(await page.getByLabel('Company name').inputValue()).toBe('Driftwood')
  const opened = context.waitForEvent('page')
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /Basalt & Bloom/ })
    .click()
  await (await opened).getByRole('dialog', { name: 'Basalt & Bloom' }).waitFor()
})

test('what is missing, and what the server refuses, stands at its field, and the first one has the focus', async () => {
  const { page } = await founder()
  await openForm(page)
  await create(page).click()
  await hasFocus(page.getByLabel('Company name'))
  await isDescribed(page.getByLabel('Company name'), 'Enter the company’s name.')
  await isDescribed(page.getByLabel('Type'), 'Choose a type.')
  await isDescribed(page.getByLabel('E-mail'), 'Enter an e-mail address.')

  await fillPartner(page, 'Driftwood')
  await page.getByLabel('Domain').fill('localhost')
  await page.getByLabel('E-mail').fill('naomi@')
  await create(page).click()
  await isDescribed(page.getByLabel('Domain'), 'Enter a public domain such as acme.com.')
  await isDescribed(page.getByLabel('E-mail'), 'Enter an e-mail address such as ada@acme.com.')
  await hasFocus(page.getByLabel('Domain'))
  expect(await page.getByLabel('Domain').inputValue()).toBe('localhost')
})

test('what was entered is not left without a question', async () => {
  const { page } = await founder()
  await openForm(page)
  const name = page.getByLabel('Company name')
  await name.fill('Driftwood')
  const question = page.getByRole('dialog', { name: 'Discard this partner?' })
  const keep = question.getByRole('button', { name: 'Keep editing' })

  await page.keyboard.press('Escape')
  await hasFocus(keep)
  await keep.click()
  await question.waitFor({ state: 'hidden' })
  await page.evaluate(() => history.back())
  await keep.click()
  const warning = page.waitForEvent('dialog')
  await page.evaluate(() => setTimeout(() => location.reload()))
  expect((await warning).type()).toBe('beforeunload')
  expect(await name.inputValue()).toBe('Driftwood')

  await page.getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Discard' }).click()
  await isAt(page, '/partners')
  await page.keyboard.press('c')
  await hasFocus(name)
  expect(await name.inputValue()).toBe('')
})

test('a session that ends while one types loses nothing', async () => {
  const owner = await founder()
  const { page } = owner
  const other = await elsewhere(owner)
  await openForm(page)
  await fillPartner(page, 'Driftwood')
  await other.api.delete('/api/account/sessions')
  await create(page).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(page, owner.email)
  const said = page.getByText('What you entered here before is not saved yet.')
  await said.waitFor()
  expect(await page.getByLabel('Company name').inputValue()).toBe('Driftwood')
  expect(await page.getByLabel('Region').inputValue()).toBe('nordics')
  await page.getByRole('button', { name: 'Discard it' }).click()
  await hasFocus(page.getByLabel('Company name'))
  expect(await page.getByLabel('Region').inputValue()).toBe('')
  await said.waitFor({ state: 'detached' })
  await fillPartner(page, 'Driftwood')
  await create(page).click()
  await page.getByRole('link', { name: 'Driftwood', exact: true }).waitFor()
})

const create = (page: Page) => page.getByRole('button', { name: 'Create partner' })

async function openForm(page: Page) {
  await page.goto('/partners')
  await page.getByRole('button', { name: 'Add partner' }).first().click()
  await page.getByLabel('Company name').waitFor()
}

async function namesOf(api: Api) {
  const { items } = await api.get<{ items: { name: string }[] }>('/api/partners')
  return items.map(({ name }) => name)
}
