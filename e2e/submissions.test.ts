import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Submission, SubmissionPage } from '#worker/submissions/schema.ts'
import { apply, publishForm } from './applications.ts'
import { elsewhere, founder, hasFocus, isAt, isDescribed, member } from './journey.ts'
import type { Visitor } from './visitor.ts'

const path = (formId: string, rest = '') => `/partners/applications/${formId}/submissions${rest}`
const read = ({ api }: Visitor, id: string) => api.get<Submission>(`/api/submissions/${id}`)

test('a reviewer decides by keys, takes it back, and goes on to the next', async () => {
  const reviewer = await founder()
  const form = await publishForm(reviewer)
  const { page } = reviewer
  await page.goto(path(form.id))
  await page.getByRole('heading', { name: 'No applications yet' }).waitFor()
  await page.getByText('Published', { exact: true }).waitFor()
  const nothing = 'There are no submissions to export yet.'
  await isDescribed(page.getByRole('button', { name: 'Export CSV' }), nothing)
  const first = await apply(reviewer, form, { company: 'Auroral Resellers', pitch: 'We know everybody.' })
  const second = await apply(reviewer, form, { company: 'Delta Works' })
  const rows = page.getByRole('list', { name: 'Submissions', exact: true }).getByRole('listitem')
  // By itself, without a reload.
  await expect.poll(() => rows.count()).toBe(2)
  expect(await rows.first().textContent()).toMatch(/Unread.*Delta Works.*New/)

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await hasFocus(page.getByRole('link', { name: 'Auroral Resellers' }))
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: 'Auroral Resellers' })
  await drawer.getByText('We know everybody.').waitFor()
  await drawer.getByText('Text and fingerprint').click()
  await drawer.getByText('We treat each other **well**.').waitFor()
  await page.keyboard.press('a')
  await page.getByText('Auroral Resellers is approved.').waitFor()
  await drawer.getByRole('button', { name: 'Add partner' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await drawer.getByRole('button', { name: 'Approve' }).waitFor()
  expect(await read(reviewer, first)).toMatchObject({ state: 'new', partnerId: null })

  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Reject Auroral Resellers?' })
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await dialog.getByText('Choose a reason.').waitFor()
  await dialog.getByLabel('Reason').selectOption('Out of region')
  await dialog.getByLabel('Note').fill('Too far from our customers.')
  await page.keyboard.press('Control+Enter')
  await drawer.getByText('rejected it: out of region').waitFor()
  await drawer.getByText('Too far from our customers.').waitFor()

  await page.keyboard.press('ArrowLeft')
  const next = page.getByRole('dialog', { name: 'Delta Works' })
  await next.getByLabel('Add a note').fill('Call them on Monday.')
  await page.keyboard.press('Control+Enter')
  await next.getByText('Call them on Monday.', { exact: true }).waitFor()
  expect((await read(reviewer, second)).notes).toMatchObject([{ text: 'Call them on Monday.' }])
  await page.keyboard.press('Escape')
  await isAt(page, path(form.id))
  await page.getByRole('link', { name: /^Rejected/ }).click()
  await expect.poll(() => rows.allTextContents()).toEqual([expect.stringMatching('Auroral Resellers')])
})

test('an approved applicant is added as a partner with what they wrote, and each leads to the other', async () => {
  const reviewer = await founder()
  const form = await publishForm(reviewer)
  const id = await apply(reviewer, form, { company: 'Fjord Partners', domain: 'fjord-partners.example' })
  await reviewer.api.patch(`/api/submissions/${id}`, { state: 'approved', version: 0 })
  const { page } = reviewer
  await page.goto(path(form.id, `/${id}`))
  await page.getByRole('button', { name: 'Add partner' }).click()
  const drawer = page.getByRole('dialog', { name: 'Add partner' })
  expect(await drawer.getByLabel('Company name').inputValue()).toBe('Fjord Partners')
  expect(await drawer.getByLabel('Domain').inputValue()).toBe('fjord-partners.example')
  expect(await drawer.getByLabel('First name').inputValue()).toBe('Ingrid')
  expect(await drawer.getByLabel('Type').inputValue()).toBe('')
  await drawer.getByLabel('Type').selectOption('Reseller')
  await drawer.getByLabel('Region').selectOption('Nordics')
  await drawer.getByRole('button', { name: 'Create partner' }).click()
  await page.getByRole('link', { name: 'Open partner' }).click()
  const partner = page.getByRole('dialog', { name: 'Fjord Partners' })
  await partner.getByText('Qualified').waitFor()
  await partner.getByRole('link', { name: /through Reseller application$/ }).click()
  await isAt(page, path(form.id, `/${id}`))
  await page.getByText('Partner, added from this submission').waitFor()
})

test('of two reviewers the slower one is told who was faster, and what stands', async () => {
  const owner = await founder()
  const form = await publishForm(owner)
  const id = await apply(owner, form, { company: 'Delta Works' })
  const { page } = await member(owner, 'manager')
  await page.goto(path(form.id, `/${id}`))
  const drawer = page.getByRole('dialog', { name: 'Delta Works' })
  await drawer.getByRole('button', { name: 'Approve' }).waitFor()
  await owner.api.patch(`/api/submissions/${id}`, { state: 'rejected', reason: 'capacity', version: 0 })
  await drawer.getByRole('button', { name: 'Approve' }).click()
  await drawer.getByText(/Olga Owner rejected it in the meantime/).waitFor()
  await drawer.getByRole('button', { name: 'Back to New' }).waitFor()
  expect((await read(owner, id)).state).toBe('rejected')
})

test('what looks like spam stands apart, and alerts once somebody says that it is none', async () => {
  const owner = await founder()
  const form = await publishForm(owner)
  const id = await apply(owner, form, { company: 'Swift Applicant', seconds: 1 })
  const { page } = owner
  await page.goto(path(form.id))
  await page.getByRole('link', { name: /^Suspected spam 1/ }).click()
  await page.getByRole('link', { name: 'Swift Applicant' }).click()
  const drawer = page.getByRole('dialog', { name: 'Swift Applicant' })
  await drawer.getByText('It was sent within seconds of opening the form.').waitFor()
  await drawer.getByRole('button', { name: 'Not spam', exact: true }).click()
  await drawer.getByText('alerts@vendor.example').waitFor()
  expect((await read(owner, id)).suspected).toBe(false)
})

test('a viewer reads, searches and cannot decide', async () => {
  const owner = await founder()
  const form = await publishForm(owner)
  await apply(owner, form, { company: 'Delta Works' })
  await apply(owner, form, { company: 'Brücken & Söhne' })
  const viewer = await member(owner, 'viewer')
  const { page } = viewer
  await page.goto('/partners/applications/submissions')
  await page.getByRole('textbox', { name: 'Search submissions' }).fill('SÖHNE')
  await expect.poll(() => page.getByRole('link', { name: 'Delta Works' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Brücken & Söhne' }).click()
  const drawer = page.getByRole('dialog', { name: 'Brücken & Söhne' })
  const approve = drawer.getByRole('button', { name: 'Approve' })
  expect(await approve.getAttribute('aria-disabled')).toBe('true')
  expect(await approve.textContent()).toContain('Your role is Viewer')
  await page.keyboard.press('a')
  const { items } = await owner.api.get<SubmissionPage>('/api/submissions')
  expect(items.map(({ state, unread }) => [state, unread])).toEqual([
    ['new', true],
    ['new', true],
  ])
})

test('an export has the filters of the list', async () => {
  const owner = await founder()
  const form = await publishForm(owner)
  await apply(owner, form, { company: '=Delta()' })
  await apply(owner, form, { company: 'Epsilon' })
  const { page } = await elsewhere(owner)
  await page.goto(path(form.id, '?search=delta'))
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  expect(text).toContain(`"'=Delta()"`)
  expect(text).not.toContain('Epsilon')
})
