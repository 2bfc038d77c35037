import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { PAGE_READS } from '#worker/testing/page-reads.ts'
import { acme, foundOrganization, type Organization } from '#worker/testing/people.ts'
import type { Groups } from './list-schema.ts'
import { nameKey } from './name-key.ts'
import type { Partner, PartnerPage, PartnerRow } from './schema.ts'
import { searchTerms } from './search.ts'
import { BANDS, PARTNER_SORTS, PARTNER_TYPES } from './terms.ts'

const worker = new TestWorker()
let org: Organization
const SIZE = 10_000
const pick = <T>(list: readonly T[], at: number) => list[at % list.length]

beforeAll(async () => {
  org = await foundOrganization(worker)
  const made = Array.from({ length: SIZE }, (_, at) => madeUp(at))
  for (let at = 0; at < SIZE; at += 1_000) await store(JSON.stringify(made.slice(at, at + 1_000)))
}, 60_000)

/** A number for each partner that has nothing to do with those of other salts. */
const mixed = (at: number, salt: number) => {
  const once = Math.imul(at ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b)
  return Math.imul(once ^ (once >>> 13), 0xc2b2ae35) >>> 16
}

/** Partner number `at` of a directory in which every value is common, but for one tag. */
function madeUp(at: number) {
  const name = `${pick(['Acme', 'Borealis', 'Cobalt', 'Delmar', 'Émile'], at * 31)} ${(at * 7_919) % 1_000_003}`
  const domain = `d${at}.example`
  return {
    id: `prt_${String(at).padStart(26, '0')}`,
    name,
    key: nameKey(name),
    domain,
    type: pick(['technology', 'channel', 'reseller', 'referral'], mixed(at, 1)),
    stage: pick(['prospect', 'active', 'scaling', 'dormant'], mixed(at, 2)),
    tier: pick(['platinum', 'gold', 'silver', null], mixed(at, 3)),
    region: pick(['dach', 'nordics', 'france', 'anz', 'cee'], mixed(at, 4)),
    fit: at % 13 === 0 ? null : mixed(at, 5) % 101,
    tags: at % 500 === 0 ? ['rare'] : at % 3 === 0 ? ['common'] : [],
    at: at * 1_000,
    terms: searchTerms(org.id, name, domain),
  }
}

const store = (partners: string) =>
  env.DB.batch([
    env.DB.prepare(
      `insert into partners (id, org_id, name, name_key, domain, type, stage, stage_changed_at, tier, tier_source, region,
          regions, languages, tags, key_stakeholders, fit, fit_state, created_at, updated_at)
        select value ->> 'id', ?, value ->> 'name', value ->> 'key', value ->> 'domain', value ->> 'type',
          value ->> 'stage', 0, value ->> 'tier', 'auto', value ->> 'region', '[]', '[]', value -> 'tags', '[]',
          value ->> 'fit', 'ready', value ->> 'at', value ->> 'at' from json_each(?)`,
    ).bind(org.id, partners),
    env.DB.prepare(
      `insert into partner_search (rowid, terms) select p.rowid, value ->> 'terms'
        from json_each(?) cross join partners p on p.org_id = ? and p.id = value ->> 'id'`,
    ).bind(partners, org.id),
    env.DB.prepare(
      `insert into contacts (id, org_id, partner_id, first_name, last_name, email, is_primary, created_at, updated_at)
        select replace(value ->> 'id', 'prt_', 'con_'), ?, value ->> 'id', 'Ada', 'Lovelace', 'ada@' || (value ->> 'domain'),
          1, 0, 0 from json_each(?)`,
    ).bind(org.id, partners),
  ])

async function pageOf(query: string, cursor: string | null) {
  const { rowsRead, roundTrips } = recording
  const at = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
  const answer = await worker.request('GET', `/api/partners?limit=50&${query}${at}`, {
    cookie: org.owner.cookie,
  })
  expect(answer.status).toBe(200)
  const page = await answer.json<PartnerPage>()
  return { page, read: recording.rowsRead - rowsRead, trips: recording.roundTrips - roundTrips }
}

/** Up to `most` pages. */
async function pagesOf(query: string, most: number) {
  const first = await pageOf(query, null)
  const rows: PartnerRow[] = [...first.page.items]
  const laterReads: number[] = []
  let cursor = first.page.nextCursor
  for (let count = 1; cursor !== null && count < most; count++) {
    const { page, read, trips } = await pageOf(query, cursor)
    expect(trips).toBe(1)
    rows.push(...page.items)
    laterReads.push(read)
    cursor = page.nextCursor
  }
  return { rows, total: first.page.total, first, laterReads, ended: cursor === null }
}

/** Rows read by a page after the first, of 50 rows among 10,000 partners. */
test.each([
  ...PAGE_READS.map(([query, { small }]) => [query, small] as const),
  ['type=channel&tag=common', 2_500] as const,
  ['tag=common&tag=rare', 2_500] as const,
  ['fit=high&tier=gold&sort=-createdAt', 2_500] as const,
])('a later page of %s reads at most %d rows, in one round trip', async (query, most) => {
  const { rows, laterReads } = await pagesOf(query, 4)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  expect(Math.max(...laterReads)).toBeLessThanOrEqual(most)
})

test.each([
  'tag=rare',
  'tag=rare&sort=-fit',
  'tag=rare&tag=common&search=d77',
  'region=dach&stage=dormant',
  'search=d77',
  'fit=high&tier=gold&sort=-createdAt',
])('the pages of %s hold as many partners as the total says, each once', async (query) => {
  const { rows, total, ended } = await pagesOf(query, 30)
  expect(ended).toBe(true)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(total)
})

test('partners without a score come last in both directions', async () => {
  for (const sort of ['fit', '-fit']) {
    const { rows } = await pagesOf(`region=anz&stage=dormant&type=channel&sort=${sort}`, 30)
    const scores = rows.map(({ fit }) => fit)
    const known = scores.filter((fit) => fit !== null)
    expect(scores.slice(known.length).every((fit) => fit === null)).toBe(true)
    expect(known).toEqual(known.toSorted((a, b) => (sort === 'fit' ? a - b : b - a)))
  }
})

test('tiers are sorted with platinum first and no tier last, also in reverse', async () => {
  const orderOf = async (sort: string) => {
    const { rows } = await pagesOf(`search=d77&sort=${sort}`, 30)
    return [...new Set(rows.map(({ tier }) => tier))]
  }
  expect(await orderOf('tier')).toEqual(['platinum', 'gold', 'silver', null])
  expect(await orderOf('-tier')).toEqual(['silver', 'gold', 'platinum', null])
})

test('a search reads at most four rows a hit, whatever the size of the directory', async () => {
  const { total, laterReads } = await pagesOf('search=d77', 2)
  expect(total).toBeGreaterThan(60)
  expect(laterReads[0]).toBeLessThanOrEqual(4 * Number(total))
})

test.each([
  ['any part of the name, whatever its case and accents', 'search=EMILE', 2_000],
  ['any part of the domain', 'search=d1234.ex', 1],
  ['two letters are the beginning of a word', 'search=em', 2_000],
  ['two letters inside a word find nothing', 'search=lm', 0],
  ['quotes, operators and wildcards are only letters', `search=${encodeURIComponent('acme" OR *%_')}`, 0],
  ['an emoji finds nobody', `search=${encodeURIComponent('😀')}`, 0],
  ['blanks alone are no search', 'search=%20%20', SIZE],
])('search: %s', async (_, query, least) => {
  const { page } = await pageOf(query, null)
  if (least === 0) expect(page.total).toBe(0)
  else expect(page.total).toBeGreaterThanOrEqual(least)
})

const some = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc.oneof(
    fc.constant<string[]>([]),
    fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) }),
  )
const anyQuery: fc.Arbitrary<Record<string, string[]>> = fc.record({
  type: some(PARTNER_TYPES),
  status: some(['active', 'pending', 'inactive']),
  stage: some(['prospect', 'active', 'scaling', 'dormant', 'at-risk']),
  tier: some(['platinum', 'gold', 'silver', 'none']),
  region: some(['dach', 'nordics', 'france', 'anz', 'cee', 'uk-ireland']),
  fit: some(BANDS),
  health: some(['none', 'low']),
  manager: some(['none', 'me']),
  track: some(['none']),
  tag: some(['rare', 'common', 'gone']),
  search: fc
    .constantFrom(...['', '', '', 'ac', 'd77', '7', 'émile 1'])
    .map((typed) => (typed ? [typed] : [])),
  sort: fc.constantFrom(...PARTNER_SORTS).map((sort) => [sort]),
})
/** Whether a row is among what is asked for, read as the contract says it. */
function matches(
  row: PartnerRow,
  { search: [search = ''] = [], sort: _, ...asked }: Record<string, string[]>,
) {
  const bandOf = (score: number | null) =>
    score === null ? 'none' : score >= 80 ? 'high' : score >= 50 ? 'medium' : 'low'
  const is: Record<string, readonly string[]> = {
    type: [row.type],
    status: [row.status],
    stage: [row.stage],
    tier: [row.tier ?? 'none'],
    region: [row.region],
    fit: [bandOf(row.fit)],
    health: [bandOf(row.health)],
    manager: [row.manager?.id ?? 'none'],
    track: [row.trackId ?? 'none'],
    tag: row.tags,
  }
  const key = nameKey(search)
  const parts = [nameKey(row.name), row.domain]
  const words = parts.flatMap((part) => part.split(/[^a-z0-9]/))
  const found =
    key.length > 2 ? parts.some((part) => part.includes(key)) : words.some((word) => word.startsWith(key))
  const holds = ([name, wished]: [string, readonly string[]]) =>
    wished.length === 0 || wished.some((each) => is[name]?.includes(each))
  return found && Object.entries(asked).every(holds)
}

test('whatever is asked for together, the total and the first rows are those that match, and few others are read', async () => {
  const { rows: everyone } = await pagesOf('sort=name', SIZE)
  await fc.assert(
    fc.asyncProperty(anyQuery, async (asked) => {
      const query = Object.entries(asked).flatMap(([name, values]) =>
        values.map((value) => `${name}=${value}`),
      )
      const right = everyone.filter((row) => matches(row, asked))
      const { page, read } = await pageOf(encodeURI(query.join('&')), null)
      const ids = new Set(right.map(({ id }) => id))
      expect([page.total, page.items.length]).toEqual([right.length, Math.min(50, right.length)])
      expect(page.items.every(({ id }) => ids.has(id))).toBe(true)
      if (!asked.search?.length) expect(read).toBeLessThanOrEqual(2_500 + right.length + 20)
    }),
    { numRuns: 50 },
  )
}, 60_000)

test('groups are counted from a handful of rows', async () => {
  for (const by of ['type', 'tier', 'region', 'status', 'stage', 'manager']) {
    const { rowsRead } = recording
    const answer = await worker.request('GET', `/api/partners/groups?by=${by}`, { cookie: org.owner.cookie })
    const { groups } = await answer.json<Groups>()
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(SIZE)
    expect(recording.rowsRead - rowsRead).toBeLessThanOrEqual(groups.length + 5)
  }
})

test('groups of what is filtered add up to its total', async () => {
  const { page } = await pageOf('type=channel&region=anz', null)
  const answer = await worker.request('GET', '/api/partners/groups?by=tier&type=channel&region=anz', {
    cookie: org.owner.cookie,
  })
  const { groups } = await answer.json<Groups>()
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(page.total)
})

test('one partner among ten thousand is added, read, edited and deleted without a look at the others', async () => {
  const cost = async (method: string, path: string, body?: unknown) => {
    const { rowsRead } = recording
    const answer = await worker.request(method, `/api/partners${path}`, {
      cookie: org.owner.cookie,
      ...(body === undefined ? {} : { body }),
    })
    expect(answer.ok).toBe(true)
    expect(recording.rowsRead - rowsRead).toBeLessThanOrEqual(100)
    return answer
  }
  const added = await cost('POST', '', acme())
  const { id, version } = await added.json<Partner>()
  await cost('GET', `/${id}`)
  await cost('PATCH', `/${id}`, { version, jointValueProposition: 'Sold by both sides.' })
  await cost('DELETE', `/${id}`)
})

test.each(['name', '-name'])('partners of any of several tags come by %s, each once', async (sort) => {
  const { rows } = await pagesOf(`tag=rare&tag=common&sort=${sort}`, 4)
  const keys = rows.map(({ name, id }) => `${nameKey(name)} ${id}`)
  const sorted = keys.toSorted()
  expect(keys).toEqual(sort === 'name' ? sorted : sorted.reverse())
  expect(new Set(keys).size).toBe(200)
})
