import { type SQL, sql } from 'drizzle-orm'
import { among } from '#worker/db/statement.ts'
import type { PartnerFilter } from './list-schema.ts'
import { searchQuery } from './search.ts'
import { type Created, STATUS_OF_STAGE, TIERS } from './terms.ts'
import { createdWords, type Facet, facetWords, queryOf } from './words.ts'

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
  /** Where the partners of its only value come by name; of several values they would have to be sorted. */
  byName?: Run
  /** What it narrows; where `counted`, counters tell how many partners each of the keys has. */
  facet: Facet
  counted: boolean
  keys: readonly string[]
}

/** An index that has the partners of one value by name. */
export interface Run {
  index: string
  /** Share of all partners that a value has, usually. */
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

/** Usually many have no manager, no track or no score yet. */
const NONE_SHARE = 0.5

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
    const [only, ...more] = keys
    const byName = more.length === 0 ? { byName: { index, share: only === 'none' ? NONE_SHARE : share } } : {}
    return [{ sql: isOneOf(column, values), facet, counted, keys, ...byName }]
  }),
  ...(filter.createdSince === undefined ? [] : [since(filter.createdSince)]),
  ...(filter.attention?.length ? [ATTENTION_NEEDED] : []),
]

/** By how much the clocks of two edits may differ. */
const CLOCKS_MS = 86_400_000

/**
 * Nobody was edited before being added, which says nothing new; but in the order of edits it lets the way begin at the
 * period instead of ages before it.
 */
const since = (at: number): Condition => ({
  sql: sql`p.created_at >= ${at} and p.updated_at >= ${at - CLOCKS_MS}`,
  facet: 'created',
  counted: false,
  keys: [],
})

/** Its index holds nobody else, by name. */
const ATTENTION_NEEDED: Condition = {
  sql: sql`p.needs_attention = 1`,
  byName: { index: 'partners_attention', share: 0.1 },
  facet: 'attention',
  counted: false,
  keys: ['yes'],
}

/** The wished tags, each once. */
export const tagsOf = ({ tag }: PartnerFilter) => [...new Set(tag)]

/** The partner has one of the tags. */
export const hasTag = (orgId: string, tags: readonly string[]) =>
  sql`exists (select 1 from partner_tags g where g.org_id = ${orgId} and g.name_key = p.name_key
    and g.partner_id = p.id and g.tag in ${among(tags)})`

/** The full-text query of the search, if there is one. */
export const searchOf = (orgId: string, { search }: PartnerFilter) =>
  search?.trim() ? searchQuery(orgId, search) : null

/** The full-text query of everything else that is asked for; null when it is nothing. */
export function facetsOf(orgId: string, filter: AskedFilter): string | null {
  const { createdSince } = filter
  const words = conditionsOf(filter).map(({ facet, keys }) =>
    facet === 'created' && createdSince !== undefined
      ? createdWords(orgId, createdSince)
      : facetWords(orgId, facet, keys),
  )
  const tags = tagsOf(filter)
  if (tags.length > 0) words.push(facetWords(orgId, 'tag', tags))
  return words.length > 0 ? queryOf(words) : null
}
