import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Me, Session } from '#worker/auth/schema.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  address,
  enlist,
  foundOrganization,
  fresh,
  givePassword,
  type Organization,
  openSession,
  PASSWORD,
  type Person,
  signIn,
  tokenFor,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
let person: Person

beforeAll(async () => {
  org = await foundOrganization(worker)
  person = await enlist(worker, org, 'viewer')
  await givePassword(person.email)
})

const me = (cookie: string) => worker.request('GET', '/api/me', { cookie })
const changePassword = (cookie: string, currentPassword: string, newPassword: string) =>
  worker.request('POST', '/api/account/password', { body: { currentPassword, newPassword }, cookie })
async function sessionsOf(cookie: string) {
  const response = await worker.request('GET', '/api/account/sessions', { cookie })
  const { items } = await response.json<{ items: Session[] }>()
  return items
}

test('somebody renames themselves: the user and the member, but not the contact that a partner has noted', async () => {
  const { email, cookie } = await enlist(worker, org, 'manager')
  const body = acme({ primaryContact: { firstName: 'Noted', lastName: 'Name', email } })
  await worker.request('POST', '/api/partners', { body, cookie: org.owner.cookie })
  const response = await worker.request('PATCH', '/api/me', { body: { name: '  Réné Renamed ' }, cookie })
  expect(response.status).toBe(200)
  expect(await response.json<Me>()).toMatchObject({
    user: { name: 'Réné Renamed', email },
    role: 'manager',
    contactOf: [{ partnerName: 'Acme' }],
  })
  expect(await worker.count('members', "email = ? and name = 'Réné Renamed'", email)).toBe(1)
  expect(await worker.count('contacts', "email = ? and first_name = 'Noted'", email)).toBe(1)
  expect(await worker.count('users', "name = 'Réné Renamed'")).toBe(1)
})

test.each([
  ['nothing', {}, '/name'],
  ['blanks', { name: '   ' }, '/name'],
  ['201 characters', { name: 'x'.repeat(201) }, '/name'],
  ['another address', { name: 'Eve', email: 'eve@vendor.example' }, '/email'],
  ['a role', { name: 'Eve', role: 'owner' }, '/role'],
])('a new name made of %s is refused', async (_, body, pointer) => {
  const response = await worker.request('PATCH', '/api/me', { body, cookie: person.cookie })
  expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer }] })
  expect(await (await me(person.cookie)).json()).toMatchObject({
    user: { name: 'Some viewer' },
    role: 'viewer',
  })
})

test('changing the password ends all other sessions and every waiting reset link', async () => {
  const { email, cookie } = await enlist(worker, org, 'viewer')
  await givePassword(email)
  const others = [await openSession(worker, email), await openSession(worker, email)]
  await worker.request('POST', '/api/auth/request-password-reset', {
    body: { email },
    headers: { 'CF-Connecting-IP': address() },
  })
  await worker.drain()
  expect((await changePassword(cookie, PASSWORD, 'a phrase that is new')).status).toBe(204)
  expect((await me(cookie)).status).toBe(200)
  for (const other of others) expect((await me(other)).status).toBe(401)
  const reset = await worker.request('POST', '/api/auth/reset-password', {
    body: { token: tokenFor(worker, email), newPassword: 'by the old mail' },
    headers: { 'CF-Connecting-IP': address() },
  })
  expect(reset.status).toBe(422)
  expect(await signIn(worker, email, PASSWORD)).not.toContain('entente=')
  expect(await signIn(worker, email, 'a phrase that is new')).toContain('entente=')
})

test.each([
  ['a wrong current one', 'not the current one', 'a phrase that is new', '/currentPassword'],
  ['none', '', 'a phrase that is new', '/currentPassword'],
  ['a new one that is too short', PASSWORD, 'nine char', '/newPassword'],
  ['a new one that everybody has', PASSWORD, 'Qwerty12345', '/newPassword'],
])('a change of password with %s changes nothing', async (_, current, next, pointer) => {
  const other = await openSession(worker, person.email)
  const before = await dump()
  const response = await changePassword(person.cookie, current, next)
  expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer }] })
  expect((await me(other)).status).toBe(200)
  expect(changedTables(before, await dump()).filter((table) => table !== 'limits')).toEqual([])
})

test('the eleventh guess at the current password within a minute is told to wait', async () => {
  const { email, cookie } = await enlist(worker, org, 'viewer')
  await givePassword(email)
  await changePassword(cookie, 'a first guess', 'a phrase that is new')
  // Nine more guesses, without their hashing.
  await env.DB.prepare(
    'update limits set tries = tries + 9 where started_at = (select max(started_at) from limits)',
  ).run()
  const response = await changePassword(cookie, PASSWORD, 'a phrase that is new')
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(await signIn(worker, email, PASSWORD)).toContain('entente=')
})

test("a session that has ended uses up nobody's guesses", async () => {
  const { email, cookie } = await enlist(worker, org, 'viewer')
  await worker.request('POST', '/api/auth/sign-out', { cookie })
  const limits = await worker.count('limits')
  expect((await changePassword(cookie, 'a guess', 'a phrase that is new')).status).toBe(401)
  expect(await worker.count('limits')).toBe(limits)
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
})

test('somebody sees their own live sessions, newest first, and which of them asks', async () => {
  const { email, cookie } = await enlist(worker, org, 'viewer')
  await givePassword(email)
  await openSession(worker, email, Date.now() - 1)
  await worker.request('POST', '/api/auth/sign-in/email', {
    body: { email, password: PASSWORD },
    headers: { 'CF-Connecting-IP': address(), 'User-Agent': 'Browser/1.0 (Test)' },
  })
  const sessions = await sessionsOf(cookie)
  expect(sessions).toMatchObject([
    { current: false, userAgent: 'Browser/1.0 (Test)' },
    { current: true, userAgent: null },
  ])
  expect(Object.keys(sessions[0] ?? {}).sort()).toEqual([
    'createdAt',
    'current',
    'expiresAt',
    'id',
    'userAgent',
  ])
})

test('somebody ends one session, or all others', async () => {
  const { email, cookie } = await enlist(worker, org, 'viewer')
  const [second, third, fourth] = [
    await openSession(worker, email),
    await openSession(worker, email),
    await openSession(worker, email),
  ]
  const [own] = (await sessionsOf(second)).filter(({ current }) => current)
  const response = await worker.request('DELETE', `/api/account/sessions/${own?.id}`, { cookie })
  expect(response.status).toBe(204)
  expect((await me(second)).status).toBe(401)
  expect((await me(third)).status).toBe(200)
  expect((await worker.request('DELETE', '/api/account/sessions', { cookie })).status).toBe(204)
  for (const ended of [third, fourth]) expect((await me(ended)).status).toBe(401)
  expect(await sessionsOf(cookie)).toMatchObject([{ current: true }])
})

test("somebody else's session is not there, like one that never was", async () => {
  const stranger = await enlist(worker, org, 'owner')
  const [theirs] = await sessionsOf(stranger.cookie)
  const answers = []
  for (const id of [theirs?.id, 'ses_00000000000000000000000000']) {
    const response = await worker.request('DELETE', `/api/account/sessions/${id}`, { cookie: person.cookie })
    answers.push([response.status, await response.text()])
  }
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]?.[0]).toBe(404)
  expect((await me(stranger.cookie)).status).toBe(200)
})

test('who somebody is holds their user, organisation, role and the partners that have them as a contact', async () => {
  const other = await foundOrganization(worker)
  const { email, cookie } = await enlist(worker, org, 'admin')
  for (const { owner } of [org, other])
    await worker.request('POST', '/api/partners', {
      body: acme({ name: fresh('Both'), primaryContact: { firstName: 'A', lastName: 'B', email } }),
      cookie: owner.cookie,
    })
  const found = await (await me(cookie)).json<Me>()
  const ids = await env.DB.prepare('select id from members where email = ?').bind(email).first<string>('id')
  expect(found).toMatchObject({
    user: { email, name: 'Some admin' },
    organization: { id: org.id, name: org.name },
    role: 'admin',
    memberId: ids,
  })
  expect(found.contactOf.map(({ organization }) => organization.id).sort()).toEqual([org.id, other.id].sort())
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
})
