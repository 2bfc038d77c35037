import { type SQL, sql } from 'drizzle-orm'
import { type AskedFilter, conditionsOf, facetsOf, hasTag, searchOf, tagsOf } from './filter.ts'
import { narrowed, type Order, orderOf } from './sort.ts'
import type { PartnerSort } from './terms.ts'

/** A way through partners in the order asked for, on which what is asked for is looked at; it ends with the page. */
export interface Walk {
  /** `from` and its joins; the partner is `p`. */
  from: SQL
  where: SQL
  order: Order
  /** What the rows are sorted by and the partner's id, as the table has them that is gone through. */
  key: SQL
  id: SQL
  /** True when the rows come rank by rank (`Order.ranks`) instead of from one run of an index. */
  byRank: boolean
  /** True when everybody on the way matches, so that no other way is shorter. */
  straight: boolean
}

/** A way through those that match and nobody else, in no order. */
export interface Matches {
  /** Finds them in the full-text index `s`. */
  found: SQL
  /** The partner's rowid there. */
  at: SQL
  /** With the partners `p` themselves. */
  from: SQL
  where: SQL
  /** What must hold of a partner that was found. */
  hold: SQL
  /** True when all that are found match, so that counting them needs no partner. */
  exact: boolean
  /** True when many that are found mean that many match, so that a walk comes upon them. */
  walkable: boolean
}

const both = (conditions: readonly SQL[]) => sql.join([...conditions], sql` and `)
const through = (index: string) => sql`partners p indexed by ${sql.raw(index)}`

/** Share of partners that one tag has, usually. */
const TAG_SHARE = 0.01

const holdOf = (orgId: string, filter: AskedFilter) => {
  const tags = tagsOf(filter)
  const conditions = conditionsOf(filter).map((each) => each.sql)
  return [...conditions, ...(tags.length > 0 ? [hasTag(orgId, tags)] : [])]
}

/** An index by name serves a filter of one value and the order by name at once; of several, the one with the fewest. */
export function walkOf(orgId: string, filter: AskedFilter, sort: PartnerSort): Walk {
  const order = narrowed(orderOf(sort), filter)
  const match = searchOf(orgId, filter)
  const [tag, ...moreTags] = tagsOf(filter)
  const conditions = conditionsOf(filter)
  const found =
    match === null
      ? []
      : [sql`p.rowid in (select s.rowid from partner_search s where s.terms match ${match})`]
  const runs = conditions.flatMap(({ byName }) => byName ?? []).toSorted((a, b) => a.share - b.share)
  const run = order.byName ? runs[0] : undefined
  if (order.byName && tag !== undefined && moreTags.length === 0 && TAG_SHARE < (run?.share ?? 1))
    return {
      from: sql`partner_tags g cross join partners p on p.org_id = g.org_id and p.id = g.partner_id`,
      where: both([
        sql`g.org_id = ${orgId} and g.tag = ${tag}`,
        ...conditions.map((each) => each.sql),
        ...found,
      ]),
      order,
      key: sql`g.name_key`,
      id: sql`g.partner_id`,
      byRank: false,
      straight: match === null && conditions.length === 0,
    }
  const asked = conditions.length + (tag === undefined ? 0 : 1) + found.length
  return {
    from: through(run?.index ?? order.index),
    where: both([sql`p.org_id = ${orgId}`, ...holdOf(orgId, filter), ...found]),
    order,
    key: order.key,
    id: sql`p.id`,
    byRank: order.ranks !== undefined,
    straight: asked === (run ? 1 : 0),
  }
}

/** Null when everybody matches. A search goes through its hits, anything else through the words of its facets. */
export function matchesOf(orgId: string, filter: AskedFilter): Matches | null {
  const search = searchOf(orgId, filter)
  const query = search ?? facetsOf(orgId, filter)
  if (query === null) return null
  const at = search === null ? sql`-s.rowid` : sql`s.rowid`
  const match = sql`s.terms match ${query}`
  const others = search === null ? [] : holdOf(orgId, filter)
  const hold = both([sql`p.org_id = ${orgId}`, ...others])
  return {
    found: sql`partner_search s where ${match}`,
    at,
    from: sql`partner_search s cross join partners p on p.rowid = ${at}`,
    where: both([match, hold]),
    hold,
    exact: search === null,
    walkable: others.length === 0,
  }
}
