import { env } from 'cloudflare:workers'
import { newId } from '#worker/db/ids.ts'
import { fresh, type Organization } from './people.ts'

const DESIGN = {
  bannerUrl: null,
  bannerColor: '#1a56db',
  bannerHeight: 160,
  font: 'system',
  accent: '#1a56db',
}

/** A form that asks for what partners are told by, and for one answer of each other kind. */
export const SECTIONS = [
  {
    id: 'company',
    kind: 'fields',
    title: 'Your company',
    questions: [
      { id: 'name', type: 'text', label: 'Company', required: true, mapsTo: 'companyName' },
      { id: 'site', type: 'url', label: 'Website', required: true, mapsTo: 'companyDomain' },
      { id: 'country', type: 'country', label: 'Country', required: false },
      { id: 'founded', type: 'date', label: 'Founded', required: false },
      { id: 'people', type: 'number', label: 'People', required: false },
      {
        id: 'sells',
        type: 'multiSelect',
        label: 'What do you sell?',
        required: false,
        options: [
          { id: 'o1', label: 'Software' },
          { id: 'o2', label: 'Services' },
        ],
      },
      { id: 'resells', type: 'checkbox', label: 'Do you resell?', required: false },
    ],
  },
  {
    id: 'you',
    kind: 'fields',
    title: 'You',
    questions: [
      { id: 'first', type: 'text', label: 'First name', required: true, mapsTo: 'contactFirstName' },
      { id: 'last', type: 'text', label: 'Last name', required: true, mapsTo: 'contactLastName' },
      { id: 'email', type: 'email', label: 'E-mail', required: true, mapsTo: 'contactEmail' },
    ],
  },
  { id: 'terms', kind: 'agreement', title: 'Programme terms', text: 'Be **kind**.' },
]

/** A published form, put into D1 directly; answers its id. */
export async function plantForm(
  { id: orgId }: Organization,
  { name = 'Partner application', sections = SECTIONS, emails = ['alerts@vendor.example'] } = {},
) {
  const id = newId('frm')
  const content = {
    title: name,
    description: '',
    submitLabel: 'Apply',
    successMessage: 'Thanks.',
    language: 'en',
  }
  await env.DB.prepare(
    `insert into forms (id, org_id, name, slug, state, version, published_version, sections, design, content, share,
        emails, created_at, updated_at)
      values (?, ?, ?, ?, 'published', 1, 1, ?, ?, ?, '{"public":true,"embed":true,"sites":[]}', ?, 0, 0)`,
  )
    .bind(
      ...[id, orgId, name, fresh('form')],
      ...[JSON.stringify(sections), JSON.stringify(DESIGN), JSON.stringify(content), JSON.stringify(emails)],
    )
    .run()
  await plantVersion(orgId, id, 1, { name, sections, content })
  return id
}

/** A save of a form. */
export const plantVersion = (
  orgId: string,
  formId: string,
  n: number,
  { name, sections, content }: { name: string; sections: unknown; content: unknown },
) =>
  env.DB.prepare(
    `insert into snapshots (org_id, kind, subject_id, n, content, actor_id, actor_name, at)
      values (?, 'form', ?, ?, ?, 'usr_founder', 'Some founder', 0)`,
  )
    .bind(
      ...[orgId, formId, n],
      JSON.stringify({
        ...{ name, sections, content, design: DESIGN, changed: null },
        html: { description: '', agreements: { terms: '<p>Be <strong>kind</strong>.</p>' } },
        fingerprints: { terms: { text: 'ab'.repeat(32), document: null } },
      }),
    )
    .run()

export interface PlantedSubmission {
  id?: string
  companyName?: string | null
  companyDomain?: string | null
  contactName?: string
  contactEmail?: string
  state?: 'new' | 'approved' | 'rejected'
  suspected?: boolean
  answers?: unknown
  formVersion?: number
}

/** What applicants sent, put into D1 directly, one after the other; answers the ids in that order. */
export async function plantSubmissions(
  { id: orgId }: Organization,
  formId: string,
  submissions: readonly PlantedSubmission[],
) {
  // Ids of one millisecond come in no order.
  await scheduler.wait(2)
  const ids = submissions.map(() => newId('sub')).toSorted()
  const rows = submissions.map((each, at) => ({
    id: ids[at] ?? '',
    companyName: 'Acme',
    companyDomain: 'acme.example',
    contactName: 'Ada Lovelace',
    contactEmail: 'ada@acme.example',
    state: 'new',
    formVersion: 1,
    ...each,
    suspected: each.suspected ? 1 : 0,
    suspicions: each.suspected ? ['too-fast'] : [],
    answers: each.answers ?? [
      { questionId: 'name', value: each.companyName ?? 'Acme' },
      { questionId: 'email', value: each.contactEmail ?? 'ada@acme.example' },
    ],
  }))
  await env.DB.prepare(
    `insert into submissions (id, org_id, form_id, form_version, state, suspected, company_name, company_domain,
        contact_name, contact_email, idempotency_key, body_hash, submitted_at, country, suspicions, answers, agreements)
      select value ->> 'id', ?1, ?2, value ->> 'formVersion', value ->> 'state', value ->> 'suspected',
        value ->> 'companyName', value ->> 'companyDomain', value ->> 'contactName', value ->> 'contactEmail',
        value ->> 'id', 'hash', ?3, 'DE', value -> 'suspicions', value -> 'answers', '["terms"]' from json_each(?4)`,
  )
    .bind(orgId, formId, Date.now(), JSON.stringify(rows))
    .run()
  return rows.map(({ id }) => id)
}
