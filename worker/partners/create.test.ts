import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  enlist,
  fresh,
  memberIdOf,
  type Organization,
  type Person,
  plantOrganization,
} from '#worker/testing/people.ts'
import type { Partner } from './schema.ts'
import { STAGES, STATUS_OF_STAGE } from './terms.ts'

const worker = new TestWorker()
let org: Organization
let manager: Person

beforeAll(async () => {
  org = await plantOrganization(worker)
  manager = await enlist(worker, org, 'manager')
})

const post = (body: unknown, cookie = manager.cookie) =>
  worker.request('POST', '/api/partners', { body, cookie })
async function create(changes = {}) {
  const response = await post(acme(changes))
  expect(response.status).toBe(201)
  return response.json<Partner>()
}
const userIdOf = (email: string) =>
  env.DB.prepare('select id from users where email = ?').bind(email).first<string>('id')

test('the bare minimum makes a partner, and everything else is empty or automatic', async () => {
  const body = acme()
  const response = await post(body)
  const partner = await response.json<Partner>()
  const { primaryContact, ...given } = body
  expect(partner).toMatchObject({
    ...given,
    logoUrl: null,
    subtype: null,
    category: null,
    industry: null,
    stage: 'prospect',
    status: 'pending',
    tier: null,
    programTierId: null,
    programTierName: null,
    trackId: null,
    tierSource: 'auto',
    regions: [],
    languages: [],
    tags: [],
    manager: null,
    fit: null,
    health: null,
    fitState: 'pending',
    healthState: 'pending',
    version: 1,
    jointValueProposition: null,
    keyStakeholders: [],
    partnerLead: null,
    rating: null,
    pulse: null,
    certifications: null,
    tierDetail: { by: null, at: null, reason: null, rules: [], next: null },
    planState: null,
    submissionId: null,
    contacts: [
      {
        ...primaryContact,
        title: null,
        phone: null,
        primary: true,
        account: 'unclaimed',
        lastSeenAt: null,
        version: 1,
      },
    ],
  })
  expect(partner.id).toMatch(/^prt_[0-9a-z]{26}$/)
  expect(partner.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  const read = await worker.request('GET', `/api/partners/${partner.id}`, { cookie: manager.cookie })
  expect(await read.json()).toEqual(partner)
})

test('every field that a person may set is kept as it was given', async () => {
  const managerId = await memberIdOf(manager)
  const full = {
    subtype: 'SaaS integration',
    category: 'solution',
    industry: 'software-it',
    stage: 'active',
    regions: ['nordics', 'benelux'],
    languages: ['de', 'PT-br', 'zh-hant-tw'],
    tags: ['gold rush', 'EMEA', 'gold rush', ' EMEA '],
    jointValueProposition: ' We\nsell *together*. ',
    keyStakeholders: [{ name: ' Vera ', role: 'CTO', side: 'vendor', email: 'Vera@Vendor.example' }],
    managerId,
    rating: 4,
    certifications: 12,
    primaryContact: {
      firstName: ' Ada ',
      lastName: 'Lovelace',
      email: `${fresh('Ada')}@Acme.example`,
      title: 'Head of Alliances',
      phone: '+49 30 1234',
    },
  }
  const partner = await create(full)
  expect(partner).toMatchObject({
    subtype: 'SaaS integration',
    category: 'solution',
    industry: 'software-it',
    stage: 'active',
    status: 'active',
    regions: ['nordics', 'benelux'],
    languages: ['de', 'pt-BR', 'zh-Hant-TW'],
    tags: ['gold rush', 'EMEA'],
    jointValueProposition: 'We\nsell *together*.',
    keyStakeholders: [{ name: 'Vera', role: 'CTO', side: 'vendor', email: 'vera@vendor.example' }],
    manager: { id: managerId, name: 'Some manager' },
    rating: 4,
    certifications: 12,
    contacts: [{ firstName: 'Ada', email: full.primaryContact.email.toLowerCase(), phone: '+49 30 1234' }],
  })
})

test.each(STAGES)('a partner in stage %s has the status that the stage amounts to', async (stage) => {
  const partner = await create({ stage })
  expect([partner.stage, partner.status]).toEqual([stage, STATUS_OF_STAGE[stage]])
  const activated = STATUS_OF_STAGE[stage] === 'active' ? 'activated_at = created_at' : 'activated_at is null'
  expect(await worker.count('partners', `id = ? and ${activated}`, partner.id)).toBe(1)
})

test('one transaction holds the partner, its contact, the portal account, the audit entry and the analysis due', async () => {
  const email = `${fresh('contact')}@acme.example`
  const before = await dump()
  const mails = worker.mails.length
  worker.queued.splice(0)
  const partner = await create({ primaryContact: { firstName: 'Cora', lastName: 'Contact', email } })
  expect(changedTables(before, await dump()).sort()).toEqual([
    'audit_log',
    'contacts',
    'partner_counts',
    'partners',
    'users',
  ])
  const user = await userIdOf(email)
  expect(
    await worker.count('contacts', 'partner_id = ? and user_id = ? and is_primary = 1', partner.id, user),
  ).toBe(1)
  expect(await worker.count('users', "id = ? and name = 'Cora Contact' and email_verified = 0", user)).toBe(1)
  expect(await worker.count('accounts', 'user_id = ?', user)).toBe(0)
  expect(await worker.count('partners', 'id = ? and score_due_at is not null', partner.id)).toBe(1)
  expect(
    await worker.count(
      'audit_log',
      "org_id = ? and action = 'partner.create' and target_id = ? and actor_id = ? and detail = '{}'",
      org.id,
      partner.id,
      await userIdOf(manager.email),
    ),
  ).toBe(1)
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', orgId: org.id, partnerIds: [partner.id] }])
  await worker.drain()
  expect(worker.mails).toHaveLength(mails)
})

test('a contact who is somebody already keeps their account', async () => {
  const member = await enlist(worker, org, 'viewer')
  const users = await worker.count('users')
  const before = await dump()
  const partner = await create({
    primaryContact: { firstName: 'X', lastName: 'Y', email: member.email.toUpperCase() },
  })
  expect(changedTables(before, await dump())).not.toContain('users')
  expect(await worker.count('users')).toBe(users)
  expect(partner.contacts[0]?.email).toBe(member.email)
})

test('what is empty but optional is nothing', async () => {
  const partner = await create({
    subtype: ' ',
    category: null,
    industry: null,
    jointValueProposition: '  ',
    managerId: null,
    rating: null,
    certifications: null,
    primaryContact: {
      firstName: 'A',
      lastName: 'B',
      email: `${fresh('a')}@b.example`,
      title: '',
      phone: null,
    },
  })
  expect(partner).toMatchObject({ subtype: null, jointValueProposition: null, manager: null })
  expect(partner.contacts).toMatchObject([{ title: null, phone: null }])
})
