import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { decodeCursor, encodeCursor, wrongCursor } from '#worker/db/cursor.ts'
import { among, type Results, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { knownCounts, readCounts, readSizes, remember, unsizedOf } from './counts.ts'
import { type AskedFilter, conditionsOf, searchOf, tagsOf } from './filter.ts'
import { rowJson } from './json.ts'
import type { PartnerQuery } from './list-schema.ts'
import { areFew, planAll, planQuery, type QueryPlan } from './plan-query.ts'
import { orderOf, type Ranks } from './sort.ts'

const Listed = z.object({ json: z.string(), key: z.union([z.string(), z.number()]), id: z.string() })
type Listed = z.infer<typeof Listed>
const Gathered = Listed.extend({ total: z.number() })
const Counted = z.object({ partners: z.number() })

/**
 * One page of the directory as the text of a `PartnerPage`. Ties are broken by id, so that a page neither repeats nor
 * loses a row while others come and go. Reads one row more than the page holds, to learn whether another follows.
 */
export async function listPartners(tenant: Tenant, query: PartnerQuery & AskedFilter): Promise<string> {
  const { orgId } = tenant
  const { cursor, limit, sort } = query
  const plan = planQuery(orgId, query, sort, knownCounts(orgId))
  const after = cursor === undefined ? null : positionOf(cursor, sort)
  const [found, total] = after
    ? [await tenant.run(rows(Listed, pageOf(orgId, plan, after, limit + 1))), null]
    : await firstPage(tenant, query, plan)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const next = found.length > items.length && last ? encodeCursor([`${sort} ${last.key}`, last.id]) : null
  return `{"items":[${items.map(({ json }) => json).join()}],"nextCursor":${JSON.stringify(next)},"total":${total}}`
}

interface After {
  key: string | number
  id: string
}

/** @throws `invalid` at `/cursor` when it is of another order. */
function positionOf(cursor: string, sort: string): After {
  const [key, id] = decodeCursor(cursor, 'prt')
  const value = key.slice(sort.length + 1)
  const numeric = sort !== 'name' && sort !== '-name'
  if (!key.startsWith(`${sort} `) || (numeric && !/^-?\d{1,15}$/.test(value))) throw wrongCursor()
  return { key: numeric ? Number(value) : value, id }
}

function pageOf(orgId: string, plan: QueryPlan, after: After | null, limit: number): SQL {
  const { from, where, order, id } = plan
  const direction = order.descending ? sql` desc` : sql``
  if (plan.merged) return pageByTags(orgId, plan.merged, order, after, limit)
  if (plan.byRank && order.ranks) return pageByRank(orgId, plan, order.ranks, after, limit)
  const sign = order.descending ? sql`<` : sql`>`
  const beyond = after ? sql`and (${order.key}, ${id}) ${sign} (${after.key}, ${after.id})` : sql``
  return sql`select ${rowJson(orgId)} as json, ${order.key} as key, p.id as id from ${from}
    where ${where} ${beyond} order by ${order.key}${direction}, ${id}${direction} limit ${limit}`
}

/**
 * Rank by rank: the rest of the rank in which the page before ended, then each further rank, by id within. No ORDER BY
 * inside, which would sort all of them first: CROSS JOIN keeps the ranks in their order, and the index the ids.
 */
function pageByRank(orgId: string, plan: QueryPlan, ranks: Ranks, after: After | null, limit: number): SQL {
  const { from, where, order } = plan
  const rank = sql.raw(`p.${ranks.column}`)
  const started = after ? ranks.keys.indexOf(Number(after.key)) : -1
  const rest = JSON.stringify(ranks.values.slice(started + 1))
  const others = sql`select p.rowid as at, ${order.key} as key from json_each(${rest}) o
    cross join ${from} where ${rank} = o.value and ${where} limit ${limit}`
  const current = sql`select p.rowid as at, ${order.key} as key from ${from}
    where ${rank} = ${ranks.values[started] ?? null} and p.id > ${after?.id ?? ''} and ${where}
    order by p.id limit ${limit}`
  const chosen = started < 0 ? others : sql`select * from (${current}) union all select * from (${others})`
  return sql`with page as (select * from (${chosen}) limit ${limit})
    select ${rowJson(orgId)} as json, page.key as key, p.id as id from page cross join partners p on p.rowid = page.at
    where p.org_id = ${orgId} order by page.key, p.id`
}

/** A page of each tag's partners is as much as the page of all of them can hold; one with two of the tags comes once. */
function pageByTags(
  orgId: string,
  tags: readonly string[],
  { descending }: QueryPlan['order'],
  after: After | null,
  limit: number,
): SQL {
  const direction = descending ? sql` desc` : sql``
  const order = sql`order by name_key${direction}, partner_id${direction} limit ${limit}`
  const sign = descending ? sql`<` : sql`>`
  const beyond = after ? sql`and (g.name_key, g.partner_id) ${sign} (${after.key}, ${after.id})` : sql``
  const each = tags.map(
    (tag) => sql`select * from (select g.name_key, g.partner_id from partner_tags g
      where g.org_id = ${orgId} and g.tag = ${tag} ${beyond} ${order})`,
  )
  return sql`select ${rowJson(orgId)} as json, m.name_key as key, p.id as id
    from (select * from (${sql.join(each, sql` union `)}) ${order}) m cross join partners p on p.id = m.partner_id
    where p.org_id = ${orgId} order by m.name_key${direction}, p.id${direction}`
}

/** All matches, counted and sorted by what the order needs of them; only those of the page become rows. */
function gathered(
  orgId: string,
  { from, where, order }: Pick<QueryPlan, 'from' | 'where' | 'order'>,
  limit: number,
): SQL {
  const direction = order.descending ? sql` desc` : sql``
  return sql`with matches as materialized (
      select p.rowid as at, ${order.key} as key, p.id as id from ${from} where ${where})
    select ${rowJson(orgId)} as json, m.key as key, m.id as id, (select count(*) from matches) as total
    from (select * from matches order by key${direction}, id${direction} limit ${limit}) m
    cross join partners p on p.rowid = m.at
    where p.org_id = ${orgId} order by m.key${direction}, m.id${direction}`
}

/** The first page with the exact total, in one round trip; from counters where they say it. */
async function firstPage(
  tenant: Tenant,
  filter: PartnerQuery & AskedFilter,
  plan: QueryPlan,
): Promise<[Listed[], number]> {
  const { orgId } = tenant
  const limit = filter.limit + 1
  const facets = countedBy(orgId, filter)
  if (facets) {
    const counted = sql`select coalesce(sum(partners), 0) as partners from partner_counts c
      where c.org_id = ${orgId} and c.facet = ${facets.facet}
        and c.key in ${among(facets.keys)}`
    const page = rows(Listed, pageOf(orgId, plan, null, limit))
    const [found, [total]] = await tenant.batch([page, rows(Counted, counted)])
    return [found, total?.partners ?? 0]
  }
  const counts = knownCounts(orgId)
  const parts = unsizedOf(orgId, filter)
  const learn = [readCounts(orgId), readSizes(orgId, parts)] as const
  const keep = (counters: Results<typeof learn>[0], [asked]: Results<typeof learn>[1], total: number) =>
    remember(orgId, { counters, parts, sizes: asked?.sizes ?? [], filter, total })
  const all = planAll(orgId, filter, counts)
  if (plan.gathers || (!plan.merged && areFew(filter, counts))) {
    const order = orderOf(filter.sort)
    const matches = rows(Gathered, gathered(orgId, { ...all, order }, limit))
    const [found, counters, sizes] = await tenant.batch([matches, ...learn])
    const total = found[0]?.total ?? 0
    keep(counters, sizes, total)
    return [found, total]
  }
  const page = rows(Listed, pageOf(orgId, plan, null, limit))
  const counted = rows(Counted, sql`select count(*) as partners from ${all.from} where ${all.where}`)
  const [found, [total], counters, sizes] = await tenant.batch([page, counted, ...learn])
  keep(counters, sizes, total?.partners ?? 0)
  return [found, total?.partners ?? 0]
}

/** The counters that add up to the total: of everybody, or of the only filter. */
function countedBy(orgId: string, filter: AskedFilter) {
  if (tagsOf(filter).length > 0 || searchOf(orgId, filter) !== null) return null
  const [only, ...more] = conditionsOf(filter)
  if (!only) return { facet: 'all', keys: [''] }
  return only.counted && more.length === 0 ? { facet: only.facet, keys: only.keys } : null
}
