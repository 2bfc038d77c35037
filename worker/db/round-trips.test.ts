import { beforeAll, expect, test } from 'vitest'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import {
  enlist,
  fresh,
  givePassword,
  memberIdOf,
  type Organization,
  openSession,
  PASSWORD,
  plantOrganization,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
const owner = () => org.owner.cookie

beforeAll(async () => {
  org = await plantOrganization(worker)
  await givePassword(org.owner.email)
})

async function memberId(state: 'active' | 'invited' = 'active') {
  const email = `${fresh('member')}@vendor.example`
  const person = state === 'active' ? await enlist(worker, org, 'viewer') : { email }
  if (state === 'invited')
    await worker.request('POST', '/api/members', { body: { email, role: 'viewer' }, cookie: owner() })
  return memberIdOf(person)
}
interface Call {
  method: string
  path: string
  body?: unknown
  cookie?: string
}

/** Session and role check included; more than one only where what is read decides what is written, and tries count. */
const calls: [string, number, () => Call | Promise<Call>][] = [
  ['renaming oneself', 1, () => ({ method: 'PATCH', path: '/api/me', body: { name: 'New Name' } })],
  [
    // Counted, read, written: the hash that is read decides whether anything is written.
    'changing the password',
    3,
    () => ({
      method: 'POST',
      path: '/api/account/password',
      body: { currentPassword: PASSWORD, newPassword: 'a phrase that is new' },
    }),
  ],
  ['ending the other sessions', 1, () => ({ method: 'DELETE', path: '/api/account/sessions' })],
  [
    'signing out',
    1,
    async () => ({
      method: 'POST',
      path: '/api/auth/sign-out',
      cookie: await openSession(worker, org.owner.email),
    }),
  ],
  [
    'inviting',
    1,
    () => ({
      method: 'POST',
      path: '/api/members',
      body: { email: `${fresh('new')}@vendor.example`, role: 'owner' },
    }),
  ],
  [
    'inviting again',
    3,
    async () => ({ method: 'POST', path: `/api/members/${await memberId('invited')}/invitation` }),
  ],
  [
    'changing a role',
    1,
    async () => ({ method: 'PATCH', path: `/api/members/${await memberId()}`, body: { role: 'owner' } }),
  ],
  ['removing a member', 1, async () => ({ method: 'DELETE', path: `/api/members/${await memberId()}` })],
]

test.each(calls)('%s costs %i round trips at most', async (_, most, prepare) => {
  const { method, path, body, cookie = owner() } = await prepare()
  const { roundTrips } = recording
  const response = await worker.request(method, path, { cookie, ...(body === undefined ? {} : { body }) })
  expect(response.ok).toBe(true)
  expect(recording.roundTrips - roundTrips).toBeLessThanOrEqual(most)
})

test('whoever may not do something is told so within two round trips', async () => {
  const viewer = await enlist(worker, org, 'viewer')
  const { roundTrips } = recording
  const response = await worker.request('POST', '/api/members', {
    body: { email: `${fresh('new')}@vendor.example`, role: 'viewer' },
    cookie: viewer.cookie,
  })
  expect(response.status).toBe(403)
  expect(recording.roundTrips - roundTrips).toBeLessThanOrEqual(2)
})
