import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  enlist,
  type Organization,
  type Person,
  plantOrganization,
  plantPartners,
} from '#worker/testing/people.ts'
import type { PartnerPage } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let viewer: Person

beforeAll(async () => {
  org = await plantOrganization(worker)
  viewer = await enlist(worker, org, 'viewer')
})

const get = (query = '', cookie = viewer.cookie) => worker.request('GET', `/api/partners${query}`, { cookie })
async function page(query = '', cookie = viewer.cookie) {
  const response = await get(query, cookie)
  expect(response.status).toBe(200)
  return response.json<PartnerPage>()
}
const cursorOf = (text: string) =>
  encodeURIComponent(btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))

test('an organisation without partners has an empty first page', async () => {
  expect(await page()).toEqual({ items: [], nextCursor: null, total: 0 })
})

test('partners come by name, without regard to case, accents or width', async () => {
  const quiet = await plantOrganization(worker)
  const names = [
    '10x',
    '9 Lives',
    'a Company',
    'Ärzte AG',
    'ＢＥＴＡ',
    'Çelik',
    'Émile',
    'EMILE & Sons',
    'ﬁnance',
    'zebra',
    'Žižkov',
    'zoo',
  ]
  await plantPartners(
    quiet,
    names.toReversed().map((name) => ({ name })),
  )
  const { items } = await page('', quiet.owner.cookie)
  expect(items.map(({ name }) => name)).toEqual(names)
})

test('pages follow one another without gap or repetition; the first alone counts', async () => {
  const quiet = await plantOrganization(worker)
  const same = Array.from({ length: 7 }, () => ({ name: 'Same Name' }))
  const ids = await plantPartners(quiet, [{ name: 'Aa' }, ...same, { name: 'Zz' }])
  const found: string[] = []
  const totals: (number | null)[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { items, nextCursor, total }: PartnerPage = await page(
      `?limit=2${cursor && `&cursor=${cursor}`}`,
      quiet.owner.cookie,
    )
    found.push(...items.map(({ id }) => id))
    totals.push(total)
    cursor = nextCursor
  }
  expect(found).toEqual([ids[0], ...ids.slice(1, 8).sort(), ids[8]])
  expect(totals).toEqual([9, null, null, null, null])
})

test('a page that holds the last row has no next one', async () => {
  const quiet = await plantOrganization(worker)
  await plantPartners(quiet, [{ name: 'A' }, { name: 'B' }])
  expect((await page('?limit=2', quiet.owner.cookie)).nextCursor).toBeNull()
  expect((await page('?limit=1', quiet.owner.cookie)).nextCursor).not.toBeNull()
})

test('the total follows what is added and removed', async () => {
  const quiet = await plantOrganization(worker)
  await plantPartners(quiet, [{ name: 'A' }, { name: 'B' }])
  await worker.request('POST', '/api/partners', { body: acme(), cookie: quiet.owner.cookie })
  expect((await page('', quiet.owner.cookie)).total).toBe(3)
  await env.DB.prepare("delete from partners where org_id = ? and name = 'B'").bind(quiet.id).run()
  expect((await page('', quiet.owner.cookie)).total).toBe(2)
})

test('long names of any script lead from page to page', async () => {
  const quiet = await plantOrganization(worker)
  const names = [
    '각'.repeat(200),
    '\ufdfa'.repeat(200),
    '例'.repeat(200),
    '"'.repeat(200),
    '😀'.repeat(100),
    '\\'.repeat(200),
  ]
  await plantPartners(
    quiet,
    names.map((name) => ({ name })),
  )
  const found = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { items, nextCursor }: PartnerPage = await page(
      `?limit=1${cursor && `&cursor=${cursor}`}`,
      quiet.owner.cookie,
    )
    found.push(...items.map(({ name }) => name))
    cursor = nextCursor
  }
  expect(found.toSorted()).toEqual(names.toSorted())
})

test('a page holds 50 rows unless it is told otherwise, and 200 at most', async () => {
  const quiet = await plantOrganization(worker)
  await plantPartners(
    quiet,
    Array.from({ length: 201 }, (_, at) => ({ name: `Partner ${at}` })),
  )
  expect((await page('', quiet.owner.cookie)).items).toHaveLength(50)
  expect((await page('?limit=200', quiet.owner.cookie)).items).toHaveLength(200)
})

test.each(['0', '201', '-1', 'x', '1.5', '', 'null', '1e9', '10&limit=20', '٣'])(
  'a limit of %s is refused',
  async (limit) => {
    const response = await get(`?limit=${limit}`)
    expect([response.status, await response.json()]).toMatchObject([422, { errors: [{ pointer: '/limit' }] }])
  },
)

test('a cursor that is cut, forged or of another list is refused', async () => {
  const quiet = await plantOrganization(worker)
  await plantPartners(quiet, [{ name: 'Émile' }, { name: 'Zoë' }])
  const { nextCursor } = await page('?limit=1', quiet.owner.cookie)
  const whole = nextCursor ?? ''
  expect((await page(`?cursor=${whole}`, quiet.owner.cookie)).items).toMatchObject([{ name: 'Zoë' }])
  const id = 'prt_00000000000000000000000000'
  const forged = [
    ...Array.from(whole, (_, at) => whole.slice(0, at)),
    `${whole}A`,
    `A${whole}`,
    cursorOf('null'),
    cursorOf('[]'),
    cursorOf('["a"]'),
    cursorOf(`["a","${id}","b"]`),
    cursorOf(`[1,"${id}"]`),
    cursorOf('["a",null]'),
    cursorOf('["a",{"$gt":""}]'),
    cursorOf('["a","con_00000000000000000000000000"]'),
    cursorOf('["a",""]'),
    cursorOf(`["a","${id}' or 1=1 --"]`),
    cursorOf(`{"0":"a","1":"${id}"}`),
    '%ff',
    "' or 1=1 --",
    'x'.repeat(2_000),
  ]
  for (const cursor of forged) {
    const response = await get(`?cursor=${cursor}`, quiet.owner.cookie)
    expect([cursor, response.status]).toEqual([cursor, 422])
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/cursor' }] })
  }
})

test('a query parameter that is not known is ignored', async () => {
  const response = await get('?colour=blue&limit=5&limitless=1&constructor=x&__proto__=y')
  expect(response.status).toBe(200)
})

test("another organisation's partners are neither listed nor found, like ids that never were", async () => {
  const other = await plantOrganization(worker)
  const [foreign = ''] = await plantPartners(other, [{ name: 'LEAK' }])
  const [own = ''] = await plantPartners(org, [{ name: 'Own' }])
  const before = await dump()
  expect(await (await get()).text()).not.toContain('LEAK')
  const rows = await get(`/rows?id=${foreign}&id=${own}`)
  expect(await rows.json()).toMatchObject({ items: [{ id: own }] })
  const answers = []
  for (const id of ['prt_00000000000000000000000000', foreign, 'x', '%00', '..%2f'])
    for (const path of [`/${id}`, `/${id}/scores`]) {
      const response = await get(path)
      answers.push([response.status, await response.text()])
    }
  expect(answers[0]?.[0]).toBe(404)
  for (const answer of answers) expect(answer).toEqual(answers[0])
  const refresh = await worker.request('POST', `/api/partners/${foreign}/scores/refresh`, {
    cookie: org.owner.cookie,
  })
  expect(refresh.status).toBe(404)
  expect(changedTables(before, await dump())).toEqual([])
})

test('the rows of a page can be asked for again, 200 at most', async () => {
  const ids = await plantPartners(
    org,
    Array.from({ length: 200 }, (_, at) => ({ name: `Row ${at}` })),
  )
  const query = ids.map((id) => `id=${id}`).join('&')
  const response = await get(`/rows?${query}`)
  const { items } = await response.json<PartnerPage>()
  expect(items.map(({ id }) => id).sort()).toEqual(ids.toSorted())
  const one = await get(`/rows?id=${ids[0]}`)
  expect(await one.json()).toMatchObject({ items: [{ id: ids[0] }] })
  for (const wrong of ['', `?${query}&id=${ids[0]}`, '?id=x', '?id=mbr_00000000000000000000000000'])
    expect((await get(`/rows${wrong}`)).status).toBe(422)
})
