import { tokenFor } from '#worker/applications/token.ts'
import { hintOf, sealWebhook } from '#worker/applications/webhook.ts'
import { newId } from '#worker/db/ids.ts'
import { GONE, GONE_WEBHOOK, WEBHOOK } from './providers.ts'
import { SECRET } from './settings.ts'
import type { World } from './world.ts'

/** A form that applicants know, and what became of it meanwhile. */
export interface Form {
  readonly id: string
  readonly orgId: string
  readonly slug: string
  version: number
  /** What was stored of it when it was closed; null while it is open. */
  closedWith: ReadonlySet<string> | null
  isGone: boolean
}

const DESIGN = { bannerUrl: null, bannerColor: null, bannerHeight: 160, font: 'system', accent: '#1a56db' }
const CONTENT = {
  title: 'Become a partner',
  description: '',
  submitLabel: 'Apply',
  successMessage: 'Thank you.',
  language: 'en',
}
const SHARE = { public: true, embed: true, sites: [] }

const question = (id: string, label: string, mapsTo?: string) => ({
  id,
  type: 'text',
  label,
  required: id === 'company',
  mapsTo,
})
const sectionsOf = (version: number) => [
  {
    id: 's1',
    kind: 'fields',
    title: 'Your company',
    questions: [
      question('company', `Company, as of version ${version}`, 'companyName'),
      question('first', 'First name', 'contactFirstName'),
      question('why', 'Why us?'),
    ],
  },
  { id: 'terms', kind: 'agreement', title: 'Programme terms', text: 'Be fair.' },
]

/** Whom each form tells, and how often. */
const TARGETS = [
  { emails: ['one@vendor.example', 'two@vendor.example'], webhook: WEBHOOK, rhythm: 'each' },
  { emails: [GONE, 'three@vendor.example'], webhook: null, rhythm: 'each' },
  { emails: ['four@vendor.example'], webhook: GONE_WEBHOOK, rhythm: 'each' },
  { emails: ['five@vendor.example'], webhook: WEBHOOK, rhythm: 'daily' },
] as const
/** Of these forms, so many of the first tell of each application. */
export const EACH = TARGETS.filter(({ rhythm }) => rhythm === 'each').length

/** Two organisations with their forms; the ids of everything are the history's own. */
export async function plantForms(world: World): Promise<Form[]> {
  const orgs = [newId('org'), newId('org')]
  for (const id of orgs) plantOrganization(world, id)
  const forms: Form[] = []
  for (const [at, targets] of TARGETS.entries()) {
    const [id, orgId] = [newId('frm'), orgs[at % orgs.length] ?? '']
    const form: Form = { id, orgId, slug: id.replace('_', '-'), version: 1, closedWith: null, isGone: false }
    const sealed = targets.webhook && (await sealWebhook(SECRET, id, targets.webhook))
    world.storage.insert('forms', {
      id,
      org_id: orgId,
      name: 'Become a partner',
      slug: form.slug,
      state: 'published',
      published_version: 1,
      sections: JSON.stringify(sectionsOf(1)),
      design: JSON.stringify(DESIGN),
      content: JSON.stringify(CONTENT),
      share: JSON.stringify(SHARE),
      emails: JSON.stringify(targets.emails),
      slack_webhook: sealed,
      slack_hint: targets.webhook && hintOf(targets.webhook),
      rhythm: targets.rhythm,
      created_at: 0,
      updated_at: 0,
    })
    saveVersion(world, form)
    world.slugs.push(form.slug)
    forms.push(form)
  }
  return forms
}

function plantOrganization({ storage }: World, id: string) {
  const [user, at] = [newId('usr'), { created_at: 0 }]
  const person = { name: 'Owner', email: `${user}@vendor.example` }
  storage.insert('organizations', { ...at, id, name: 'Vendor Inc.' })
  storage.insert('users', { ...at, ...person, id: user, email_verified: 1, updated_at: 0 })
  storage.insert('members', { ...at, ...person, id: newId('mbr'), org_id: id, user_id: user, role: 'owner' })
}

function saveVersion(world: World, { id, orgId, version }: Form) {
  const content = {
    sections: sectionsOf(version),
    design: DESIGN,
    content: CONTENT,
    name: 'Become a partner',
    html: { description: '', agreements: { terms: '<p>Be fair.</p>' } },
    fingerprints: { terms: { text: 'hash', document: null } },
    changed: null,
  }
  world.storage.insert('snapshots', {
    org_id: orgId,
    kind: 'form',
    subject_id: id,
    n: version,
    content: JSON.stringify(content),
    actor_id: 'usr_someone',
    actor_name: 'Someone',
    at: 0,
  })
}

/** Somebody saves the form elsewhere: what a process remembers of it is a minute old at most. */
export function editForm(world: World, form: Form) {
  if (form.isGone) return
  world.note(`edited ${form.id}`)
  form.version++
  saveVersion(world, form)
  world.storage.read(
    'update forms set version = ?, published_version = ?, sections = ? where org_id = ? and id = ?',
    form.version,
    form.version,
    JSON.stringify(sectionsOf(form.version)),
    form.orgId,
    form.id,
  )
}

export function closeForm(world: World, form: Form) {
  if (form.isGone || form.closedWith) return
  world.note(`closed ${form.id}`)
  world.storage.read("update forms set state = 'closed' where org_id = ? and id = ?", form.orgId, form.id)
  const stored = world.storage.read('select id from submissions where form_id = ?', form.id)
  form.closedWith = new Set(stored.map(({ id }) => String(id)))
}

/** The organisation goes, with everything of it, while its alerts wait. */
export function deleteOrganization(world: World, orgId: string, forms: readonly Form[]) {
  world.note(`deleted ${orgId}`)
  world.storage.read('delete from organizations where id = ?', orgId)
  for (const form of forms) if (form.orgId === orgId) form.isGone = true
}

export const tokenOf = ({ id, version }: Form, now: number) => tokenFor(SECRET, id, version, now)
