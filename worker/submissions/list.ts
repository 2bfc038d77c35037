import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { decodeCursor, encodeCursor } from '#worker/db/cursor.ts'
import { among, row, rows, type Statement } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { SubmissionFilter, SubmissionQuery } from './list-schema.ts'
import type { SubmissionCounts } from './schema.ts'
import { contains, soughtIn } from './search.ts'
import { SUBMISSION_STATES } from './terms.ts'

/** Submissions that one request looks through at most when it searches; the next page goes on from there. */
export const SCAN_MAX = 20_000

/** ISO 8601 of a column of Unix ms. */
export const iso = (column: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`

/** A `SubmissionRow` as JSON text; over `submissions s` and `forms f`. */
export const ROW_JSON = sql.raw(`json_object('id', s.id, 'formId', s.form_id, 'formName', f.name,
  'formVersion', s.form_version, 'state', s.state, 'suspected', json(iif(s.suspected, 'true', 'false')),
  'unread', json(iif(s.read_at is null, 'true', 'false')), 'companyName', s.company_name,
  'companyDomain', s.company_domain, 'contactName', s.contact_name, 'contactEmail', s.contact_email,
  'submittedAt', ${iso('s.submitted_at')}, 'partnerId', s.partner_id, 'version', s.version)`)

const statesOf = ({ state }: Pick<SubmissionFilter, 'state'>) => (state?.length ? state : SUBMISSION_STATES)
const flag = ({ suspected }: Pick<SubmissionFilter, 'suspected'>) => (suspected === 'true' ? 1 : 0)

/** As many terms as a compound SELECT may have in D1. */
const RANGES_MAX = 5

/** Ids, newest first, of `limit` submissions below `after` at most: of each state and form no more are read than that. */
function idsOf(orgId: string, filter: SubmissionFilter, after: string | null, limit: number): SQL {
  const forms = filter.form?.length ? [...new Set(filter.form)] : [null]
  const ranges = statesOf(filter).flatMap((state) => forms.map((form) => [state, form] as const))
  const index = sql.raw(filter.form?.length ? 'submissions_form' : 'submissions_state')
  const range = (state: SQL, form: SQL) => sql`select i.id from submissions i indexed by ${index}
    where i.org_id = ${orgId} and i.suspected = ${flag(filter)} and i.state = ${state}
      ${filter.form?.length ? sql`and i.form_id = ${form}` : sql``} ${below(sql`i.id`, after)}
    order by i.id desc limit ${limit}`
  if (ranges.length <= RANGES_MAX) {
    const each = ranges.map(([state, form]) => sql`select id from (${range(sql`${state}`, sql`${form}`)})`)
    return sql`select id from (${sql.join(each, sql` union all `)}) order by id desc limit ${limit}`
  }
  return sql`select s.id from json_each(${JSON.stringify(ranges)}) r cross join submissions s
    where s.org_id = ${orgId} and s.id in (${range(sql`r.value ->> 0`, sql`r.value ->> 1`)})
    order by s.id desc limit ${limit}`
}

const below = (id: SQL, after: string | null) => (after === null ? sql`` : sql`and ${id} < ${after}`)

/**
 * Common tables of a search: `scanned`, the organisation's newest `SCAN_MAX` below `after` whatever the filter, and
 * `matches`, the ids of all among them that match.
 */
function searched(orgId: string, filter: SubmissionFilter, sought: string, after: string | null): SQL {
  const ofForms = filter.form?.length ? sql`and form_id in ${among(filter.form)}` : sql``
  return sql`scanned as materialized (select s.id, s.form_id, s.suspected, s.state, ${contains(sought)} as found
      from submissions s where s.org_id = ${orgId} ${below(sql`s.id`, after)} order by s.id desc limit ${SCAN_MAX}),
    matches as materialized (select id from scanned where found and suspected = ${flag(filter)}
      and state in ${among(statesOf(filter))} ${ofForms} order by id desc)`
}

/** The common table `matches`: ids of `limit` submissions below `after`, or of all that a search found. */
export function matching(orgId: string, filter: SubmissionFilter, after: string | null, limit: number): SQL {
  const sought = soughtIn(filter.search)
  return sought === null
    ? sql`matches as (${idsOf(orgId, filter, after, limit)})`
    : searched(orgId, filter, sought, after)
}

const Listed = z.object({ json: z.string(), id: z.string() })

/** A page without a search, with one row more to learn whether another page follows. */
const pageOf = (orgId: string, query: SubmissionQuery, after: string | null) =>
  rows(
    Listed,
    sql`select ${ROW_JSON} as json, s.id from (${idsOf(orgId, query, after, query.limit + 1)}) m
      cross join submissions s cross join forms f
      where s.org_id = ${orgId} and s.id = m.id and f.org_id = ${orgId} and f.id = s.form_id order by s.id desc`,
  )

const Found = z.object({
  items: z.string(),
  /** Of the page. */
  last: z.string().nullable(),
  matches: z.number(),
  scanned: z.number(),
  /** The last that was looked at. */
  reached: z.string().nullable(),
})

const foundPage = (orgId: string, query: SubmissionQuery, sought: string, after: string | null) =>
  row(
    Found,
    sql`with ${searched(orgId, query, sought, after)},
      page as (select id from matches order by id desc limit ${query.limit})
      select (select json_group_array(json(${ROW_JSON}) order by s.id desc) from page
          cross join submissions s join forms f on f.org_id = s.org_id and f.id = s.form_id
          where s.org_id = ${orgId} and s.id = page.id) as items,
        (select min(id) from page) as last, (select count(*) from matches) as matches,
        (select count(*) from scanned) as scanned, (select min(id) from scanned) as reached`,
  )

const Counted = z.object({ total: z.number() })

/** How many the filter lets through, from counters: exact as long as nothing is searched for. */
function totalOf(orgId: string, filter: SubmissionFilter) {
  const ofForms = filter.form?.length ? sql`and c.form_id in ${among(filter.form)}` : sql``
  return row(
    Counted,
    sql`select coalesce(sum(count), 0) as total from submission_counts c where c.org_id = ${orgId}
      and c.suspected = ${flag(filter)} and c.state in ${among(statesOf(filter))} ${ofForms}`,
  )
}

/** One page, newest first, as the text of a `SubmissionPage`, in one round trip. */
export async function listSubmissions(tenant: Tenant, query: SubmissionQuery): Promise<string> {
  const { orgId } = tenant
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 'sub')[1]
  const sought = soughtIn(query.search)
  if (sought !== null) return searchPage(tenant, query, sought, after)
  const page = pageOf(orgId, query, after)
  const [found, total] =
    after === null ? await tenant.batch([page, totalOf(orgId, query)]) : [await tenant.run(page), null]
  const items = found.slice(0, query.limit)
  const more = found.length > items.length
  return pageText(`[${items.map(({ json }) => json).join()}]`, more ? items.at(-1)?.id : null, total?.total)
}

/** A search that looked through all it may ends its page early and says where to go on; it then knows no total. */
async function searchPage(tenant: Tenant, query: SubmissionQuery, sought: string, after: string | null) {
  const found = await tenant.run(foundPage(tenant.orgId, query, sought, after))
  if (!found) throw new Error('A query of one row answered none.')
  const { items, last, matches, scanned, reached } = found
  const all = scanned < SCAN_MAX
  return pageText(
    items,
    matches > query.limit ? last : all ? null : reached,
    after === null && all ? matches : null,
  )
}

const pageText = (items: string, last: string | null | undefined, total: number | null | undefined) =>
  `{"items":${items},"nextCursor":${JSON.stringify(last ? encodeCursor(['', last]) : null)},"total":${total ?? null}}`

const Counts = z.object({
  new: z.number(),
  approved: z.number(),
  rejected: z.number(),
  suspected: z.number(),
  unread: z.number(),
})

/** How many there are in each state; of one form, of several, or of all. */
export function countsOf(orgId: string, forms: readonly string[] = []): Statement<SubmissionCounts | null> {
  const ofForms = forms.length > 0 ? sql`and c.form_id in ${among(forms)}` : sql``
  const sum = (what: string, where: string) => sql.raw(`coalesce(sum(iif(${where}, ${what}, 0)), 0)`)
  const state = (name: string) => sum('count', `suspected = 0 and state = '${name}'`)
  return row(
    Counts,
    sql`select ${state('new')} as new, ${state('approved')} as approved, ${state('rejected')} as rejected,
        ${sum('count', 'suspected = 1')} as suspected, ${sum('unread', 'suspected = 0')} as unread
      from submission_counts c where c.org_id = ${orgId} ${ofForms}`,
  )
}

export async function countSubmissions(
  tenant: Tenant,
  forms: readonly string[] | undefined,
): Promise<SubmissionCounts> {
  const counts = await tenant.run(countsOf(tenant.orgId, forms))
  return counts ?? { new: 0, approved: 0, rejected: 0, suspected: 0, unread: 0 }
}
