import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
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
  signIn,
  tokenFor,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
let other: Organization

beforeAll(async () => {
  org = await foundOrganization(worker)
  other = await foundOrganization(worker)
})

const someone = (domain = 'vendor.example') => `${fresh('someone')}@${domain}`
const invite = (email: string, role = 'manager', by = org) =>
  worker.request('POST', '/api/members', { body: { email, role }, cookie: by.owner.cookie })
async function invitedToken(email: string, role?: string, by?: Organization) {
  await invite(email, role, by)
  await worker.drain()
  return tokenFor(worker, email)
}
const accept = (token: string, newPassword = PASSWORD) =>
  worker.request('POST', '/api/auth/reset-password', {
    body: { token, newPassword },
    headers: { 'CF-Connecting-IP': address() },
  })
const meOf = async (email: string, password?: string) => {
  const cookie = await (password ? signIn(worker, email, password) : openSession(worker, email))
  const response = await worker.request('GET', '/api/me', { cookie })
  return response.json()
}
const noteContact = (email: string, by: Organization) =>
  worker.request('POST', '/api/partners', {
    body: acme({ primaryContact: { firstName: 'Noted', lastName: 'Contact', email } }),
    cookie: by.owner.cookie,
  })

test('an invitation is one mail with one link, good for seven days', async () => {
  const email = someone()
  const response = await invite(` ${email.toUpperCase()} `, 'admin')
  const member = await response.json<{ id: string }>()
  expect([response.status, member]).toMatchObject([201, { email, role: 'admin', state: 'invited' }])
  expect(worker.queued).toMatchObject([{ kind: 'deliver' }])
  await worker.drain()
  const mails = worker.mails.filter(({ to }) => to === email)
  expect(mails).toMatchObject([{ subject: `Join ${org.name} on Entente` }])
  expect(mails[0]?.text.match(/https?:\S+/g)).toHaveLength(1)
  const days = await env.DB.prepare(
    'select (expires_at - created_at) / 86400000.0 as days from mail_links where email = ?',
  )
    .bind(email)
    .first<number>('days')
  expect(days).toBe(7)
  expect(await worker.count('accounts', 'user_id = (select id from users where email = ?)', email)).toBe(0)
  expect(await worker.count('audit_log', "action = 'member.invite' and target_id = ?", member.id)).toBe(1)
})

test('somebody who accepts is a member with the role that was offered', async () => {
  const email = someone()
  const token = await invitedToken(email, 'manager')
  const about = await worker.request('POST', '/api/auth/link', { body: { token } })
  expect(await about.json()).toEqual({
    purpose: 'invitation',
    email,
    organizationName: org.name,
    redirectTo: '/login',
  })
  expect(await (await accept(token)).json()).toEqual({ redirectTo: '/login' })
  expect(await meOf(email, PASSWORD)).toMatchObject({
    organization: { id: org.id, name: org.name },
    role: 'manager',
  })
  expect(await worker.count('members', 'email = ? and accepted_at is not null', email)).toBe(1)
  expect((await accept(token)).status).toBe(422)
})

test('an invitation that has expired lets nobody in, and a new one does', async () => {
  const email = someone()
  const token = await invitedToken(email)
  await env.DB.prepare('update mail_links set expires_at = ? where email = ?').bind(Date.now(), email).run()
  expect((await accept(token)).status).toBe(422)
  expect(await worker.count('members', 'email = ? and user_id is null', email)).toBe(1)
  const id = await env.DB.prepare('select id from members where email = ?').bind(email).first<string>('id')
  const again = await worker.request('POST', `/api/members/${id}/invitation`, { cookie: org.owner.cookie })
  expect(again.status).toBe(202)
  await worker.drain()
  expect((await accept(tokenFor(worker, email))).status).toBe(200)
})

test('inviting again voids the older link; somebody who has joined cannot be invited again', async () => {
  const email = someone()
  const older = await invitedToken(email)
  const id = await env.DB.prepare('select id from members where email = ?').bind(email).first<string>('id')
  const again = () => worker.request('POST', `/api/members/${id}/invitation`, { cookie: org.owner.cookie })
  await again()
  await worker.drain()
  expect((await accept(older)).status).toBe(422)
  expect((await accept(tokenFor(worker, email))).status).toBe(200)
  expect((await again()).status).toBe(404)
})

test('somebody who is invited gets ten more mails an hour at most', async () => {
  const email = someone()
  await invite(email)
  const id = await env.DB.prepare('select id from members where email = ?').bind(email).first<string>('id')
  const statuses = []
  for (let asked = 0; asked < 11; asked++) {
    const response = await worker.request('POST', `/api/members/${id}/invitation`, {
      cookie: org.owner.cookie,
    })
    statuses.push(response.status)
  }
  expect(statuses).toEqual([...Array(10).fill(202), 429])
  expect(await worker.count('deliveries', 'recipient = ?', email)).toBe(11)
  worker.queued.splice(0)
})

test('removing somebody who is invited voids their link', async () => {
  const email = someone()
  const token = await invitedToken(email)
  const id = await env.DB.prepare('select id from members where email = ?').bind(email).first<string>('id')
  const removed = await worker.request('DELETE', `/api/members/${id}`, { cookie: org.owner.cookie })
  expect(removed.status).toBe(204)
  expect((await accept(token)).status).toBe(422)
  expect(await worker.count('members', 'email = ?', email)).toBe(0)
})

test('an address is invited once, however it is typed', async () => {
  const email = someone()
  await invite(email)
  const users = await worker.count('users')
  const mails = await worker.count('deliveries')
  for (const each of [email, email.toUpperCase(), org.owner.email]) {
    const response = await invite(each)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      type: '/problems/duplicate-member',
      errors: [{ pointer: '/email' }],
    })
  }
  expect(await worker.count('users')).toBe(users)
  expect(await worker.count('deliveries')).toBe(mails)
})

test('of twenty invitations of one address at once one is made', async () => {
  const email = someone()
  const answers = await Promise.all(Array.from({ length: 20 }, () => invite(email)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)])
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
  expect(await worker.count('deliveries', 'recipient = ?', email)).toBe(1)
  worker.queued.splice(0)
})

test('inviting says nothing of what an address is elsewhere', async () => {
  const contact = someone('partner.example')
  await noteContact(contact, other)
  const member = await enlist(worker, other, 'admin')
  const shapes = []
  for (const email of [someone(), contact, member.email]) {
    const response = await invite(email)
    const { id, name, ...rest } = await response.json<Record<string, string>>()
    shapes.push([
      response.status,
      [...response.headers.keys()],
      { ...rest, email: '' },
      typeof id,
      typeof name,
    ])
  }
  expect(shapes[1]).toEqual(shapes[0])
  expect(shapes[2]).toEqual(shapes[0])
})

test('a member of another organisation cannot accept, and nothing of theirs changes', async () => {
  const person = await enlist(worker, other, 'viewer')
  await givePassword(person.email)
  const token = await invitedToken(person.email, 'owner')
  const before = await dump()
  const response = await accept(token, 'a password for the other')
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ type: '/problems/other-organization' })
  expect(changedTables(before, await dump())).toEqual(['limits'])
  expect((await worker.request('GET', '/api/me', { cookie: person.cookie })).status).toBe(200)
  expect(await meOf(person.email, PASSWORD)).toMatchObject({ organization: { id: other.id }, role: 'viewer' })
})

test('whoever leaves the other organisation can still accept', async () => {
  const person = await enlist(worker, other, 'viewer')
  const token = await invitedToken(person.email, 'admin')
  expect((await accept(token)).status).toBe(409)
  const id = await env.DB.prepare('select id from members where email = ? and org_id = ?')
    .bind(person.email, other.id)
    .first<string>('id')
  await worker.request('DELETE', `/api/members/${id}`, { cookie: other.owner.cookie })
  expect((await accept(token)).status).toBe(200)
  expect(await meOf(person.email)).toMatchObject({ organization: { id: org.id }, role: 'admin' })
})

test('a contact elsewhere who is invited stays one user with one password, for both', async () => {
  const email = someone('partner.example')
  await noteContact(email, other)
  await env.DB.prepare('update users set email_verified = 1 where email = ?').bind(email).run()
  await givePassword(email)
  const token = await invitedToken(email, 'viewer')
  expect(await meOf(email)).toMatchObject({ organization: null, contactOf: [{ partnerName: 'Acme' }] })
  expect((await accept(token, 'one password for both')).status).toBe(200)
  expect(await meOf(email, 'one password for both')).toMatchObject({
    user: { name: 'Noted Contact' },
    organization: { id: org.id },
    role: 'viewer',
    contactOf: [{ organization: { id: other.id } }],
  })
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
  expect(await worker.count('accounts', 'user_id = (select id from users where email = ?)', email)).toBe(1)
})

test('a contact of two organisations is one user, and a claim by one mail serves both', async () => {
  const email = someone('partner.example')
  await noteContact(email, org)
  await noteContact(email, other)
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
  await worker.request('POST', '/api/auth/request-password-reset', {
    body: { email, redirectTo: '/portal/login' },
    headers: { 'CF-Connecting-IP': address() },
  })
  await worker.drain()
  await accept(tokenFor(worker, email))
  const me = await meOf(email)
  expect(me).toMatchObject({ contactOf: [{}, {}] })
})

test('accepting gives an unclaimed account the name under which the organisation knows it', async () => {
  const email = `ada.${fresh('lovelace').replaceAll('-', '')}@partner.example`
  await noteContact(email, other)
  await accept(await invitedToken(email))
  expect(await worker.count('users', "email = ? and name like 'Ada Lovelace%'", email)).toBe(1)
  expect(await worker.count('contacts', "email = ? and first_name = 'Noted'", email)).toBe(1)
})
