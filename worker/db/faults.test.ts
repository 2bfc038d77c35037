import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { BROKEN, type Fault, failing, LOST } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  address,
  enlist,
  fresh,
  givePassword,
  memberIdOf,
  type Organization,
  openSession,
  PASSWORD,
  plantOrganization,
  plantPartners,
  tokenFor,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
let partnerId: string

beforeAll(async () => {
  org = await plantOrganization(worker)
  await givePassword(org.owner.email)
  const [id = ''] = await plantPartners(org, [{ name: 'Acme' }])
  partnerId = id
})
beforeEach(async () => {
  await env.DB.exec('delete from limits')
})

const newEmail = () => `${fresh('new')}@vendor.example`
const from = () => ({ 'CF-Connecting-IP': address() })

interface Act {
  method: string
  path: string
  body?: unknown
  cookie?: string
  headers?: Record<string, string>
}
/** Each prepares what it needs, and answers the request to make. */
const acts: [string, () => Act | Promise<Act>][] = [
  [
    'adding a partner',
    () => ({ method: 'POST', path: '/api/partners', body: acme({ tier: 'gold' }), cookie: org.owner.cookie }),
  ],
  [
    'adding a partner under a key',
    () => ({
      method: 'POST',
      path: '/api/partners',
      body: acme(),
      cookie: org.owner.cookie,
      headers: { 'Idempotency-Key': fresh('key') },
    }),
  ],
  ['listing partners', () => ({ method: 'GET', path: '/api/partners', cookie: org.owner.cookie })],
  [
    'reading scores',
    () => ({ method: 'GET', path: `/api/partners/${partnerId}/scores`, cookie: org.owner.cookie }),
  ],
  [
    'refreshing scores',
    () => ({ method: 'POST', path: `/api/partners/${partnerId}/scores/refresh`, cookie: org.owner.cookie }),
  ],
  ['reading who one is', () => ({ method: 'GET', path: '/api/me', cookie: org.owner.cookie })],
  [
    'renaming oneself',
    () => ({ method: 'PATCH', path: '/api/me', body: { name: fresh('Name') }, cookie: org.owner.cookie }),
  ],
  [
    'signing out',
    async () => ({
      method: 'POST',
      path: '/api/auth/sign-out',
      cookie: await openSession(worker, org.owner.email),
    }),
  ],
  [
    'inviting',
    () => ({
      method: 'POST',
      path: '/api/members',
      body: { email: newEmail(), role: 'viewer' },
      cookie: org.owner.cookie,
    }),
  ],
  [
    'changing a role',
    async () => ({
      method: 'PATCH',
      path: `/api/members/${await memberIdOf(await enlist(worker, org, 'viewer'))}`,
      body: { role: 'admin' },
      cookie: org.owner.cookie,
    }),
  ],
  [
    'removing a member',
    async () => ({
      method: 'DELETE',
      path: `/api/members/${await memberIdOf(await enlist(worker, org, 'viewer'))}`,
      cookie: org.owner.cookie,
    }),
  ],
  [
    'asking for a reset',
    () => ({
      method: 'POST',
      path: '/api/auth/request-password-reset',
      body: { email: org.owner.email },
      headers: from(),
    }),
  ],
  [
    'signing up',
    () => ({
      method: 'POST',
      path: '/api/organizations',
      body: { name: 'Northwind', owner: { name: 'Fiona', email: newEmail() } },
      headers: from(),
    }),
  ],
  [
    'signing in',
    () => ({
      method: 'POST',
      path: '/api/auth/sign-in/email',
      body: { email: org.owner.email, password: PASSWORD },
      headers: from(),
    }),
  ],
  [
    'founding',
    async () => {
      const email = newEmail()
      await worker.request('POST', '/api/organizations', {
        body: { name: 'Northwind', owner: { name: 'Fiona', email } },
        headers: from(),
      })
      await worker.drain()
      const body = { token: tokenFor(worker, email), newPassword: PASSWORD }
      return { method: 'POST', path: '/api/auth/reset-password', body, headers: from() }
    },
  ],
]
const perform = ({ method, path, ...options }: Act, by: TestWorker) => by.request(method, path, options)
/** Performs with D1 failing so; answers also how many round trips were made. */
async function performFailing(act: Act, fault: (roundTrip: number) => Fault | null) {
  let roundTrips = 0
  const DB = failing(env.DB, (n) => {
    roundTrips = n
    return fault(n)
  })
  return { response: await perform(act, new TestWorker({ DB })), roundTrips }
}
const LEAK = /select|insert|update |D1_|SQLITE|secret_column|there_is_no_such_table|\.ts:|\.js:/i

describe.each(acts)('while %s', (what, prepare) => {
  test('the connection that is lost on the way there changes nothing and asks to come again', async () => {
    for (let broken = 1; ; broken++) {
      const act = await prepare()
      const before = await dump()
      const { response, roundTrips } = await performFailing(act, (n) =>
        n === broken ? { when: 'before', message: LOST } : null,
      )
      if (roundTrips < broken) break
      expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '2'])
      expect(await response.json<Problem>()).toMatchObject({ type: '/problems/unavailable', status: 503 })
      // A try counts, and a session begins, before the round trips that follow.
      expect(
        changedTables(before, await dump()).filter((table) => !['limits', 'sessions'].includes(table)),
      ).toEqual([])
    }
  })

  test('D1 that stays away is asked once more at most', async () => {
    const { response, roundTrips } = await performFailing(await prepare(), () => ({
      when: 'before',
      message: LOST,
    }))
    expect(response.status).toBe(503)
    expect(roundTrips).toBeLessThanOrEqual(2)
  })

  test('the answer that is lost on the way back asks to come again, too', async () => {
    const { response } = await performFailing(await prepare(), () => ({ when: 'after', message: LOST }))
    // Whoever has signed out without hearing of it is told that they are.
    expect([response.status, response.headers.get('Retry-After')]).toEqual(
      what === 'signing out' ? [401, null] : [503, '2'],
    )
  })

  test('an error that no other try mends is told without a word of SQL', async () => {
    const { response } = await performFailing(await prepare(), () => ({ when: 'before', message: BROKEN }))
    expect([response.status, response.headers.get('Retry-After')]).toEqual([500, null])
    const text = await response.text()
    expect(text).not.toMatch(LEAK)
    expect(text).toContain(response.headers.get('X-Request-Id') ?? 'no id')
  })

  test('a batch that breaks at any of its statements does nothing', async () => {
    for (let roundTrip = 1; ; roundTrip++) {
      let statement = 0
      for (; ; statement++) {
        const act = await prepare()
        const before = await dump()
        const { response, roundTrips } = await performFailing(act, (n) =>
          n === roundTrip ? { when: 'at', statement } : null,
        )
        if (roundTrips < roundTrip || response.ok) break
        expect([roundTrip, statement, response.status]).toEqual([roundTrip, statement, 500])
        expect(await response.text()).not.toMatch(LEAK)
        expect(
          changedTables(before, await dump()).filter((table) => !['limits', 'sessions'].includes(table)),
        ).toEqual([])
      }
      if (statement === 0) break
    }
  })
})
