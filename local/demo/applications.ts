import type { Local } from '#local/server.ts'
import { APPLICANTS, type Applicant } from './applicants.ts'
import type { Client } from './client.ts'

const DAY_MS = 86_400_000
/** Whom the demo tells of what came last. */
const ALERTED = 'manager@demo.example'
/** So many of the newest come while somebody is told of them. */
const TOLD_OF = 2

interface Question {
  id: string
  type: string
  label: string
  mapsTo?: string
  required: boolean
  options?: { id: string }[]
}
interface Form {
  id: string
  slug: string
  version: number
  sections: { id: string; kind: string; title: string; text?: string; questions?: Question[] }[]
  content: Record<string, unknown>
  notifications: Record<string, unknown>
}

/** What the default form leaves for each organisation to say in its own words. */
const AGREEMENTS: Record<string, string> = {
  'Programme terms': `By applying you agree to how we work with partners:

- You may say that you work with us once we have both signed a partner agreement.
- What we tell each other about customers and plans stays between us.
- Either of us can end the partnership with 30 days' notice.`,
  Privacy: `We use your answers to decide about your application and to talk with you about it.

The partner team reads them. We keep them for two years, or until you ask us to delete them: write to
[privacy@demo.example](mailto:privacy@demo.example).`,
}
const TEXTS: Record<string, string> = {
  'Job title': 'Head of partnerships',
  'Who are your customers?': 'Carriers and freight forwarders with 50 to 500 vehicles',
}

/** Publishes the default form as everybody's first one would look, and applies through it as visitors do. */
export async function loadApplications(local: Local, owner: Client) {
  const draft = await owner.post<Form>('/api/forms', {
    name: 'Partner application',
    slug: 'partner-application',
  })
  const form = await owner.patch<Form>(`/api/forms/${draft.id}`, {
    version: draft.version,
    state: 'published',
    sections: draft.sections.map((section) =>
      section.kind === 'agreement'
        ? { ...section, text: AGREEMENTS[section.title] ?? section.text }
        : section,
    ),
  })
  const [early, late] = [APPLICANTS.slice(0, -TOLD_OF), APPLICANTS.slice(-TOLD_OF)]
  for (const [at, applicant] of early.entries()) await apply(owner, form, applicant, at)
  await owner.patch(`/api/forms/${form.id}`, {
    version: form.version,
    notifications: { emails: [ALERTED], rhythm: 'each' },
  })
  for (const [at, applicant] of late.entries()) await apply(owner, form, applicant, early.length + at)
  await backdateApplications(local)
}

async function apply(owner: Client, { slug, sections }: Form, applicant: Applicant, at: number) {
  const { token } = await owner.get<{ token: string }>(`/api/public/forms/${slug}`)
  const questions = sections.flatMap((section) => section.questions ?? [])
  const answers = Object.fromEntries(questions.flatMap((question) => answerOf(question, applicant, at)))
  const agreements = sections.filter(({ kind }) => kind === 'agreement').map(({ id }) => id)
  const { id } = await owner.post<{ id: string }>(`/apply/${slug}`, { answers, agreements, token })
  const { decision } = applicant
  if (!decision) return
  const { version } = await owner.get<{ version: number }>(`/api/submissions/${id}`)
  await owner.patch(`/api/submissions/${id}`, { ...decision, version })
}

/** What this applicant says to a question; nothing to those that they may pass over and know nothing of. */
function answerOf(
  { id, type, label, mapsTo, required, options = [] }: Question,
  applicant: Applicant,
  at: number,
) {
  const { company, domain, first, last, country, about } = applicant
  const told: Record<string, string> = {
    companyName: company,
    companyDomain: domain,
    contactFirstName: first,
    contactLastName: last,
    contactEmail: `${plain(first)}.${plain(last)}@${domain}`,
  }
  const mapped = mapsTo && told[mapsTo]
  if (mapped) return [[id, mapped]]
  const option = options[at % Math.max(1, options.length)]?.id
  const byType: Record<string, unknown> = {
    country,
    longText: about,
    select: option,
    multiSelect: option && [option],
    checkbox: true,
    number: 1_990 + ((at * 7) % 33),
    url: `https://${domain}`,
    text: required ? 'Partnerships' : TEXTS[label],
    phone: `+1 202 555 01${10 + at}`,
  }
  const answer = byType[type]
  return answer === undefined ? [] : [[id, answer]]
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')

/** When each of them came, and when it was decided. The API rightly takes no dates, so this is SQL. */
async function backdateApplications(local: Local) {
  const now = Date.now()
  const list = JSON.stringify(
    APPLICANTS.map(({ domain, daysAgo }, at) => ({ domain, at: now - daysAgo * DAY_MS - at * 1_234_567 })),
  )
  const d1 = await local.d1()
  const change = (sql: string, ...values: unknown[]) => d1.prepare(sql).bind(...values)
  await d1.batch([
    change(
      `UPDATE submissions SET submitted_at = r.value ->> 'at' FROM json_each(?) r
       WHERE submissions.company_domain = r.value ->> 'domain'`,
      list,
    ),
    change(
      `UPDATE submission_events SET at = s.submitted_at + ? FROM submissions s
       WHERE s.org_id = submission_events.org_id AND s.id = submission_events.submission_id`,
      DAY_MS,
    ),
    change('DELETE FROM submit_tries'),
  ])
}
