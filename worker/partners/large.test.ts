import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { costOf } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { PAGE_READS } from '#worker/testing/page-reads.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Groups } from './list-schema.ts'
import type { PartnerPage } from './schema.ts'
import { BANDS, CREATED, PARTNER_SORTS, PARTNER_TYPES, REGIONS, STAGES, STATUSES } from './terms.ts'

const worker = new TestWorker()
let org: Organization
const SIZE = 100_000
/** The runtime hangs up on a statement that takes half a minute. */
const AT_ONCE = 25_000
const TAGS = ['strategic', 'co-sell', 'renewal-2026', 'marketplace', 'event', 'pilot']

beforeAll(async () => {
  org = await plantOrganization(worker)
  const indexes = await definitions('index', 'sql is not null')
  const triggers = await definitions(
    'trigger',
    `name in ('partner_counts_add', 'partner_tags_add', 'partner_words_add')`,
  )
  await env.DB.batch(indexes.map(({ name }) => env.DB.prepare(`drop index ${name}`)))
  await env.DB.batch(triggers.map(({ name }) => env.DB.prepare(`drop trigger ${name}`)))
  for (let from = 0; from < SIZE; from += AT_ONCE) await plant(from, from + AT_ONCE)
  await count()
  for (let from = 0; from < SIZE; from += AT_ONCE) await spell(from, from + AT_ONCE)
  for (const { sql } of [...indexes, ...triggers]) await env.DB.prepare(sql).run()
}, 120_000)

/** Made anew of all rows at once at the end, indexes and counters take a fraction of the time. */
async function definitions(type: string, which: string) {
  const { results } = await env.DB.prepare(
    `select name, sql from sqlite_schema where type = ? and tbl_name = 'partners' and ${which}`,
  )
    .bind(type)
    .all<{ name: string; sql: string }>()
  return results
}

const oneOf = (values: readonly string[], at: string) => `'${JSON.stringify(values)}' ->> (${at})`

const plant = (from: number, to: number) =>
  env.DB.prepare(
    `insert into partners (id, org_id, name, name_key, domain, type, stage, stage_changed_at, tier_source, region, regions,
        languages, tags, key_stakeholders, manager_id, fit, fit_state, created_at, updated_at)
      with recursive numbers (at) as (select cast(?2 as integer) union all select at + 1 from numbers where at + 1 < ?3),
        made as (select at, printf('partner %07d', (at * 7919) % 1000003) as name, cast(?4 as integer) - (at % 700) * 86400000 as born
          from numbers)
      select printf('prt_%026d', at), ?1, name, name, 'd' || at || '.example', ${oneOf(PARTNER_TYPES, 'at % 4')},
        ${oneOf(STAGES, 'at % 11')}, 0, 'auto', ${oneOf(REGIONS, 'at % 17')}, '[]', '[]',
        json_array(${oneOf(TAGS, 'at % 6')}, ${oneOf(TAGS, '(at + 3) % 6')}), '[]', iif(at / 7 % 8 = 0, null, (select m.id from members m where m.org_id = ?1)),
        20 + at % 80, 'ready', born, born from made`,
  )
    .bind(org.id, from, to, Date.now())
    .run()

/** What the triggers would have done row by row. */
const count = () =>
  env.DB.batch([
    env.DB.prepare(
      `insert into partner_tags (org_id, tag, name_key, partner_id)
        select p.org_id, t.value, p.name_key, p.id from partners p, json_each(p.tags) t where p.org_id = ?`,
    ).bind(org.id),
    ...Object.entries(COUNTED).map(([facet, key]) =>
      env.DB.prepare(
        `insert or replace into partner_counts (org_id, facet, key, partners)
          select org_id, '${facet}', ${key}, count(*) from partners where org_id = ? group by 3`,
      ).bind(org.id),
    ),
  ])
const spell = (from: number, to: number) =>
  env.DB.prepare(
    `insert into partner_search (rowid, terms) select -w.partner, w.words from partner_words w
      where w.org_id = ? and w.partner > (select min(rowid) - 1 + ? from partners where org_id = ?1)
        and w.partner <= (select min(rowid) - 1 + ? from partners where org_id = ?1)`,
  )
    .bind(org.id, from, to)
    .run()
const COUNTED = {
  type: 'type',
  status: 'status',
  stage: 'stage',
  tier: "coalesce(tier, 'none')",
  region: 'region',
  manager: "coalesce(manager_id, 'none')",
}

const ask = (path: string) =>
  costOf(() => worker.request('GET', `/api/partners${path}`, { cookie: org.owner.cookie }))

test.each(PAGE_READS)('a page of %s among 100,000 partners reads few of them', async (query, { large }) => {
  const { nextCursor } = await (await ask(`?limit=50&${query}`)).result.json<PartnerPage>()
  const { result, ...cost } = await ask(`?limit=50&${query}${nextCursor ? `&cursor=${nextCursor}` : ''}`)
  expect([result.status, cost.trips]).toEqual([200, 1])
  expect(cost.read).toBeLessThanOrEqual(large)
})

/** Filters by turns, two to five at once, so that every kind meets every other. */
const COMBINED = Array.from({ length: 60 }, (_, at) => {
  const kinds = [
    `type=${PARTNER_TYPES[at % 4]}`,
    `status=${STATUSES[at % 3]}`,
    `stage=${STAGES[at % 11]}&stage=${STAGES[(at + 4) % 11]}`,
    `region=${REGIONS[at % 17]}`,
    `tag=${TAGS[at % 6]}`,
    `fit=${BANDS[at % 3]}`,
    'manager=none',
    'health=none',
    'tier=none',
    `created=${CREATED[at % 3]}`,
    `type=${PARTNER_TYPES[(at + 1) % 4]}`,
  ]
  const chosen = Array.from(
    { length: 2 + (at % 4) },
    (_, nth) => kinds[(at * 7 + nth * (1 + (at % 5))) % kinds.length],
  )
  return [...new Set(chosen), `sort=${PARTNER_SORTS[at % PARTNER_SORTS.length]}`].join('&')
})
test('a page of any filters together reads 6,000 rows at most, beside those that its total counts', async () => {
  for (const query of COMBINED) {
    const { result, read, trips } = await ask(`?limit=50&${query}`)
    const { total } = await result.json<PartnerPage>()
    expect([query, trips, read <= 6_000 + Number(total) + 20]).toEqual([query, 1, true])
  }
})

test('groups of 100,000 partners are counted from a handful of rows', async () => {
  const { result, read } = await ask('/groups?by=stage')
  const { groups } = await result.json<Groups>()
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(SIZE)
  expect(read).toBeLessThanOrEqual(groups.length + 5)
})
