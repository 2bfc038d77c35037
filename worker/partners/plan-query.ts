import { type SQL, sql } from 'drizzle-orm'
import { among } from '#worker/db/statement.ts'
import { type AskedFilter, type Condition, conditionsOf, hasTag, searchOf, tagsOf } from './filter.ts'
import { type Order, orderOf } from './sort.ts'
import type { PartnerSort } from './terms.ts'

/** How many partners the organisation has by facet and key, as far as it is known; only to choose a way, never shown. */
export type Counts = ReadonlyMap<string, number>
export const countKey = (facet: string, key: string) => `${facet} ${key}`

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
 * ends with the page. An index by name serves a filter of one value and the order by name at once.
 */
export function planQuery(orgId: string, filter: AskedFilter, sort: PartnerSort, counts: Counts): QueryPlan {
  const order = orderOf(sort)
  const match = searchOf(orgId, filter)
  const tags = tagsOf(filter)
  const conditions = conditionsOf(filter)
  const tagged = tags.length > 0 ? [hasTag(orgId, tags)] : []
  const all = [sql`p.org_id = ${orgId}`, ...conditions.map((each) => each.sql)]
  if (match !== null) {
    const from = sql`partner_search s cross join partners p on p.rowid = s.rowid`
    return {
      from,
      where: both([sql`s.terms match ${match}`, ...all, ...tagged]),
      order,
      id: ID,
      byRank: false,
      gathers: true,
    }
  }
  const total = counts.get(countKey('all', '')) ?? USUAL_SIZE
  const rarest = conditions.toSorted((a, b) => estimate(a, counts, total) - estimate(b, counts, total))
  const fewest = rarest[0] ? estimate(rarest[0], counts, total) : Number.POSITIVE_INFINITY
  const fewTagged = tags.length * TAG_SHARE * total
  const most = gatherMax(total)
  const [tag] = tags
  if (tag !== undefined && tags.length === 1 && order.byName && fewTagged <= fewest)
    return throughTag(orgId, tag, all, order)
  if (tags.length > 0 && fewTagged <= Math.min(fewest, most)) return throughTags(orgId, tags, all, order)
  const where = both([...all, ...tagged])
  if (rarest[0] && fewest <= most)
    return {
      from: through(rarest[0].index),
      where,
      order,
      id: ID,
      byRank: false,
      gathers: !(order.byName && rarest[0].single),
    }
  const byName = order.byName ? rarest.find(({ single }) => single) : undefined
  return {
    from: through(byName?.index ?? order.index),
    where,
    order,
    id: ID,
    byRank: order.ranks !== undefined,
    gathers: false,
  }
}

const ID = sql`p.id`
const both = (conditions: readonly SQL[]) => sql.join([...conditions], sql` and `)
const through = (index: string) => sql`partners p indexed by ${sql.raw(index)}`

/** Sorting that many rows costs less than looking for matches on the way. */
const gatherMax = (total: number) => Math.min(4_500, Math.max(1_000, total / 8))

function estimate({ facet, keys, share }: Condition, counts: Counts, total: number): number {
  const known = facet === null ? [] : keys.map((key) => counts.get(countKey(facet, key)))
  const counted = counts.size > 0 && facet !== null
  return counted ? known.reduce<number>((sum, each) => sum + (each ?? 0), 0) : keys.length * share * total
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
  const from = sql`(select distinct g.partner_id as tagged from partner_tags g where g.org_id = ${orgId}
      and g.tag in ${among(tags)}) g
    cross join partners p on p.id = g.tagged`
  const plan = { from, where: both(all), order, id: ID, byRank: false }
  const mergeable = order.byName && all.length === 1 && tags.length <= MERGED_MAX
  return mergeable ? { ...plan, gathers: false, merged: tags } : { ...plan, gathers: true }
}

/** As many terms as a compound SELECT may have in D1. */
const MERGED_MAX = 5
