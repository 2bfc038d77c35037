import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { applicant, SECTIONS } from './forms.ts'
import { HOSTILE, nothingRan } from './hostile.ts'
import { hasFocus, isDescribed } from './journey.ts'

async function fillRight(page: Page) {
  await page.getByLabel('Company *').fill('Newco')
  await page.getByLabel('E-mail').fill('ada@newco.example')
  await page.getByLabel('Reseller').check()
  await page.getByLabel('I accept').check()
}
const apply = (page: Page) => page.getByRole('button', { name: 'Apply' }).click()
const accepted = (page: Page) => page.getByText('Thank you. We will write.').waitFor()

test('without scripts, an application is corrected, sent and acknowledged', async () => {
  const { page, path } = await applicant({}, { javaScriptEnabled: false })
  await page.goto(path)
  await page.getByLabel('Company *').fill('Newco')
  await page.getByLabel('Country').selectOption({ label: 'Germany' })
  await page.getByLabel('Build').check()
  await page.getByLabel('Why us?').fill('Because we\ncan, <b>really</b>.')
  await apply(page)
  const summary = page.getByRole('alert')
  await summary.getByRole('link', { name: 'E-mail: Answer this.' }).waitFor()
  await summary.getByRole('link', { name: 'Programme terms: Accept this to go on.' }).waitFor()
  expect(await page.getByLabel('Company *').inputValue()).toBe('Newco')
  expect(await page.getByLabel('Country').inputValue()).toBe('DE')
  expect(await page.getByLabel('Build').isChecked()).toBe(true)
  expect(await page.getByLabel('Why us?').inputValue()).toBe('Because we\ncan, <b>really</b>.')
  await fillRight(page)
  await apply(page)
  await accepted(page)
  expect(new URL(page.url()).pathname).toBe(`${path}/thanks`)
})

test('answers are judged as they are left, and all of them before they are sent', async () => {
  const { page, path } = await applicant()
  await page.goto(path)
  const mail = page.getByLabel('E-mail')
  await mail.fill('nobody')
  await page.getByLabel('Phone').focus()
  await isDescribed(mail, 'Enter an e-mail address such as ada@acme.com.')
  await mail.fill('ada@newco.example')
  await isDescribed(mail, /^ ?$/)
  await page.getByLabel('Employees').fill('0')
  await page.getByLabel('Why us?').fill('No')
  await apply(page)
  await hasFocus(page.getByRole('alert'))
  for (const line of [
    'Company: Answer this.',
    'Employees: Enter 1 or more.',
    'Kind of partner: Answer this.',
    'Why us?: Use 5 characters at least.',
    'Programme terms: Accept this to go on.',
  ])
    await page.getByRole('link', { name: line }).waitFor()
  await page.getByRole('link', { name: 'Kind of partner: Answer this.' }).click()
  await hasFocus(page.getByLabel('Reseller'))
  await page.getByRole('link', { name: 'Company: Answer this.' }).press('Enter')
  await hasFocus(page.getByLabel('Company *'))
})

test('what was entered outlives the page, and goes once it has arrived', async () => {
  const { page, path } = await applicant()
  await page.goto(path)
  await fillRight(page)
  await page.getByLabel('Sell', { exact: true }).check()
  await page.reload()
  expect(await page.getByLabel('Company *').inputValue()).toBe('Newco')
  expect(await page.getByLabel('Reseller').isChecked()).toBe(true)
  expect(await page.getByLabel('Sell', { exact: true }).isChecked()).toBe(true)
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await apply(page)
  await accepted(page)
  expect((await sent).postDataJSON()).toMatchObject({
    answers: { company: 'Newco', mail: 'ada@newco.example', kind: 'resell', ways: ['sell'] },
    agreements: ['terms'],
  })
  await hasFocus(page.locator('#thanks'))
  await page.reload()
  expect(await page.getByLabel('Company *').inputValue()).toBe('')
})

test('a lost connection, a busy server and a double click make one application', async () => {
  const { page, path, context, noise } = await applicant()
  noise.expect(/ERR_INTERNET_DISCONNECTED|status of 503/)
  const keys: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') keys.push(request.headers()['idempotency-key'])
  })
  let refusals = 0
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() !== 'POST' || refusals-- <= 0) return route.continue()
    // It was stored, and the answer was lost on the way.
    await route.fetch()
    return route.fulfill({ status: 503, headers: { 'Retry-After': '1' } })
  })
  await page.goto(path)
  await fillRight(page)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Apply' }).dblclick()
  await page.getByText('You are offline. Waiting to send again').waitFor()
  const replayed = page.waitForResponse((response) => response.status() === 201)
  refusals = 1
  await context.setOffline(false)
  await page.getByText('Sending again').waitFor()
  await accepted(page)
  expect((await replayed).headers()['idempotency-replayed']).toBe('true')
  expect(keys.length).toBeGreaterThanOrEqual(3)
  expect(new Set(keys).size).toBe(1)
})

test('what only the server can tell is told at its field', async () => {
  const { page, path } = await applicant()
  await page.goto(path)
  await fillRight(page)
  await page.getByLabel('Phone').fill('call me')
  await apply(page)
  await hasFocus(page.getByRole('alert'))
  await isDescribed(page.getByLabel('Phone'), 'Enter a phone number such as')
  await page.getByLabel('Phone').fill('+49 30 123456')
  await apply(page)
  await accepted(page)
})

test('a form that was closed meanwhile says so, and the answers stay', async () => {
  const { page, path, form, owner, noise } = await applicant()
  noise.expect(/status of 410/)
  await page.goto(path)
  await fillRight(page)
  await owner.api.patch(`/api/forms/${form.id}`, { version: form.version, state: 'closed' })
  await apply(page)
  await page.getByText('This form has closed. Your answers are kept').waitFor()
  expect(await page.getByLabel('Company *').inputValue()).toBe('Newco')
})

test('the address may fill in what is known already', async () => {
  const { page, path } = await applicant()
  await page.goto(`${path}#companyName=New%20%26%20co&contactemail=ada@newco.example&other=x`)
  expect(await page.getByLabel('Company *').inputValue()).toBe('New & co')
  expect(await page.getByLabel('E-mail').inputValue()).toBe('ada@newco.example')
})

test('where storage is denied, the form works all the same', async () => {
  const { page, path, context } = await applicant()
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      })
  })
  await page.goto(path)
  await fillRight(page)
  await apply(page)
  await accepted(page)
})

test('whatever a form says, and whatever is answered, is text', async () => {
  for (const [at, words] of HOSTILE.entries()) {
    if (at % 7 !== 0) continue
    const { page, path } = await applicant(
      {
        sections: sectionsOf(HOSTILE.slice(at, at + 7)),
        content: {
          title: words,
          description: HOSTILE.join('\n\n'),
          submitLabel: 'Apply',
          successMessage: HOSTILE.join('\n'),
        },
      },
      { javaScriptEnabled: true },
    )
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(words)
    await nothingRan(page)
    const fields = page.getByRole('textbox')
    for (const field of await fields.all()) await field.fill(words)
    await page.getByRole('checkbox').check()
    await apply(page)
    await page.getByText("'; DROP TABLE partners;").last().waitFor()
    await nothingRan(page)
  }
})

/** A question for each of some words, which say everything about it. */
const sectionsOf = (all: readonly string[]) => [
  {
    id: 'words',
    kind: 'fields',
    title: all[0],
    description: all.join('\n'),
    questions: all.map((words, at) => ({
      id: `q${at}`,
      type: 'longText',
      label: words,
      help: words,
      placeholder: words,
      required: false,
    })),
  },
  { ...SECTIONS[1], title: all[1] ?? 'Terms', text: all.join('\n\n') },
]
