import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import {
  address,
  cookieOf,
  enlist,
  foundOrganization,
  fresh,
  givePassword,
  type Organization,
  openSession,
  PASSWORD,
  type Person,
  signedCookie,
  signIn,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
let member: Person
let unclaimed: Person

beforeAll(async () => {
  org = await foundOrganization(worker)
  member = await enlist(worker, org, 'manager')
  await givePassword(member.email)
  unclaimed = await enlist(worker, org, 'viewer')
})

const tryToSignIn = (email: string, password: string, headers: Record<string, string> = {}, by = worker) =>
  by.request('POST', '/api/auth/sign-in/email', {
    body: { email, password },
    headers: { 'CF-Connecting-IP': address(), ...headers },
  })
const me = (cookie: string, by = worker) => by.request('GET', '/api/me', { cookie })

test('an unknown address, a wrong password and an account without one get the same answer after the same work', async () => {
  const outcomes = []
  for (const email of [`${fresh('nobody')}@vendor.example`, member.email, unclaimed.email]) {
    const [roundTrips, statements] = [recording.roundTrips, recording.statements.length]
    const sessions = await worker.count('sessions')
    const response = await tryToSignIn(email, 'not the right password')
    outcomes.push({
      status: response.status,
      body: await response.text(),
      headers: [...response.headers.keys()],
      cookie: response.headers.getSetCookie().some((each) => each.startsWith('entente=')),
      roundTrips: recording.roundTrips - roundTrips,
      statements: recording.statements.length - statements,
      sessions: (await worker.count('sessions')) - sessions,
    })
  }
  const [unknown, wrong, without] = outcomes
  expect(unknown).toMatchObject({ status: 401, cookie: false, sessions: 0 })
  expect(unknown?.body).toContain('/problems/wrong-credentials')
  expect(wrong).toEqual(unknown)
  expect(without).toEqual(unknown)
})

test('an address signs in however it is typed', async () => {
  const cookie = await signIn(worker, `  ${member.email.toUpperCase()} `)
  expect(await (await me(cookie)).json()).toMatchObject({ user: { email: member.email }, role: 'manager' })
})

test('over http the cookie is named entente and is not Secure, since browsers would drop it', async () => {
  const response = await tryToSignIn(member.email, PASSWORD)
  const cookie = response.headers.getSetCookie().find((each) => each.startsWith('entente='))
  expect(cookie?.split('; ').slice(1).sort()).toEqual([
    'HttpOnly',
    'Max-Age=2592000',
    'Path=/',
    'SameSite=Lax',
  ])
})

test('over https the cookie is Secure, and named so that no other host can set it', async () => {
  const https = new TestWorker({ APP_URL: 'https://partners.vendor.example' })
  const response = await tryToSignIn(member.email, PASSWORD, {}, https)
  const cookie = response.headers.getSetCookie().find((each) => each.startsWith('__Host-entente='))
  expect(cookie?.split('; ').slice(1).sort()).toEqual([
    'HttpOnly',
    'Max-Age=2592000',
    'Path=/',
    'SameSite=Lax',
    'Secure',
  ])
  expect((await me(cookieOf(response), https)).status).toBe(200)
})

test('a session that somebody planted in the browser is not taken over', async () => {
  const planted = await openSession(worker, unclaimed.email)
  const response = await tryToSignIn(member.email, PASSWORD, { Cookie: planted })
  const cookie = cookieOf(response)
  expect(cookie).not.toContain(planted)
  expect(await (await me(cookie)).json()).toMatchObject({ user: { email: member.email } })
  expect(await (await me(planted)).json()).toMatchObject({ user: { email: unclaimed.email } })
})

test('signing in takes two round trips: one to judge, one to begin', async () => {
  const { roundTrips } = recording
  expect((await tryToSignIn(member.email, PASSWORD)).status).toBe(200)
  expect(recording.roundTrips - roundTrips).toBe(2)
})

test('every sign-in begins a session of its own', async () => {
  const [first, second] = [await signIn(worker, member.email), await signIn(worker, member.email)]
  expect(first).not.toBe(second)
  await worker.request('POST', '/api/auth/sign-out', { cookie: first })
  expect((await me(second)).status).toBe(200)
})

test('signing out ends the session for good, and takes the cookie away', async () => {
  const cookie = await openSession(worker, member.email)
  const sessions = await worker.count('sessions')
  const response = await worker.request('POST', '/api/auth/sign-out', { cookie })
  expect(response.status).toBe(204)
  const cleared = response.headers.getSetCookie().find((each) => each.startsWith('entente='))
  expect(cleared).toContain('Max-Age=0')
  expect(await worker.count('sessions')).toBe(sessions - 1)
  expect((await me(cookie)).status).toBe(401)
})

test('signing out over https takes the cookie away by its own name', async () => {
  const https = new TestWorker({ APP_URL: 'https://partners.vendor.example' })
  const cookie = await openSession(https, member.email)
  const response = await https.request('POST', '/api/auth/sign-out', { cookie })
  const cleared = response.headers.getSetCookie().find((each) => each.startsWith('__Host-entente='))
  expect(cleared?.split('; ').sort()).toEqual(
    ['__Host-entente=', 'HttpOnly', 'Max-Age=0', 'Path=/', 'SameSite=Lax', 'Secure'].sort(),
  )
  expect((await me(cookie, https)).status).toBe(401)
})

test('a session that has expired lets nobody in', async () => {
  const cookie = await openSession(worker, member.email, Date.now() - 1)
  expect((await me(cookie)).status).toBe(401)
  expect((await worker.request('GET', '/api/partners', { cookie })).status).toBe(401)
})

test('a cookie that is cut, forged or signed by another lets nobody in', async () => {
  const { cookie } = member
  const value = decodeURIComponent(cookie.slice('entente='.length))
  const [token = '', signature = ''] = [
    value.slice(0, value.lastIndexOf('.')),
    value.slice(value.lastIndexOf('.') + 1),
  ]
  const elsewhere = token.replace(/org_\w+/, 'org_00000000000000000000000000')
  const forged = [
    'entente=',
    `entente=${token}`,
    cookie.slice(0, -5),
    cookie.replace('usr_', 'usr_0'),
    `entente=${encodeURIComponent(`${elsewhere}.${signature}`)}`,
    await signedCookie(worker, token, 'another secret of 32 characters or more'),
    // Signed by us, but of no session: the row counts, not the signature alone.
    await signedCookie(worker, elsewhere),
    await signedCookie(worker, 'usr_x...'),
    await signedCookie(worker, '...'),
  ]
  expect((await me(cookie)).status).toBe(200)
  for (const each of forged)
    for (const path of ['/api/me', '/api/partners', '/api/members'])
      expect([each, path, (await worker.request('GET', path, { cookie: each })).status]).toEqual([
        each,
        path,
        401,
      ])
})

test('the eleventh try within a minute is told to wait, right password or not', async () => {
  const headers = { 'CF-Connecting-IP': address() }
  for (let tried = 0; tried < 10; tried++)
    expect((await tryToSignIn(`${fresh('guess')}@vendor.example`, 'guess', headers)).status).toBe(401)
  const response = await tryToSignIn(member.email, PASSWORD, headers)
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(Number(response.headers.get('Retry-After'))).toBeLessThanOrEqual(60)
  expect(cookieOf(response)).not.toContain('entente=')
  await env.DB.prepare('update limits set started_at = started_at - 60000').run()
  expect((await tryToSignIn(member.email, PASSWORD, headers)).status).toBe(200)
})

test('a contact who signs in is seen by every partner that they are a contact of', async () => {
  const contact = `${fresh('seen')}@partner.example`
  for (const name of ['First', 'Second'])
    await worker.request('POST', '/api/partners', {
      body: {
        name,
        domain: `${fresh('seen')}.example`,
        type: 'referral',
        region: 'anz',
        primaryContact: { firstName: 'Cora', lastName: 'Contact', email: contact },
      },
      cookie: org.owner.cookie,
    })
  await givePassword(contact)
  expect(await worker.count('contacts', 'email = ? and last_seen_at is null', contact)).toBe(2)
  worker.queued.splice(0)
  const cookie = await signIn(worker, contact)
  expect(await worker.count('contacts', 'email = ? and last_seen_at > 0', contact)).toBe(2)
  // Health reads it, so both partners are scored anew.
  expect(worker.queued.splice(0).map(({ kind }) => kind)).toEqual(['score-partners', 'score-partners'])
  expect(await (await me(cookie)).json()).toMatchObject({
    organization: null,
    role: null,
    contactOf: [
      { partnerName: 'First', organization: { id: org.id, name: org.name } },
      { partnerName: 'Second' },
    ],
  })
  expect((await worker.request('GET', '/api/partners', { cookie })).status).toBe(403)
})
