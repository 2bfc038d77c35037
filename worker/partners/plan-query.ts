import { type SQL, sql } from 'drizzle-orm'
import {
  type AskedFilter,
  type Condition,
  conditionsOf,
  hasTag,
  searchOf,
  tagsAmong,
  tagsOf,
} from './filter.ts'
import { narrowed, type Order, orderOf } from './sort.ts'
import type { PartnerSort } from './terms.ts'

/** How many partners the organisation has by facet and key, as far as it is known; only to choose a way, never shown. */
export type Counts = ReadonlyMap<string, number>
export const countKey = (facet: string, key: string) => `${facet} ${key}`
/** Of a part of a filter that no counter knows: how many partners all its values have together. */
export const sizeKey = ({ facet, keys }: { facet: string; keys: readonly string[] }) =>
  `size ${JSON.stringify([facet, ...keys])}`

/** A directory of this size is assumed while no count is known. */
const USUAL_SIZE = 10_000
/** Share of partners that one tag has, usually. */
const TAG_SHARE = 0.01

/** Where the rows come from and in which order, so that as few as possible are read. */
export interface QueryPlan {
  /** `from` and its joins; the partner is `p`. */
  from: SQL
  where: SQL
  order: Order
  /** The partner's id, from the table that has the rows in order. */
  id: SQL
  /** True when the rows come rank by rank (`Order.ranks`) instead of from one run of an index. */
  byRank: boolean
  /** True when all matches are read and sorted anyway, so that they can be counted on the way. */
  gathers: boolean
  /** Tags whose partners, each tag's by name already, only need to be merged. */
  merged?: readonly string[]
}

/**
 * Chooses the index to go through. A search goes through its hits. A rare filter goes through its own partners, which are
 * then sorted; otherwise the partners come in the order that is asked for and the filters are looked at on the way, which
 * ends with the page, unless so few match that it would not. An index by name serves a filter of one value and the order
 * by name at once.
 */
export function planQuery(orgId: string, filter: AskedFilter, sort: PartnerSort, counts: Counts): QueryPlan {
  const order = narrowed(orderOf(sort), filter)
  if (searchOf(orgId, filter) !== null)
    return { ...planAll(orgId, filter, counts), order, id: ID, byRank: false, gathers: true }
  const { tags, rarest, total, fewest, fewTagged, matching } = sizesOf(filter, counts)
  const all = allOf(orgId, filter)
  const most = gatherMax(total)
  const [tag] = tags
  if (tag !== undefined && tags.length === 1 && order.byName && fewTagged <= fewest)
    return throughTag(orgId, tag, all, order)
  if (tags.length > 0 && fewTagged <= Math.min(fewest, most)) return throughTags(orgId, tags, all, order)
  const where = both([...all, ...tagged(orgId, tags)])
  const byName = order.byName ? rarest.find(({ single }) => single) : undefined
  const run = byName ? estimate(byName, counts, total) : total
  const onTheWay = Math.min(run, (PAGE * run) / matching)
  const least = Math.min(fewest, fewTagged)
  if (rarest[0] !== byName && (least <= most || least < onTheWay))
    return { ...planAll(orgId, filter, counts), order, id: ID, byRank: false, gathers: true }
  return {
    from: through(byName?.index ?? order.index),
    where,
    order,
    id: ID,
    byRank: order.ranks !== undefined,
    gathers: false,
  }
}

/** The way to all that match, in any order: through the rarest of what is asked for. */
export function planAll(orgId: string, filter: AskedFilter, counts: Counts): { from: SQL; where: SQL } {
  const match = searchOf(orgId, filter)
  const { tags, rarest, fewest, fewTagged } = sizesOf(filter, counts)
  const all = allOf(orgId, filter)
  if (match !== null)
    return {
      from: sql`partner_search s cross join partners p on p.rowid = s.rowid`,
      where: both([sql`s.terms match ${match}`, ...all, ...tagged(orgId, tags)]),
    }
  if (tags.length > 0 && fewTagged <= fewest) return throughTags(orgId, tags, all, orderOf('name'))
  return {
    from: through(rarest[0]?.index ?? 'partners_name'),
    where: both([...all, ...tagged(orgId, tags)]),
  }
}

/** Whether so few match, as far as one can tell, that all of them are better read at once than page by page. */
export const areFew = (filter: AskedFilter, counts: Counts) => sizesOf(filter, counts).matching <= FEW

function sizesOf(filter: AskedFilter, counts: Counts) {
  const total = counts.get(countKey('all', '')) ?? USUAL_SIZE
  const tags = tagsOf(filter)
  const sized = conditionsOf(filter).map((each) => ({ each, size: estimate(each, counts, total) }))
  const rarest = sized.toSorted((a, b) => a.size - b.size)
  const known = counts.get(sizeKey({ facet: 'tag', keys: tags }))
  const fewTagged = tags.length === 0 ? Number.POSITIVE_INFINITY : (known ?? tags.length * TAG_SHARE * total)
  const sizes = [...rarest.map(({ size }) => size), fewTagged]
  return {
    tags,
    total,
    fewTagged,
    rarest: rarest.map(({ each }) => each),
    fewest: rarest[0]?.size ?? Number.POSITIVE_INFINITY,
    /** How many match if no part of the filter has to do with another. */
    matching: sizes.reduce((left, size) => left * Math.min(1, size / Math.max(1, total)), total),
  }
}

/** Rows that a page is looked for. */
const PAGE = 51
/** Sorting that many matches takes no time to speak of. */
const FEW = 1_000

const ID = sql`p.id`
const allOf = (orgId: string, filter: AskedFilter) => [
  sql`p.org_id = ${orgId}`,
  ...conditionsOf(filter).map((each) => each.sql),
]
const tagged = (orgId: string, tags: readonly string[]) => (tags.length > 0 ? [hasTag(orgId, tags)] : [])
const both = (conditions: readonly SQL[]) => sql.join([...conditions], sql` and `)
export const through = (index: string) => sql`partners p indexed by ${sql.raw(index)}`

/** Sorting that many rows costs less than looking for matches on the way. */
const gatherMax = (total: number) => Math.min(4_500, Math.max(1_000, total / 8))

function estimate(condition: Condition, counts: Counts, total: number): number {
  const { facet, counted, keys, share } = condition
  if (!counted) return counts.get(sizeKey(condition)) ?? keys.length * share * total
  if (counts.size === 0) return keys.length * share * total
  return keys.reduce((sum, key) => sum + (counts.get(countKey(facet, key)) ?? 0), 0)
}

/** The partners of one tag by name, as its own table has them. */
function throughTag(orgId: string, tag: string, all: readonly SQL[], order: Order): QueryPlan {
  const from = sql`partner_tags g cross join partners p on p.org_id = g.org_id and p.id = g.partner_id`
  const where = both([sql`g.org_id = ${orgId} and g.tag = ${tag}`, ...all])
  return {
    from,
    where,
    order: { ...order, key: sql`g.name_key` },
    id: sql`g.partner_id`,
    byRank: false,
    gathers: false,
  }
}

/** A partner with two of the tags comes once. */
function throughTags(orgId: string, tags: readonly string[], all: readonly SQL[], order: Order): QueryPlan {
  const from = sql`(select distinct g.partner_id as tagged from ${tagsAmong(orgId, tags)}) g
    cross join partners p on p.id = g.tagged`
  const plan = { from, where: both(all), order, id: ID, byRank: false }
  const mergeable = order.byName && all.length === 1 && tags.length <= MERGED_MAX
  return mergeable ? { ...plan, gathers: false, merged: tags } : { ...plan, gathers: true }
}

/** As many terms as a compound SELECT may have in D1. */
const MERGED_MAX = 5
