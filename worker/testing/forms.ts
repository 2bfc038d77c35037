import { env } from 'cloudflare:workers'
import { tokenFor } from '#worker/applications/token.ts'
import { hintOf, sealWebhook } from '#worker/applications/webhook.ts'
import { newId } from '#worker/db/ids.ts'
import type { RequestOptions, TestWorker } from './harness.ts'
import { address, fresh, type Organization } from './people.ts'

/** A form as it stands in D1, with one version; `changes` are columns of it. */
export interface PlantedForm {
  readonly id: string
  readonly orgId: string
  readonly slug: string
}

export const COMPANY = {
  id: 'company',
  type: 'text',
  label: 'Company',
  required: true,
  mapsTo: 'companyName',
}
export const SECTIONS: readonly unknown[] = [
  {
    id: 's1',
    kind: 'fields',
    title: 'Your company',
    questions: [
      COMPANY,
      { id: 'site', type: 'url', label: 'Website', required: false, mapsTo: 'companyDomain' },
      { id: 'first', type: 'text', label: 'First name', required: false, mapsTo: 'contactFirstName' },
      { id: 'last', type: 'text', label: 'Last name', required: false, mapsTo: 'contactLastName' },
      { id: 'mail', type: 'email', label: 'E-mail', required: false, mapsTo: 'contactEmail' },
      { id: 'why', type: 'longText', label: 'Why us?', required: false },
      {
        id: 'kind',
        type: 'select',
        label: 'Kind',
        required: false,
        options: [
          { id: 'o1', label: 'Reseller' },
          { id: 'o2', label: 'Referral' },
        ],
      },
    ],
  },
  { id: 'terms', kind: 'agreement', title: 'Programme terms', text: 'Be *fair*.' },
]
const DESIGN = {
  bannerUrl: null,
  bannerColor: '#1a56db',
  bannerHeight: 160,
  font: 'system',
  accent: '#1a56db',
}
const CONTENT = {
  title: 'Become a partner',
  description: 'Tell us about you.',
  submitLabel: 'Apply',
  successMessage: 'Thank you.',
  language: 'en',
}

/** A published form without targets, put into D1 directly: for tests that are not about building one. */
export async function plantForm(
  { id: orgId }: Organization,
  changes: Record<string, string | number | null> = {},
  sections: readonly unknown[] = SECTIONS,
): Promise<PlantedForm> {
  const [id, slug] = [newId('frm'), fresh('form')]
  const columns = {
    id,
    org_id: orgId,
    name: 'Become a partner',
    slug,
    state: 'published',
    published_version: 1,
    sections: JSON.stringify(sections),
    design: JSON.stringify(DESIGN),
    content: JSON.stringify(CONTENT),
    share: JSON.stringify({ public: true, embed: true, sites: [] }),
    created_at: 0,
    updated_at: 0,
    ...changes,
  }
  const names = Object.keys(columns)
  await env.DB.prepare(`insert into forms (${names}) values (${names.map(() => '?')})`)
    .bind(...Object.values(columns))
    .run()
  await plantVersion({ id, orgId, slug }, 1, sections)
  return { id, orgId, slug }
}

/** Another save of the form, which its page does not show before `published_version` says so. */
export async function plantVersion({ id, orgId }: PlantedForm, n: number, sections = SECTIONS) {
  const content = {
    sections,
    design: DESIGN,
    content: CONTENT,
    name: 'Become a partner',
    html: { description: '<p>Tell us about you.</p>', agreements: { terms: '<p>Be <em>fair</em>.</p>' } },
    fingerprints: { terms: { text: 'hash', document: null } },
    changed: null,
  }
  await env.DB.prepare(
    `insert into snapshots (org_id, kind, subject_id, n, content, actor_id, actor_name, at)
      values (?, 'form', ?, ?, ?, 'usr_someone', 'Someone', 0)`,
  )
    .bind(orgId, id, n, JSON.stringify(content))
    .run()
}

export const formToken = (worker: TestWorker, { id }: PlantedForm, version = 1, at = Date.now()) =>
  tokenFor(worker.env.AUTH_SECRET, id, version, at)

/** What a program posts that has opened the form. */
export const application = async (
  worker: TestWorker,
  form: PlantedForm,
  answers: Record<string, unknown> = {},
) => ({
  answers: { company: 'Newco', ...answers },
  agreements: ['terms'],
  token: await formToken(worker, form),
})

/** Posts JSON as a program does that is nobody's page: from an address of its own, unless told. */
export const apply = (
  worker: TestWorker,
  { slug }: PlantedForm,
  body: unknown,
  { headers = {}, ...options }: RequestOptions = {},
) =>
  worker.request('POST', `/apply/${slug}`, {
    body,
    headers: { Origin: 'https://elsewhere.example', 'CF-Connecting-IP': address(), ...headers },
    ...options,
  })

/** Posts as a page does that runs no script. */
export const applyByPage = (
  worker: TestWorker,
  form: PlantedForm,
  fields: Record<string, string> | [string, string][],
  options: RequestOptions = {},
) =>
  apply(worker, form, new URLSearchParams(fields).toString(), {
    ...options,
    headers: { Origin: 'null', 'Content-Type': 'application/x-www-form-urlencoded', ...options.headers },
  })

/** Gives the form a Slack webhook of its own; answers its address. */
export async function plantWebhook(worker: TestWorker, { id, orgId }: PlantedForm) {
  const address = `https://hooks.slack.com/services/T0/B0/${fresh('hook')}`
  await env.DB.prepare('update forms set slack_webhook = ?, slack_hint = ? where org_id = ? and id = ?')
    .bind(await sealWebhook(worker.env.AUTH_SECRET, id, address), hintOf(address), orgId, id)
    .run()
  return address
}

/** The deliveries of a form's submissions, oldest first. */
export async function deliveriesOf({ id, orgId }: PlantedForm) {
  const { results } = await env.DB.prepare(
    `select d.id, d.channel, d.recipient, d.state, d.attempts, d.next_try_at as next, d.last_error as error, d.lease_until as lease
      from deliveries d join submissions s on s.org_id = d.org_id and s.id = d.submission_id
      where s.form_id = ? and s.org_id = ? order by d.id`,
  )
    .bind(id, orgId)
    .all<{
      id: string
      channel: string
      recipient: string
      state: string
      attempts: number
      next: number
      error: string | null
      lease: number
    }>()
  return results
}
