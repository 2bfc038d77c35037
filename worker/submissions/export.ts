import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { FormVersion } from '#worker/applications/schema.ts'
import { among, row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { givenIn, questionsOf } from './answers.ts'
import { countryOf, displayOf } from './display.ts'
import { iso, matching, SCAN_MAX } from './list.ts'
import type { SubmissionFilter } from './list-schema.ts'
import { soughtIn } from './search.ts'
import { SUBMISSION_STATE_LABELS, SUBMISSION_STATES } from './terms.ts'

/** Submissions, and characters of their answers, that are held in memory at once. */
const PAGE = 500
const PAGE_CHARACTERS = 2_000_000
/** Versions of a form whose questions have columns, from the newest. */
const VERSIONS_MAX = 100
/**
 * What a spreadsheet would run as a formula gets an apostrophe before it. So does what begins with apostrophes and then
 * one of these: whoever takes one apostrophe away again has what the applicant wrote.
 */
const FORMULA = /^(?:[\s\p{Cf}]*'*[\s\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u

const FIXED = [
  'Id',
  'Submitted',
  'State',
  'Form',
  'Form version',
  'Company',
  'Domain',
  'Contact',
  'E-mail',
  'Country',
  'Suspected',
]

const Json = z.string().transform((text): unknown => JSON.parse(text))
const Answers = Json.pipe(z.array(z.object({ questionId: z.string(), value: z.unknown() })))

const Exported = z.object({
  id: z.string(),
  submitted_at: z.string(),
  state: z.enum(SUBMISSION_STATES),
  form_id: z.string(),
  form_name: z.string(),
  form_version: z.number(),
  company_name: z.string().nullable(),
  company_domain: z.string().nullable(),
  contact_name: z.string().nullable(),
  contact_email: z.string().nullable(),
  country: z.string().nullable(),
  suspected: z.number(),
  answers: Answers,
})
type Exported = z.output<typeof Exported>

const Reach = z.object({ scanned: z.number(), reached: z.string().nullable() })

/** A page of the list with its answers, and how far a search has looked. */
const pageOf = (orgId: string, filter: SubmissionFilter, after: string | null) =>
  [
    rows(
      Exported,
      sql`with ${matching(orgId, filter, after, PAGE)},
        page as (select s.id, s.submitted_at, s.state, s.form_id, s.form_version, s.company_name, s.company_domain,
            s.contact_name, s.contact_email, s.country, s.suspected, s.answers,
            sum(length(s.answers)) over (order by s.id desc) as characters
          from (select id from matches order by id desc limit ${PAGE}) m cross join submissions s
          where s.org_id = ${orgId} and s.id = m.id)
        select s.*, ${sql.raw(iso('s.submitted_at'))} as submitted_at, f.name as form_name
        from page s join forms f on f.org_id = ${orgId} and f.id = s.form_id
        where s.characters - length(s.answers) < ${PAGE_CHARACTERS} order by s.id desc`,
    ),
    row(
      Reach,
      soughtIn(filter.search) === null
        ? sql`select 0 as scanned, null as reached where ${orgId} is not null`
        : sql`select count(*) as scanned, min(id) as reached from (select s.id from submissions s
            where s.org_id = ${orgId} and s.id < ${after ?? 'sub_~'} order by s.id desc limit ${SCAN_MAX})`,
    ),
  ] as const

/** A question as a column: the newest wording of it. */
interface Column {
  readonly id: string
  readonly label: string
}

const Asked = z.object({ id: z.string(), label: z.string() })

/** The questions of a form, in the wording and order of its newest version; after them, those that it asked before. */
async function columnsOf(tenant: Tenant, formId: string): Promise<Column[]> {
  const { orgId } = tenant
  const of = sql`k.org_id = ${orgId} and k.kind = 'form' and k.subject_id = ${formId}`
  return tenant.run(
    rows(
      Asked,
      sql`select q.value ->> 'id' as id, q.value ->> 'label' as label, max(k.n) as newest
        from (select n, content from snapshots k where ${of} order by n desc limit ${VERSIONS_MAX}) k
          cross join json_each(k.content, '$.sections') s cross join json_each(s.value, '$.questions') q
        group by q.value ->> 'id' order by newest desc, s.key, q.key`,
    ),
  )
}

const Version = z.object({ subject_id: z.string(), n: z.number(), content: Json.pipe(FormVersion) })

/** Words for answers: options are called as the version called them that the applicant saw. */
class Wording {
  readonly #tenant: Tenant
  #known = new Map<string, Map<string, ReturnType<typeof questionsOf>[number]>>()

  constructor(tenant: Tenant) {
    this.#tenant = tenant
  }

  /** Reads the versions of these submissions, and forgets those of earlier ones. */
  async learn(found: readonly Exported[]) {
    const keys = [...new Set(found.map(({ form_id, form_version }) => `${form_id} ${form_version}`))]
    const missing = keys.filter((key) => !this.#known.has(key))
    if (missing.length === 0) return
    const { orgId } = this.#tenant
    const versions = await this.#tenant.run(
      rows(
        Version,
        sql`select k.subject_id, k.n, k.content from snapshots k where k.org_id = ${orgId} and k.kind = 'form'
          and k.subject_id || ' ' || k.n in ${among(missing)}
          and k.subject_id in ${among(found.map(({ form_id }) => form_id))}`,
      ),
    )
    const kept = keys.flatMap((key) => {
      const known = this.#known.get(key)
      return known ? [[key, known] as const] : []
    })
    this.#known = new Map([
      ...kept,
      ...versions.map(
        ({ subject_id, n, content }) =>
          [`${subject_id} ${n}`, new Map(questionsOf(content).map((each) => [each.id, each]))] as const,
      ),
    ])
  }

  /** A number stays a number, so that a spreadsheet can add it up. */
  say({ form_id, form_version, answers }: Exported, questionId: string): string | number {
    const value = givenIn(answers.find((each) => each.questionId === questionId))
    if (typeof value === 'number') return value
    const question = this.#known.get(`${form_id} ${form_version}`)?.get(questionId)
    return question ? displayOf(question, value) : ''
  }
}

/**
 * The list as CSV, newest first, read and written page by page, so that it takes no more memory for many than for few.
 * With exactly one form, each of its questions is a column. Fails before the first byte, or breaks off.
 */
export async function exportSubmissions(
  tenant: Tenant,
  filter: SubmissionFilter,
): Promise<ReadableStream<Uint8Array>> {
  const { default: papa } = await import('papaparse')
  const [form, ...others] = new Set(filter.form)
  const utf8 = new TextEncoder()
  const line = (cells: readonly (string | number)[][]) =>
    utf8.encode(`${papa.unparse([...cells], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`)
  const columns = form && others.length === 0 ? await columnsOf(tenant, form) : []
  const wording = new Wording(tenant)
  let [page, reach] = await tenant.batch(pageOf(tenant.orgId, filter, null))
  let begun = false
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!begun) {
        begun = true
        controller.enqueue(utf8.encode('\ufeff'))
        controller.enqueue(line([[...FIXED, ...columns.map(({ label }) => label)]]))
        return
      }
      const last = page.at(-1)
      if (last) {
        if (columns.length > 0) await wording.learn(page)
        controller.enqueue(line(page.map((each) => cellsOf(each, columns, wording))))
      }
      const on = last?.id ?? (reach && reach.scanned >= SCAN_MAX ? reach.reached : null)
      if (on === null) return controller.close()
      ;[page, reach] = await tenant.batch(pageOf(tenant.orgId, filter, on))
    },
  })
}

const cellsOf = (found: Exported, columns: readonly Column[], wording: Wording): (string | number)[] => [
  found.id,
  found.submitted_at,
  SUBMISSION_STATE_LABELS[found.state],
  found.form_name,
  found.form_version,
  found.company_name ?? '',
  found.company_domain ?? '',
  found.contact_name ?? '',
  found.contact_email ?? '',
  found.country === null ? '' : countryOf(found.country),
  found.suspected ? 'Yes' : 'No',
  ...columns.map(({ id }) => wording.say(found, id)),
]
