import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { costOf } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, enlist, type Organization, plantOrganization, plantPartners } from '#worker/testing/people.ts'
import type { PartnerPage } from './schema.ts'

const worker = new TestWorker()
let org: Organization
const PARTNERS = 4_000

/** A vendor's team of twelve; every partner has a manager and stands on a rung of the programme. */
beforeAll(async () => {
  org = await plantOrganization(worker)
  await plantPartners(
    await plantOrganization(worker),
    Array.from({ length: 500 }, (_, at) => ({ name: `Partner ${at}` })),
  )
  for (let made = 0; made < 11; made++) await enlist(worker, org, 'manager')
  const idsOf = async (table: string) => {
    const { results } = await env.DB.prepare(`select id from ${table} where org_id = ?`)
      .bind(org.id)
      .all<{ id: string }>()
    return results.map(({ id }) => id)
  }
  const [members, tiers] = [await idsOf('members'), await idsOf('program_tiers')]
  await plantPartners(
    org,
    Array.from({ length: PARTNERS }, (_, at) => ({
      name: `Partner ${at}`,
      managerId: members[at % members.length] ?? '',
      programTierId: tiers[at % tiers.length] ?? '',
    })),
  )
})

/** What one request costs D1, session and role check included. */
async function ask(method: string, path: string, body?: unknown) {
  const cost = await costOf(() =>
    worker.request(method, path, {
      cookie: org.owner.cookie,
      ...(body === undefined ? {} : { body }),
    }),
  )
  expect(cost.result.ok).toBe(true)
  return cost
}

test.each([50, 200])(
  'the first page of %i reads little more than its rows, in one round trip',
  async (limit) => {
    const { result: response, ...cost } = await ask('GET', `/api/partners?limit=${limit}`)
    const { items, total } = await response.json<PartnerPage>()
    expect([items.length, total]).toEqual([limit, PARTNERS])
    expect(items[0]).toMatchObject({
      manager: { name: expect.any(String) },
      programTierName: expect.any(String),
    })
    expect(cost.trips).toBe(1)
    expect(cost.written).toBe(0)
    expect(cost.read).toBeLessThanOrEqual(1.5 * limit + 20)
  },
)

test('a page far into the list costs no more than the first', async () => {
  const first = await worker.request('GET', '/api/partners?limit=200', { cookie: org.owner.cookie })
  let { nextCursor } = await first.json<PartnerPage>()
  for (let pages = 0; pages < 10; pages++) {
    const next = await worker.request('GET', `/api/partners?limit=200&cursor=${nextCursor}`, {
      cookie: org.owner.cookie,
    })
    nextCursor = (await next.json<PartnerPage>()).nextCursor
  }
  const cost = await ask('GET', `/api/partners?limit=50&cursor=${nextCursor}`)
  expect(cost.trips).toBe(1)
  expect(cost.read).toBeLessThanOrEqual(95)
})

test.each([
  ['the rows of a page', '/api/partners/rows?id=', 4 * 50 + 20],
  ['one partner', '/api/partners/', 10],
])('%s cost one round trip and few rows', async (_, path, rows) => {
  const list = await worker.request('GET', '/api/partners?limit=50', { cookie: org.owner.cookie })
  const { items } = await list.json<PartnerPage>()
  const ids = path.includes('?') ? items.map(({ id }) => id).join('&id=') : items[0]?.id
  const cost = await ask('GET', `${path}${ids}`)
  expect(cost.trips).toBe(1)
  expect(cost.read).toBeLessThanOrEqual(rows)
})

test.each([
  ['/api/me', 10],
  ['/api/account/sessions', 10],
  ['/api/members', 60],
  ['/api/program', 60],
])('%s costs one round trip, and rows of its own only', async (path, rows) => {
  const cost = await ask('GET', path)
  expect(cost).toMatchObject({ trips: 1, written: 0 })
  expect(cost.read).toBeLessThanOrEqual(rows)
})

test('adding a partner costs one round trip and 36 rows written, with all that it can bring along', async () => {
  const managerId = await env.DB.prepare('select id from members where org_id = ?').bind(org.id).first('id')
  const cost = await ask(
    'POST',
    '/api/partners',
    acme({ managerId, tier: 'gold', rating: 5, tags: ['a', 'b'] }),
  )
  expect(cost.trips).toBe(1)
  expect(cost.written).toBeLessThanOrEqual(36)
  expect(cost.read).toBeLessThanOrEqual(40)
})
