import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { decodeCursor, encodeCursor, wrongCursor } from '#worker/db/cursor.ts'
import { rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { counted, everybody } from './counts.ts'
import type { AskedFilter } from './filter.ts'
import { rowJson } from './json.ts'
import type { PartnerQuery } from './list-schema.ts'
import { type Matches, matchesOf, type Walk, walkOf } from './plan-query.ts'
import type { Ranks } from './sort.ts'

/**
 * Three ways to a page: those that match fill no more than it, and need no order; they are few enough to be sorted; or so
 * many that a page of them is soon found on a walk in order. Later pages go the way that the first one found shortest.
 */
const WAYS = ['all', 'sort', 'walk'] as const
type Way = (typeof WAYS)[number]

const Listed = z.object({
  json: z.string(),
  key: z.union([z.string(), z.number()]),
  id: z.string(),
  way: z.enum(WAYS),
  /** How many match, if the page was asked for it; null when they are the rows of the page. */
  total: z.number().nullable(),
})
type Listed = z.infer<typeof Listed>

/**
 * One page of the directory as the text of a `PartnerPage`. Ties are broken by id, so that a page neither repeats nor
 * loses a row while others come and go. Reads one row more than the page holds, to learn whether another follows.
 */
export async function listPartners(tenant: Tenant, query: PartnerQuery & AskedFilter): Promise<string> {
  const { orgId } = tenant
  const { limit, sort } = query
  const walk = walkOf(orgId, query, sort)
  const after = query.cursor === undefined ? null : positionOf(query.cursor, sort)
  const page = { orgId, walk, after, limit: limit + 1 }
  const found = await tenant.run(rows(Listed, pageOf(page, query)))
  const inOrder = found.toSorted((a, b) => compare(a, b) * (walk.order.descending ? -1 : 1))
  const items = inOrder.slice(0, limit)
  const last = items.at(-1)
  const next = found.length > items.length && last ? cursorAfter(last, sort) : null
  const total = after ? null : (found[0]?.total ?? found.length)
  return `{"items":[${items.map(({ json }) => json).join()}],"nextCursor":${JSON.stringify(next)},"total":${total}}`
}

function pageOf(page: Page, query: PartnerQuery & AskedFilter): SQL {
  const { orgId, walk, after } = page
  const matches = matchesOf(orgId, query)
  if (matches && after?.way === 'sort') return sorted(page, matches)
  if (after) return walked(page, sql`null`)
  const total = counted(orgId, query)
  if (matches && !walk.straight) return shortest(page, matches, total)
  return walked(page, total ?? (matches ? sql`(select count(*) from ${matches.found})` : sql`null`))
}

function compare(a: Listed, b: Listed): number {
  const ofKeys =
    typeof a.key === 'number' && typeof b.key === 'number'
      ? a.key - b.key
      : compareTexts(`${a.key}`, `${b.key}`)
  return ofKeys || compareTexts(a.id, b.id)
}

/** As SQLite compares texts, by code point; `<` would go by the halves of surrogate pairs. */
function compareTexts(a: string, b: string): number {
  for (let at = 0; at < a.length || at < b.length; at++) {
    const difference = (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

interface Page {
  orgId: string
  walk: Walk
  after: After | null
  limit: number
}

interface After {
  key: string | number
  id: string
  way: Way
}

const cursorAfter = ({ way, key, id }: Listed, sort: string) => encodeCursor([`${sort} ${way} ${key}`, id])

/** @throws `invalid` at `/cursor` when it is of another order. */
function positionOf(cursor: string, sort: string): After {
  const [position, id] = decodeCursor(cursor, 'prt')
  const way = WAYS.find((each) => position.startsWith(`${sort} ${each} `))
  const key = position.slice(`${sort} ${way} `.length)
  const numeric = sort !== 'name' && sort !== '-name'
  if (!way || (numeric && !/^-?\d{1,15}$/.test(key))) throw wrongCursor()
  return { key: numeric ? Number(key) : key, id, way }
}

const ROW = sql`select p.rowid as at`

/** The rows of a page, found before; `total` and `way` are what the page is asked for beside them. */
const asRows = ({ orgId, walk }: Page, total: SQL, way: SQL) =>
  sql`select ${rowJson(orgId)} as json, ${walk.order.key} as key, p.id as id, ${way} as way, ${total} as total`
const OF_PAGE = sql`from page cross join partners p on p.rowid = page.at`

/** The first that match on the way. */
function walked(page: Page, total: SQL): SQL {
  const columns = asRows(page, total, sql`'walk'`)
  if (!page.walk.byRank) return stepsOf(page, columns, sql`${page.limit}`)
  return sql`with page as (${stepsOf(page, ROW, sql`${page.limit}`)})
    ${columns} ${OF_PAGE} where p.org_id = ${page.orgId}`
}

/** The first of all that match. */
const sorted = (
  page: Page,
  matches: Matches,
) => sql`with page as (${sortedRows(page, matches, sql`${page.limit}`)})
  ${asRows(page, sql`null`, sql`'sort'`)} ${OF_PAGE} where p.org_id = ${page.orgId}`

function sortedRows(page: Page, { from, where }: Pick<Matches, 'from' | 'where'>, most: SQL): SQL {
  const { key, descending } = page.walk.order
  const direction = descending ? sql` desc` : sql``
  return sql`${ROW} from ${from} where ${where} ${beyondOf(page, key, sql`p.id`)}
    order by ${key}${direction}, p.id${direction} limit ${most}`
}

/** Beyond that many matches, sorting them reads more than a walk does, however large the directory is. */
const SORTED_MAX = 1_900
/**
 * To find, read and sort the matches takes three rows for each. A walk reads about `2 * page * partners / matches` rows, of
 * an index and of the table: as many where the square of the matches is 34 times the partners, if the matches are evenly
 * spread. They are not always, so that a walk must promise to be the shorter one by a third.
 */
const WALKS_FROM = 60

/** The shortest way, in one statement, since only the database knows how many match: a limit of zero closes a way. */
function shortest(page: Page, matches: Matches, known: SQL | null): SQL {
  const { orgId, limit } = page
  const { found, at, from, where, hold, exact, walkable } = matches
  const sorts = walkable
    ? sql`hits <= ${SORTED_MAX} and hits * hits <= ${WALKS_FROM} * ${everybody(orgId)}`
    : sql`true`
  const way = sql`iif(hits < ${limit}, 'all', iif(${sorts}, 'sort', 'walk')) as way`
  const only = (which: Way) => sql`iif((select way from n) = ${which}, ${limit}, 0)`
  const most = walkable && (known || !exact) ? sql` limit ${SORTED_MAX + 1}` : sql``
  const rowids = sql`(select ${at} as at from ${found}${most})`
  // Looking up a long search takes a while: it happens once, and its hits are kept. The words of facets take no time.
  const n = exact
    ? sql`select hits, ${way} from (select count(*) as hits from ${rowids})`
    : sql`select list, ${way} from (select list, json_array_length(list) as hits
        from (select json_group_array(at) as list from ${rowids}))`
  const kept = sql`json_each((select list from n)) k`
  const those = exact
    ? matches
    : { from: sql`${kept} cross join partners p on p.rowid = k.value`, where: hold }
  const total = exact
    ? sql`(select hits from n)`
    : sql`iif((select way from n) = 'all', null, (select count(*) from ${from} where ${where}))`
  return sql`with n as materialized (${n}),
    page as (
      select * from (${exact ? sql`select ${at} as at from ${found}` : sql`select k.value as at from ${kept}`} limit ${only('all')})
      union all select * from (${sortedRows(page, those, only('sort'))})
      union all select * from (${stepsOf(page, ROW, only('walk'))}))
    ${asRows(page, known ?? total, sql`(select way from n)`)} ${OF_PAGE} where ${hold}`
}

function beyondOf({ walk, after }: Page, key: SQL, id: SQL): SQL {
  const sign = walk.order.descending ? sql`<` : sql`>`
  return after ? sql`and (${key}, ${id}) ${sign} (${after.key}, ${after.id})` : sql``
}

/** At most so many partners as they come on the way, from where the page before ended. */
function stepsOf(page: Page, columns: SQL, most: SQL): SQL {
  const { from, where, order, key, id, byRank } = page.walk
  if (byRank && order.ranks) return stepsByRank(page, order.ranks, most)
  const direction = order.descending ? sql` desc` : sql``
  return sql`${columns} from ${from} where ${where} ${beyondOf(page, key, id)}
    order by ${key}${direction}, ${id}${direction} limit ${most}`
}

/**
 * Rank by rank: the rest of the rank in which the page before ended, then each further rank, by id within. No ORDER BY
 * inside, which would sort all of them first: CROSS JOIN keeps the ranks in their order, and the index the ids.
 */
function stepsByRank({ walk, after }: Page, ranks: Ranks, most: SQL): SQL {
  const { from, where } = walk
  const rank = sql.raw(`p.${ranks.column}`)
  const started = after ? ranks.keys.indexOf(Number(after.key)) : -1
  const rest = JSON.stringify(ranks.values.slice(started + 1))
  const others = sql`${ROW} from json_each(${rest}) o cross join ${from}
    where ${rank} = o.value and ${where} limit ${most}`
  if (started < 0) return others
  const current = sql`${ROW} from ${from} where ${rank} = ${ranks.values[started] ?? null} and p.id > ${after?.id ?? ''}
    and ${where} order by p.id limit ${most}`
  return sql`select * from (select * from (${current}) union all select * from (${others})) limit ${most}`
}
