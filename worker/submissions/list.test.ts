import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#worker/db/ids.ts'
import unicode from '#worker/testing/corpora/unicode.txt?raw'
import xss from '#worker/testing/corpora/xss.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { costOf } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { enlist, type Organization, plantOrganization } from '#worker/testing/people.ts'
import { plantForm, plantSubmissions } from '#worker/testing/submissions.ts'
import type { SubmissionCounts, SubmissionPage } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let form: string
let other: string

beforeAll(async () => {
  org = await plantOrganization(worker)
  form = await plantForm(org, { name: 'Resellers' })
  other = await plantForm(org, { name: 'Agencies' })
  await plantSubmissions(org, form, [
    { companyName: 'Alpha', companyDomain: 'alpha.example', state: 'approved' },
    { companyName: 'Beta GmbH', companyDomain: 'beta.example', contactName: 'Örjan Ärlig' },
    { companyName: 'Spam', suspected: true },
  ])
  await plantSubmissions(org, other, [
    { companyName: 'Gamma', companyDomain: null, state: 'rejected', contactEmail: 'gus@gamma.example' },
    { companyName: 'Delta 100%_', companyDomain: 'delta.example' },
  ])
})

const ask = (query: string, { owner } = org) =>
  worker.request('GET', `/api/submissions${query}`, { cookie: owner.cookie })
async function names(query: string) {
  const { items } = await (await ask(query)).json<SubmissionPage>()
  return items.map(({ companyName }) => companyName)
}

test('applications come newest first, without those that look like spam', async () => {
  const page = await (await ask('')).json<SubmissionPage>()
  expect(page.items.map(({ companyName }) => companyName)).toEqual([
    'Delta 100%_',
    'Gamma',
    'Beta GmbH',
    'Alpha',
  ])
  expect(page).toMatchObject({ total: 4, nextCursor: null })
  expect(page.items[3]).toEqual({
    id: expect.stringMatching(/^sub_/),
    ...{ formId: form, formName: 'Resellers', formVersion: 1, state: 'approved', suspected: false },
    ...{ unread: true, companyName: 'Alpha', companyDomain: 'alpha.example', contactName: 'Ada Lovelace' },
    ...{ contactEmail: 'ada@acme.example', partnerId: null, version: 0 },
    submittedAt: expect.stringMatching(/^20.*Z$/),
  })
})

test.each([
  ['?state=new', ['Delta 100%_', 'Beta GmbH']],
  ['?state=new&state=approved', ['Delta 100%_', 'Beta GmbH', 'Alpha']],
  ['?suspected=true', ['Spam']],
  ['?suspected=true&state=approved', []],
  ['?search=alpha', ['Alpha']],
  ['?search=BETA.EX', ['Beta GmbH']],
  ['?search=gus@', ['Gamma']],
  ['?search=%C3%B6RJAN%20%C3%84r', ['Beta GmbH']],
  ['?search=%25', ['Delta 100%_']],
  ['?search=_', ['Delta 100%_']],
  ['?search=%20%20', ['Delta 100%_', 'Gamma', 'Beta GmbH', 'Alpha']],
  ['?search=spam', []],
  ['?search=spam&suspected=true', ['Spam']],
  ['?search=a&state=new', ['Delta 100%_', 'Beta GmbH']],
])('%s finds what it names', async (query, found) => {
  expect(await names(query)).toEqual(found)
})

test('forms narrow the list, the search and the counts', async () => {
  expect(await names(`?form=${form}`)).toEqual(['Beta GmbH', 'Alpha'])
  expect(await names(`?form=${form}&form=${other}`)).toHaveLength(4)
  expect(await names(`?form=${form}&search=e`)).toEqual(['Beta GmbH', 'Alpha'])
  expect(await names(`?form=${newId('frm')}`)).toEqual([])
  const counts = async (query: string) => (await ask(`/counts${query}`)).json<SubmissionCounts>()
  expect(await counts('')).toEqual({ new: 2, approved: 1, rejected: 1, suspected: 1, unread: 4 })
  expect(await counts(`?form=${form}`)).toEqual({
    new: 1,
    approved: 1,
    rejected: 0,
    suspected: 1,
    unread: 2,
  })
})

test.each(['?limit=0', '?limit=201', '?state=open', '?form=frm_1', '?suspected=yes', '?cursor=x'])(
  '%s is refused at its name',
  async (query) => {
    const response = await ask(query)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ errors: [{ pointer: expect.stringMatching(/^\//) }] })
  },
)

test('hostile searches find what has them and nothing else', async () => {
  const hostile = [...payloads(xss), ...payloads(unicode), "'; drop table submissions; --", 'ab'.repeat(100)]
  const own = await plantOrganization(worker)
  const at = await plantForm(own)
  for (const text of hostile.filter((each) => each.trim() && Array.from(each).length <= 60)) {
    const response = await ask(`?search=${encodeURIComponent(text.toWellFormed())}`)
    expect([text, response.status]).toEqual([text, 200])
  }
  const letters = 'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđ'
  await plantSubmissions(own, at, [{ companyName: letters.toUpperCase() }, { companyName: 'Other' }])
  const page = await (
    await ask(`?search=${encodeURIComponent(letters.slice(0, 25))}`, own)
  ).json<SubmissionPage>()
  expect(page).toMatchObject({ total: 1, items: [{ companyName: letters.toUpperCase() }] })
})

test('pages neither repeat nor lose an application while others come and go', async () => {
  const busy = await plantOrganization(worker)
  const at = await plantForm(busy)
  const ids = await plantSubmissions(
    busy,
    at,
    Array.from({ length: 25 }, (_, n) => ({
      companyName: `Company ${n}`,
      state: n % 3 ? 'new' : 'approved',
    })),
  )
  for (const filter of ['', `&form=${at}`, '&search=company', '&state=new&state=approved']) {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: SubmissionPage = await (
        await ask(`?limit=10${filter}${cursor && `&cursor=${cursor}`}`, busy)
      ).json<SubmissionPage>()
      expect(page.total === null).toBe(cursor !== '')
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
      await plantSubmissions(busy, at, [{ companyName: 'Company late' }])
    }
    expect(seen.filter((id) => ids.includes(id))).toEqual(ids.toReversed())
    await env.DB.prepare(`delete from submissions where company_name = 'Company late'`).run()
  }
})

test('a page reads little more than its rows, in one round trip, whatever else there is', async () => {
  const big = await plantOrganization(worker)
  const [first, second] = [await plantForm(big), await plantForm(big)]
  const many = (state: 'new' | 'rejected', suspected = false) =>
    Array.from({ length: 1_500 }, () => ({ state, suspected }))
  await plantSubmissions(big, first, [{ state: 'approved' }, ...many('new'), ...many('rejected')])
  await plantSubmissions(big, second, [{ state: 'new' }, ...many('rejected', true)])
  const expensive: [string, number][] = []
  for (const [query, most] of [
    ['?limit=50', 350],
    ['?limit=50&state=approved', 30],
    [`?limit=50&form=${second}`, 30],
    [`?limit=50&form=${first}&state=new`, 240],
    ['?limit=50&suspected=true', 290],
  ] as const) {
    const cost = await costOf(() => ask(query, big))
    expect([query, cost.trips, cost.written]).toEqual([query, 1, 0])
    if (cost.read > most) expensive.push([query, cost.read])
  }
  expect(expensive).toEqual([])
})

test('whose role is Viewer reads the list, and may not export it', async () => {
  const viewer = await enlist(worker, org, 'viewer')
  expect((await ask('', { ...org, owner: viewer })).status).toBe(200)
  expect((await ask('/export.csv', { ...org, owner: viewer })).status).toBe(403)
})
