import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  address,
  cookieOf,
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
const NEW_PASSWORD = 'a wholly different phrase'

beforeAll(async () => {
  org = await foundOrganization(worker)
})

/** A member with a password and a session. */
async function somebody() {
  const person = await enlist(worker, org, 'viewer')
  await givePassword(person.email)
  return person
}

const ask = (email: string, extra = {}) =>
  worker.request('POST', '/api/auth/request-password-reset', {
    body: { email, ...extra },
    headers: { 'CF-Connecting-IP': address() },
  })
const use = (token: string, newPassword = NEW_PASSWORD) =>
  worker.request('POST', '/api/auth/reset-password', {
    body: { token, newPassword },
    headers: { 'CF-Connecting-IP': address() },
  })
/** The token of a reset link that was just mailed. */
async function mailedToken(email: string) {
  await ask(email)
  await worker.drain()
  return tokenFor(worker, email)
}
const hashOf = (email: string) =>
  env.DB.prepare('select a.password from accounts a join users u on u.id = a.user_id where u.email = ?')
    .bind(email)
    .first<string>('password')
const SPENT = {
  type: '/problems/invalid',
  status: 422,
  errors: [{ pointer: '/token', detail: 'This link was used or has expired. Ask for a new one.' }],
}

test('a mailed link sets the password once, and a second time nothing', async () => {
  const { email } = await somebody()
  const token = await mailedToken(email)
  expect(worker.mails.at(-1)).toMatchObject({ to: email, subject: 'Set your Entente password' })
  expect(worker.mails.at(-1)?.text.match(/https?:\S+/g)).toEqual([
    `${env.APP_URL}/reset-password?token=${token}`,
  ])
  const first = await use(token)
  expect([first.status, await first.json()]).toEqual([200, { redirectTo: '/login' }])
  const me = await worker.request('GET', '/api/me', { cookie: cookieOf(first) })
  expect(await me.json()).toMatchObject({ user: { email }, role: 'viewer' })
  const hash = await hashOf(email)
  const second = await use(token, 'yet another long phrase')
  expect(await second.json()).toMatchObject(SPENT)
  expect(await hashOf(email)).toBe(hash)
  expect(await signIn(worker, email, NEW_PASSWORD)).toContain('entente=')
  expect(await signIn(worker, email, PASSWORD)).not.toContain('entente=')
})

test('opening the page of a link, or asking what it is for, uses nothing up', async () => {
  const { email } = await somebody()
  const token = await mailedToken(email)
  const links = () => worker.count('mail_links', 'email = ? and used_at is null and expires_at > 0', email)
  const waiting = await links()
  for (let opened = 0; opened < 3; opened++) {
    await worker.request('GET', `/reset-password?token=${token}`)
    await worker.request('HEAD', `/reset-password?token=${token}`)
    const about = await worker.request('POST', '/api/auth/link', { body: { token } })
    expect(await about.json()).toEqual({
      purpose: 'reset',
      email,
      organizationName: null,
      redirectTo: '/login',
    })
  }
  expect(await links()).toBe(waiting)
  expect((await use(token)).status).toBe(200)
})

test('of fifty uses at once exactly one succeeds', async () => {
  const { email } = await somebody()
  const token = await mailedToken(email)
  const passwords = Array.from({ length: 50 }, (_, at) => `one of fifty phrases ${at}`)
  const answers = await Promise.all(passwords.map((password) => use(token, password)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(49).fill(422)])
  const winner = passwords[answers.findIndex(({ ok }) => ok)] ?? ''
  expect(await signIn(worker, email, winner)).toContain('entente=')
  expect(await worker.count('accounts', 'user_id = (select id from users where email = ?)', email)).toBe(1)
})

test('a link works for one hour', async () => {
  const { email } = await somebody()
  const token = await mailedToken(email)
  const left = await env.DB.prepare('select expires_at - created_at as ms from mail_links where email = ?')
    .bind(email)
    .first<number>('ms')
  expect(left).toBe(3_600_000)
  await env.DB.prepare('update mail_links set expires_at = ? where email = ?').bind(Date.now(), email).run()
  expect(await (await use(token)).json()).toMatchObject(SPENT)
  const about = await worker.request('POST', '/api/auth/link', { body: { token } })
  expect(await about.json()).toMatchObject(SPENT)
})

test('a forged link is answered like one that was used', async () => {
  const { email } = await somebody()
  const token = await mailedToken(email)
  const id = await env.DB.prepare('select delivery_id from mail_links where email = ?')
    .bind(email)
    .first<string>('delivery_id')
  const hash = await env.DB.prepare('select token_hash from mail_links where email = ?')
    .bind(email)
    .first<string>('token_hash')
  const forged = [
    token.slice(0, -1),
    `${token}A`,
    token.toLowerCase(),
    id ?? '',
    hash ?? '',
    'A'.repeat(43),
    "' or 1=1 --",
  ]
  for (const each of forged) expect(await (await use(each)).json()).toMatchObject(SPENT)
  expect((await use(token)).status).toBe(200)
})

test('a newer link voids the older one, and both void with the password that is set', async () => {
  const { email } = await somebody()
  const older = await mailedToken(email)
  const newer = await mailedToken(email)
  expect(newer).not.toBe(older)
  expect(await (await use(older)).json()).toMatchObject(SPENT)
  expect((await use(newer)).status).toBe(200)
  expect(
    await worker.count('mail_links', 'email = ? and used_at is null and expires_at > ?', email, Date.now()),
  ).toBe(0)
})

test('setting the password ends every session of the user on their next request', async () => {
  const person = await somebody()
  const others = [person.cookie, await openSession(worker, person.email), await signIn(worker, person.email)]
  const bystander = await somebody()
  await use(await mailedToken(person.email))
  for (const cookie of others) {
    expect((await worker.request('GET', '/api/me', { cookie })).status).toBe(401)
    expect((await worker.request('GET', '/api/partners', { cookie })).status).toBe(401)
  }
  expect((await worker.request('GET', '/api/me', { cookie: bystander.cookie })).status).toBe(200)
})

test.each([
  ['too short', 'nine char', 'Use at least 10 characters.'],
  ['too long', 'x'.repeat(129), 'Use 128 characters at most.'],
  ['one of the commonest', 'qwertyuiop', 'This is one of the most used passwords. Choose another.'],
  [
    'one of the commonest in capitals',
    'Password123',
    'This is one of the most used passwords. Choose another.',
  ],
  ['not text', '\ud800 is no character', 'Remove the characters that cannot be stored.'],
])('a password that is %s is refused, and the link still works', async (_, password, detail) => {
  const { email } = await somebody()
  const token = await mailedToken(email)
  const refused = await use(token, password)
  expect(await refused.json()).toMatchObject({ status: 422, errors: [{ pointer: '/newPassword', detail }] })
  expect((await use(token)).status).toBe(200)
})

test('a contact claims the portal account with a reset, and goes on to the portal', async () => {
  const email = `${fresh('claim')}@partner.example`
  const body = acme({ primaryContact: { firstName: 'Cora', lastName: 'Contact', email } })
  await worker.request('POST', '/api/partners', { body, cookie: org.owner.cookie })
  expect(await signIn(worker, email, PASSWORD)).not.toContain('entente=')
  await ask(email, { redirectTo: '/portal/login' })
  await worker.drain()
  const response = await use(tokenFor(worker, email), PASSWORD)
  expect(await response.json()).toEqual({ redirectTo: '/portal/login' })
  const cookie = await signIn(worker, email)
  const me = await worker.request('GET', '/api/me', { cookie })
  expect(await me.json()).toMatchObject({ user: { name: 'Cora Contact', email }, role: null })
})

test('an invited member whose mail was lost joins by a reset just as well', async () => {
  const email = `${fresh('lost')}@vendor.example`
  await worker.request('POST', '/api/members', {
    body: { email, role: 'manager' },
    cookie: org.owner.cookie,
  })
  await worker.drain()
  const invitation = tokenFor(worker, email)
  expect((await use(await mailedToken(email), PASSWORD)).status).toBe(200)
  const me = await worker.request('GET', '/api/me', { cookie: await signIn(worker, email) })
  expect(await me.json()).toMatchObject({ organization: { id: org.id }, role: 'manager' })
  expect(await (await use(invitation)).json()).toMatchObject(SPENT)
})

test('somebody whom two organisations invited joins neither by a plain reset', async () => {
  const other = await foundOrganization(worker)
  const email = `${fresh('wanted')}@vendor.example`
  for (const { owner } of [org, other])
    await worker.request('POST', '/api/members', { body: { email, role: 'viewer' }, cookie: owner.cookie })
  await use(await mailedToken(email), PASSWORD)
  const me = await worker.request('GET', '/api/me', { cookie: await signIn(worker, email) })
  expect(await me.json()).toMatchObject({ organization: null, role: null })
  expect(await worker.count('members', 'email = ? and user_id is null', email)).toBe(2)
})
