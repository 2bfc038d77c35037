import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { rows } from '#worker/db/statement.ts'
import { type AskedFilter, type Condition, conditionsOf, tagsAmong, tagsOf } from './filter.ts'
import { type Counts, countKey, sizeKey, through } from './plan-query.ts'

const Counter = z.object({ facet: z.string(), key: z.string(), partners: z.number() })
type Counter = z.infer<typeof Counter>

/** All counters of an organisation: some sixty rows. */
export const readCounts = (orgId: string) =>
  rows(Counter, sql`select facet, key, partners from partner_counts c where c.org_id = ${orgId}`)

/** Beyond that many it makes no difference how many exactly, and nobody looks further. */
const SIZED_TO = 5_000
/** Share of all partners that is assumed of what has more than that. */
const MANY_SHARE = 0.2
const Sizes = z.object({ sizes: z.string().transform((text) => z.array(z.number()).parse(JSON.parse(text))) })

/** A part of a filter that no counter knows, and how its partners are found. */
interface Unsized {
  key: string
  found: SQL
}

/** What of a filter has never been sized by this isolate. */
export function unsizedOf(orgId: string, filter: AskedFilter): Unsized[] {
  const counts = knownCounts(orgId)
  const conditions = conditionsOf(filter).filter(({ counted }) => !counted)
  const parts = conditions.map((each) => ({ key: sizeKey(each), found: partnersOf(orgId, each) }))
  const tags = tagsOf(filter)
  if (tags.length > 0)
    parts.push({ key: sizeKey({ facet: 'tag', keys: tags }), found: tagsAmong(orgId, tags) })
  return parts.filter(({ key }) => !counts.has(key))
}

const partnersOf = (orgId: string, condition: Condition) =>
  sql`${through(condition.index)} where p.org_id = ${orgId} and ${condition.sql}`

/** How many partners each of the parts has, up to `SIZED_TO`. */
export const readSizes = (orgId: string, parts: readonly Unsized[]) =>
  rows(
    Sizes,
    sql`select json_array(${sql.join(
      parts.map(({ found }) => sql`(select count(*) from (select 1 from ${found} limit ${SIZED_TO}))`),
      sql`, `,
    )}) as sizes from organizations o where o.id = ${orgId}`,
  )

/** Organisations whose counters an isolate remembers, and sizes of each. */
const MOST = 500
const MOST_SIZES = 200
const remembered = new Map<string, Counts>()
const UNKNOWN: Counts = new Map()

/** The counters as they were read last, to choose an index by; a stale one costs time, never a wrong answer. */
export const knownCounts = (orgId: string): Counts => remembered.get(orgId) ?? UNKNOWN

interface Learned {
  counters: readonly Counter[]
  parts: readonly Unsized[]
  sizes: readonly number[]
  /** What was asked for, and how many partners match: no part of it has fewer. */
  filter: AskedFilter
  total: number
}

export function remember(orgId: string, { counters, parts, sizes, filter, total }: Learned) {
  const counted = counters.map(({ facet, key, partners }) => [countKey(facet, key), partners] as const)
  const everybody = counters.find(({ facet }) => facet === 'all')?.partners ?? 0
  const sized = new Map([...knownCounts(orgId)].filter(([key]) => isSize(key)).slice(-MOST_SIZES))
  for (const [at, { key }] of parts.entries()) {
    const size = sizes[at] ?? 0
    sized.set(key, size < SIZED_TO ? size : Math.max(SIZED_TO, MANY_SHARE * everybody))
  }
  for (const part of [...conditionsOf(filter), { facet: 'tag', keys: tagsOf(filter) }]) {
    const size = sized.get(sizeKey(part))
    if (size !== undefined && size < total) sized.set(sizeKey(part), total)
  }
  remembered.delete(orgId)
  const [oldest] = remembered.keys()
  if (remembered.size >= MOST && oldest !== undefined) remembered.delete(oldest)
  remembered.set(orgId, new Map([...counted, ...sized]))
}

const isSize = (key: string) => key.startsWith('size ')
