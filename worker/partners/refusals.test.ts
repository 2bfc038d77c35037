import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  enlist,
  fresh,
  type Organization,
  type Person,
  plantOrganization,
} from '#worker/testing/people.ts'
import type { Partner } from './schema.ts'

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
async function problemOf(body: unknown) {
  const response = await post(body)
  return response.json<Problem>()
}
const memberIdOf = (email: string) =>
  env.DB.prepare('select id from members where email = ?').bind(email).first<string>('id')

test('a domain that is taken is refused with the partner that has it, and leaves nothing behind', async () => {
  const existing = await create({ name: 'The First' })
  const email = `${fresh('orphan')}@acme.example`
  const before = await dump()
  const problem = await problemOf(
    acme({
      domain: `https://WWW.${existing.domain.toUpperCase()}/about`,
      primaryContact: { firstName: 'No', lastName: 'Orphan', email },
    }),
  )
  expect(problem).toMatchObject({
    type: '/problems/duplicate-domain',
    status: 409,
    detail: 'The First has this domain.',
    errors: [{ pointer: '/domain' }],
    existing: { id: existing.id, name: 'The First' },
  })
  expect(changedTables(before, await dump())).toEqual([])
})

test('of twenty partners with one domain at once one is made', async () => {
  const domain = `${fresh('race')}.example`
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(acme({ domain }))))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)])
  expect(await worker.count('partners', 'domain = ?', domain)).toBe(1)
  expect(
    await worker.count('contacts', 'partner_id = (select id from partners where domain = ?)', domain),
  ).toBe(1)
})

test('two organisations may both have a partner of one domain', async () => {
  const other = await plantOrganization(worker)
  const { domain } = await create()
  expect((await post(acme({ domain }), other.owner.cookie)).status).toBe(201)
})

test("another organisation's member is no manager, and the refusal leaves nothing behind", async () => {
  const other = await plantOrganization(worker)
  const before = await dump()
  const answers = []
  for (const managerId of [await memberIdOf(other.owner.email), 'mbr_00000000000000000000000000'])
    answers.push(await problemOf(acme({ managerId })))
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject({
    status: 422,
    errors: [{ pointer: '/managerId', detail: 'There is no such member.' }],
  })
  expect(changedTables(before, await dump())).toEqual([])
})

test.each([
  ['no body', {}, ['/name', '/domain', '/type', '/region', '/primaryContact']],
  ['no contact', acme({ primaryContact: undefined }), ['/primaryContact']],
  [
    'an empty contact',
    acme({ primaryContact: {} }),
    ['/primaryContact/firstName', '/primaryContact/lastName', '/primaryContact/email'],
  ],
  [
    'a contact without a last name',
    acme({ primaryContact: { firstName: 'A', lastName: ' ', email: 'a@b.co' } }),
    ['/primaryContact/lastName'],
  ],
  ['a score', acme({ fit: 100 }), ['/fit']],
  ['its own id and organisation', acme({ id: 'prt_1', orgId: 'org_1' }), ['/id', '/orgId']],
  ['a status', acme({ status: 'active' }), ['/status']],
  ['a source of the tier', acme({ tierSource: 'manual' }), ['/tierSource']],
  ['an unknown type', acme({ type: 'friend' }), ['/type']],
  ['an unknown region', acme({ region: 'DACH' }), ['/region']],
  ['an unknown stage', acme({ stage: 'Prospect' }), ['/stage']],
  ['a rating of six', acme({ rating: 6 }), ['/rating']],
  ['half a rating', acme({ rating: 2.5 }), ['/rating']],
  ['a language that is none', acme({ languages: ['de', 'Deutsch!'] }), ['/languages/1']],
  ['51 tags', acme({ tags: Array.from({ length: 51 }, (_, at) => `t${at}`) }), ['/tags']],
  ['a tag of 51 characters', acme({ tags: ['x'.repeat(51)] }), ['/tags/0']],
  [
    '101 stakeholders',
    acme({ keyStakeholders: Array(101).fill({ name: 'A', role: '', side: 'vendor', email: null }) }),
    ['/keyStakeholders'],
  ],
  [
    'a stakeholder of no side',
    acme({ keyStakeholders: [{ name: 'A', role: 'B', side: 'none', email: null }] }),
    ['/keyStakeholders/0/side'],
  ],
  ['a name of 201 characters', acme({ name: 'x'.repeat(201) }), ['/name']],
  [
    'a submission that is not there',
    acme({ submissionId: 'sub_00000000000000000000000000' }),
    ['/submissionId'],
  ],
  ['an id of another kind', acme({ managerId: 'usr_00000000000000000000000000' }), ['/managerId']],
])('a partner with %s is refused at the field', async (_, body, pointers) => {
  const before = await dump()
  const { status, type, errors } = await problemOf(body)
  expect([status, type]).toEqual([422, '/problems/invalid'])
  expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers)
  expect(changedTables(before, await dump())).toEqual([])
})
