import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { acme, type Organization, plantOrganization } from '#worker/testing/people.ts'
import { createdSince } from './filter.ts'
import type { Groups, Tags } from './list-schema.ts'
import type { PartnerPage } from './schema.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const get = <Answer>(path: string, of = org) =>
  worker.request('GET', path, { cookie: of.owner.cookie }).then((answer) => answer.json<Answer>())
const add = (change: Record<string, unknown>, of = org) =>
  worker.request('POST', '/api/partners', { cookie: of.owner.cookie, body: acme(change) })

test('tags are listed in order, each once with how many partners have it, in one round trip', async () => {
  await add({ tags: ['pilot', 'b2b'] })
  await add({ tags: ['pilot', 'Zürich'] })
  const other = await plantOrganization(worker)
  await add({ tags: ['secret'] }, other)
  const { roundTrips } = recording
  expect(await get<Tags>('/api/partners/tags')).toEqual({
    items: [
      { tag: 'Zürich', count: 1 },
      { tag: 'b2b', count: 1 },
      { tag: 'pilot', count: 2 },
    ],
  })
  expect(recording.roundTrips - roundTrips).toBe(1)
})

test('letters narrow the tags to those that begin with them; wildcards and quotes are letters', async () => {
  expect((await get<Tags>('/api/partners/tags?q=pi')).items).toEqual([{ tag: 'pilot', count: 2 }])
  for (const q of ['%', "'", 'z\u{10ffff}'])
    expect(await get<Tags>(`/api/partners/tags?q=${encodeURIComponent(q)}`)).toEqual({ items: [] })
})

test('letters find tags whatever their case, those that are spelled so first, in one round trip', async () => {
  const cased = await plantOrganization(worker)
  await add({ tags: ['Co-Sell', 'co-sell', 'CO-MARKETING', 'other'] }, cased)
  const found = async (q: string) =>
    (await get<Tags>(`/api/partners/tags?q=${q}`, cased)).items.map(({ tag }) => tag)
  const { roundTrips } = recording
  expect(await found('co')).toEqual(['co-sell', 'Co-Sell', 'CO-MARKETING'])
  expect(recording.roundTrips - roundTrips).toBe(1)
  expect(await found('CO')).toEqual(['CO-MARKETING', 'co-sell', 'Co-Sell'])
  expect(await found('co-sell')).toEqual(['co-sell'])
})

test('an organisation with many tags lists two hundred of them, from a bounded number of rows', async () => {
  const many = await plantOrganization(worker)
  const tagOf = (number: number) => `tag ${String(number).padStart(4, '0')}`
  for (let at = 0; at < 250; at += 50)
    await add({ tags: Array.from({ length: 50 }, (_, index) => tagOf(at + index)) }, many)
  const { rowsRead } = recording
  const { items } = await get<Tags>('/api/partners/tags', many)
  expect(items).toHaveLength(200)
  expect(items.at(-1)).toEqual({ tag: tagOf(199), count: 1 })
  expect(recording.rowsRead - rowsRead).toBeLessThan(1_500)
})

const NOON = Date.UTC(2026, 2, 15, 12)
test.each([
  [['this-month'], '2026-03-01T00:00:00.000Z'],
  [['last-30-days'], '2026-02-13T00:00:00.000Z'],
  [['this-year', 'this-month'], '2026-01-01T00:00:00.000Z'],
] as const)('added %s is since %s', (periods, since) => {
  expect(new Date(createdSince(periods, NOON)).toISOString()).toBe(since)
})

test('those added this month are found, counted and grouped, and nobody older', async () => {
  const quiet = await plantOrganization(worker)
  await add({ name: 'New' }, quiet)
  const old = await add({ name: 'Old' }, quiet).then((answer) => answer.json<{ id: string }>())
  await env.DB.prepare('update partners set created_at = 1 where id = ?').bind(old.id).run()
  const found = await get<PartnerPage>('/api/partners?created=this-month&sort=-createdAt', quiet)
  expect([found.total, found.items.map(({ name }) => name)]).toEqual([1, ['New']])
  const { groups } = await get<Groups>('/api/partners/groups?by=type&created=this-month', quiet)
  expect(groups.map(({ count }) => count)).toEqual([1])
  const refused = await worker.request('GET', '/api/partners?created=1970', { cookie: quiet.owner.cookie })
  expect(refused.status).toBe(422)
})
