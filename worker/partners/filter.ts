import { type SQL, sql } from 'drizzle-orm'
import { among } from '#worker/db/statement.ts'
import type { PartnerFilter } from './list-schema.ts'
import { searchQuery } from './search.ts'
import { type Created, STATUS_OF_STAGE, TIERS } from './terms.ts'

/** What a member asks for, with the words that depend on who asks and when made definite. */
export interface AskedFilter extends PartnerFilter {
  /** Added then or later, in Unix ms. */
  createdSince?: number
}

/** When the period that a filter on `created` names began. Of several, the longest counts. */
export function createdSince(periods: readonly Created[], now: number): number {
  const today = new Date(now)
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()]
  const began: Record<Created, number> = {
    'this-month': Date.UTC(year, month),
    'last-30-days': Date.UTC(year, month, today.getUTCDate() - 30),
    'this-year': Date.UTC(year, 0),
  }
  return Math.min(...periods.map((period) => began[period]))
}

/** One filter that is set, as the database sees it. */
export interface Condition {
  /** What must hold of the partner `p`. */
  sql: SQL
  /** The index that has the partners of one value by name. */
  index: string
  /** Partners of one value come by name from the index; those of several must be sorted. */
  single: boolean
  /** What it narrows; where `counted`, counters tell how many partners each of the keys has. */
  facet: string
  counted: boolean
  keys: readonly string[]
  /** Share of all partners that one value lets through, while nothing tells. */
  share: number
}

const RANKS = new Map<string, number>([...TIERS, 'none'].map((tier, at) => [tier, at + 1]))
const rankOf = (tier: string) => RANKS.get(tier) ?? 0
const orEmpty = (id: string) => (id === 'none' ? '' : id)
const asIs = (value: string) => value

/** Filter, column of `p`, index, whether counters are kept, usual share of a value, stored spelling. */
const FACETS = [
  ['type', 'type', 'partners_type', true, 0.3, asIs],
  ['status', 'status', 'partners_status', true, 0.4, asIs],
  ['stage', 'stage', 'partners_stage', true, 0.1, asIs],
  ['tier', 'tier_rank', 'partners_tier', true, 0.25, rankOf],
  ['region', 'region', 'partners_region', true, 0.06, asIs],
  ['manager', 'manager_key', 'partners_manager', true, 0.05, orEmpty],
  ['track', 'track_key', 'partners_track', false, 0.3, orEmpty],
  ['fit', 'fit_band', 'partners_fit_band', false, 0.3, asIs],
  ['health', 'health_band', 'partners_health_band', false, 0.3, asIs],
] as const satisfies readonly (readonly [
  keyof PartnerFilter,
  string,
  string,
  boolean,
  number,
  (value: string) => string | number,
])[]

/** `column = value`, or one of several. */
const isOneOf = (column: string, values: readonly (string | number)[]) =>
  values.length === 1
    ? sql`${sql.raw(`p.${column}`)} = ${values[0]}`
    : sql`${sql.raw(`p.${column}`)} in ${among(values)}`

/** A stage has one status, so that of both filters only stages are left that both let through, or none. */
function wishedOf(filter: AskedFilter, facet: (typeof FACETS)[number][0]): string[] | undefined {
  const { status, stage } = filter
  const both = status?.length && stage?.length
  if (both && facet === 'status') return undefined
  if (both && facet === 'stage') return stage.filter((each) => status.includes(STATUS_OF_STAGE[each]))
  return filter[facet]?.length ? filter[facet] : undefined
}

/** The filters that are set and are columns of a partner; search and tags have tables of their own. */
export const conditionsOf = (filter: AskedFilter): Condition[] => [
  ...FACETS.flatMap(([facet, column, index, counted, share, stored]): Condition[] => {
    const wished = wishedOf(filter, facet)
    if (!wished) return []
    const keys = [...new Set(wished)]
    const values = keys.map((key) => stored(key))
    const single = keys.length === 1
    return [{ sql: isOneOf(column, values), index, single, facet, counted, keys, share }]
  }),
  ...(filter.createdSince === undefined ? [] : [since(filter.createdSince)]),
  ...(filter.attention?.length ? [ATTENTION_NEEDED] : []),
]

/**
 * Its index has partners by age, so that those of a period come by name only when they are sorted. Usually they are few;
 * right after a large import that sorts many.
 */
const since = (at: number): Condition => ({
  sql: sql`p.created_at >= ${at}`,
  index: 'partners_by_created',
  single: false,
  facet: 'created',
  counted: false,
  keys: [String(at)],
  share: 0.02,
})

/** Its index holds nobody else, by name. */
const ATTENTION_NEEDED: Condition = {
  sql: sql`p.needs_attention = 1`,
  index: 'partners_attention',
  single: true,
  facet: 'attention',
  counted: false,
  keys: ['yes'],
  share: 0.1,
}

/** The wished tags, each once. */
export const tagsOf = ({ tag }: PartnerFilter) => [...new Set(tag)]

/** Where those with one of the tags are found; with two of them, twice. */
export const tagsAmong = (orgId: string, tags: readonly string[]) =>
  sql`partner_tags g where g.org_id = ${orgId} and g.tag in ${among(tags)}`

/** The partner has one of the tags. */
export const hasTag = (orgId: string, tags: readonly string[]) =>
  sql`exists (select 1 from partner_tags g where g.org_id = ${orgId} and g.name_key = p.name_key
    and g.partner_id = p.id and g.tag in ${among(tags)})`

/** The full-text query of the search, if there is one. */
export const searchOf = (orgId: string, { search }: PartnerFilter) =>
  search?.trim() ? searchQuery(orgId, search) : null

/** True when nothing is searched or filtered. */
export const isEverybody = (orgId: string, filter: AskedFilter) =>
  searchOf(orgId, filter) === null && tagsOf(filter).length === 0 && conditionsOf(filter).length === 0
