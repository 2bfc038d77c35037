import { newId } from '#worker/db/ids.ts'
import {
  DEFAULT_FIT_WEIGHTS,
  DEFAULT_HEALTH_WEIGHTS,
  NOBODY_IN_PARTICULAR,
} from '#worker/scoring/defaults.ts'
import { analysisRows } from './analysis-rows.ts'
import { applicationRows } from './application-rows.ts'
import type { Row } from './row.ts'
import { PEOPLE, type Side } from './side.ts'

/** Everything that an organisation holds, one row of each table at least, its mark in every text that people write. */
export const rowsOf = (side: Side, secrets: Secrets): Row[] => [
  ['organizations', { id: side.orgId, name: `${side.mark} Inc.`, created_at: 0 }],
  ...PEOPLE.flatMap((name) => personRows(side, name, secrets)),
  ...programRows(side),
  ...partnerRows(side, 'one', side.ids.partner, side.ids.contact, side.people.contact.userId),
  ...partnerRows(side, 'two', side.ids.otherPartner, side.ids.otherContact, side.people.otherContact.userId),
  ...mailRows(side, secrets),
  ...traceRows(side),
  ...PEOPLE.flatMap((name) => viewRows(side, name)),
  spareContact(side),
  ...bulkRows(side, secrets),
  ...applicationRows(side, secrets.now),
]

export interface Secrets {
  readonly now: number
  readonly passwordHash: string
  readonly linkHash: string
}

const DAY_MS = 86_400_000

function personRows(
  { mark, orgId, people }: Side,
  name: (typeof PEOPLE)[number],
  { now, passwordHash }: Secrets,
): Row[] {
  const { userId, memberId, email, token, expiredToken, sessionId } = people[name]
  const session = (id: string, text: string, until: number): Row => [
    'sessions',
    {
      id,
      user_id: userId,
      token: text,
      expires_at: until,
      user_agent: `${mark} ${name} browser`,
      created_at: now,
      updated_at: now,
    },
  ]
  const role = name === 'target' ? 'viewer' : name
  const user = { id: userId, name: `${mark} ${name}`, email, email_verified: 1, created_at: 0, updated_at: 0 }
  const account = { id: newId('acc'), user_id: userId, account_id: userId, provider_id: 'credential' }
  const member = {
    id: memberId,
    org_id: orgId,
    user_id: userId,
    email,
    name: `${mark} ${name}`,
    role,
    created_at: 0,
  }
  return [
    ['users', user],
    ['accounts', { ...account, password: passwordHash, created_at: 0, updated_at: 0 }],
    session(newId('ses'), token, now + DAY_MS),
    session(sessionId, `${token}-other`, now + DAY_MS),
    session(newId('ses'), expiredToken, now - 1),
    ...(memberId ? [['members', { ...member, accepted_at: 0 }] as const] : []),
  ]
}

const programRows = ({ mark, orgId, ids, people }: Side): Row[] => [
  [
    'tracks',
    {
      id: ids.track,
      org_id: orgId,
      position: 0,
      name: `${mark} track`,
      types: '["technology"]',
      grace_days: 30,
    },
  ],
  [
    'program_tiers',
    {
      id: ids.tier,
      org_id: orgId,
      track_id: ids.track,
      level: 'gold',
      name: `${mark} tier`,
      color: '#b7862c',
      benefits: `${mark} benefits`,
      rules: JSON.stringify([{ metric: 'tags', op: 'anyOf', value: [`${mark} rule`] }]),
    },
  ],
  [
    'scoring_settings',
    {
      org_id: orgId,
      version: 1,
      ideal_partner: JSON.stringify({ ...NOBODY_IN_PARTICULAR, subtypes: [`${mark} subtype`] }),
      fit_weights: JSON.stringify(DEFAULT_FIT_WEIGHTS),
      health_weights: JSON.stringify(DEFAULT_HEALTH_WEIGHTS),
    },
  ],
  ['programs', { org_id: orgId, version: 1 }],
  [
    'snapshots',
    {
      org_id: orgId,
      kind: 'program',
      subject_id: '',
      n: Number(ids.version),
      content: JSON.stringify([
        { id: ids.track, name: `${mark} old track`, types: ['technology'], graceDays: 30, tiers: [] },
      ]),
      actor_id: people.admin.userId,
      actor_name: `${mark} admin`,
      at: 0,
    },
  ],
]

function partnerRows(
  { mark, orgId, ids, people }: Side,
  name: string,
  id: string,
  contactId: string,
  userId: string,
): Row[] {
  const own = `${mark}-${name}`
  const partner = {
    id,
    org_id: orgId,
    name: `${own} partner`,
    name_key: `${own} partner`.toLowerCase(),
    domain: `${own}.example`.toLowerCase(),
    logo_key: name === 'one' ? ids.logo : null,
    type: 'technology',
    subtype: `${own} subtype`,
    stage: 'prospect',
    stage_changed_at: 0,
    tier: 'gold',
    tier_source: 'manual',
    program_tier_id: ids.tier,
    track_id: ids.track,
    tier_by: people.admin.userId,
    tier_at: 0,
    tier_reason: `${own} reason`,
    region: 'dach',
    regions: '["dach"]',
    languages: '["de"]',
    tags: JSON.stringify([`${own} tag`]),
    joint_value_proposition: `${own} proposition`,
    description: `${own} description`,
    key_stakeholders: JSON.stringify([{ name: own, role: own, side: 'partner', email: null }]),
    manager_id: ids.member,
    partner_lead_id: contactId,
    rating: 3,
    ...{ fit: 50, fit_state: 'ready', fit_confidence: 1, scores_hash: `${own} hash` },
    created_at: 0,
    updated_at: 0,
  }
  const contact = {
    id: contactId,
    org_id: orgId,
    partner_id: id,
    user_id: userId,
    first_name: `${own} first`,
    last_name: `${own} last`,
    email: `${own}@contacts.example`.toLowerCase(),
    title: `${own} title`,
    phone: `${own} phone`,
    is_primary: 1,
    created_at: 0,
    updated_at: 0,
  }
  const icon = name === 'one' ? ids.icon : null
  return [['partners', partner], ['contacts', contact], ...analysisRows(own, orgId, id, icon)]
}

/** Somebody is invited, by a mail that is under way. */
function mailRows({ mark, orgId, ids }: Side, { now, linkHash }: Secrets): Row[] {
  const email = `invited.${mark}@people.example`.toLowerCase()
  const deliveryId = newId('dlv')
  const member = {
    id: ids.invited,
    org_id: orgId,
    email,
    name: `${mark} invited`,
    role: 'viewer',
    created_at: 0,
  }
  const delivery = {
    id: deliveryId,
    org_id: orgId,
    purpose: 'invitation',
    channel: 'email',
    recipient: email,
  }
  const link = { id: newId('lnk'), delivery_id: deliveryId, purpose: 'invitation', org_id: orgId, email }
  const payload = JSON.stringify({ memberId: ids.invited, organizationName: `${mark} Inc.` })
  return [
    ['members', member],
    ['deliveries', { ...delivery, last_error: mark, next_try_at: now, request_id: mark, created_at: now }],
    ['mail_links', { ...link, payload, token_hash: linkHash, created_at: now, expires_at: now + DAY_MS }],
  ]
}

const traceRows = ({ mark, orgId, ids, people }: Side): Row[] => [
  [
    'activity',
    {
      id: newId('act'),
      org_id: orgId,
      partner_id: ids.partner,
      kind: 'note',
      happened_on: `${mark} day`,
      text: `${mark} text`,
      fields: JSON.stringify([mark]),
      actor_id: people.admin.userId,
      actor_name: `${mark} admin`,
      created_at: 0,
    },
  ],
  [
    'audit_log',
    {
      id: newId('aud'),
      org_id: orgId,
      at: 0,
      actor_id: people.admin.userId,
      action: `${mark}.deed`,
      target_id: ids.partner,
      detail: JSON.stringify({ text: mark }),
      request_id: mark,
    },
  ],
  [
    'idempotency_keys',
    {
      org_id: orgId,
      scope: `${mark} scope`,
      key: `${mark} key`,
      body_hash: `${mark} hash`,
      answer: JSON.stringify({ name: mark }),
      created_at: 0,
    },
  ],
]

/** An edit that gave a partner the tag that it has. */
const bulkRows = ({ mark, orgId, ids }: Side, { now }: Secrets): Row[] => [
  ['bulk_edits', { id: ids.bulk, org_id: orgId, assignment_hash: '', until: now + DAY_MS }],
  [
    'bulk_changes',
    {
      org_id: orgId,
      bulk_id: ids.bulk,
      partner_id: ids.partner,
      before: JSON.stringify({ tags: [`${mark} before`] }),
      after: JSON.stringify({ tags: [`${mark}-one tag`] }),
    },
  ],
]

/** Not the primary one, so that it can be removed. */
const spareContact = ({ mark, orgId, ids }: Side): Row => [
  'contacts',
  {
    id: ids.spareContact,
    org_id: orgId,
    partner_id: ids.partner,
    first_name: `${mark} spare`,
    last_name: `${mark} contact`,
    email: `spare.${mark}@contacts.example`.toLowerCase(),
    is_primary: 0,
    created_at: 0,
    updated_at: 0,
  },
]

function viewRows({ mark, orgId, people }: Side, name: (typeof PEOPLE)[number]): Row[] {
  const { memberId, viewId } = people[name]
  if (!memberId) return []
  const definition = JSON.stringify({ filters: {}, search: mark, sort: 'name', groupBy: null, columns: [] })
  const view = {
    id: viewId,
    org_id: orgId,
    owner_id: memberId,
    name: `${mark} view of ${name}`,
    shared: 0,
    definition,
  }
  return [['views', { ...view, created_at: 0, updated_at: 0 }]]
}
