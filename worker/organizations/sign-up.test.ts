import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
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
let other: Organization

beforeAll(async () => {
  other = await foundOrganization(worker)
})
beforeEach(async () => {
  await env.DB.exec('delete from limits')
})

const signUp = (email: string, name = 'Northwind', ownerName = 'Fiona Founder') =>
  worker.request('POST', '/api/organizations', {
    body: { name, owner: { name: ownerName, email } },
    headers: { 'CF-Connecting-IP': address() },
  })
const use = (token: string, newPassword = PASSWORD) =>
  worker.request('POST', '/api/auth/reset-password', {
    body: { token, newPassword },
    headers: { 'CF-Connecting-IP': address() },
  })
async function mailedToken(email: string, name?: string) {
  await signUp(email, name)
  await worker.drain()
  return tokenFor(worker, email)
}
const founder = () => `${fresh('founder')}@vendor.example`
const organizationsNamed = (name: string) => worker.count('organizations', 'name = ?', name)

test('signing up founds nothing until the mailed link is used', async () => {
  const [email, name] = [founder(), fresh('Northwind')]
  const response = await signUp(email, name)
  expect([response.status, await response.text()]).toEqual([202, '{}'])
  expect(await organizationsNamed(name)).toBe(0)
  expect(await worker.count('users', 'email = ?', email)).toBe(0)
  await worker.drain()
  expect(worker.mails.at(-1)).toMatchObject({ to: email, subject: 'Finish setting up Entente' })
  const token = tokenFor(worker, email)
  const about = await worker.request('POST', '/api/auth/link', { body: { token } })
  expect(await about.json()).toMatchObject({ purpose: 'founding', email, organizationName: name })
  expect(await organizationsNamed(name)).toBe(0)
  expect(await (await use(token)).json()).toEqual({ redirectTo: '/login' })
  expect(await organizationsNamed(name)).toBe(1)
})

test('a new organisation has its founder as owner, a programme and scoring to start from', async () => {
  const [email, name] = [founder(), fresh('Northwind')]
  await use(await mailedToken(email, name))
  const cookie = await openSession(worker, email)
  const me = await worker.request('GET', '/api/me', { cookie })
  expect(await me.json()).toMatchObject({
    user: { name: 'Fiona Founder', email },
    organization: { name },
    role: 'owner',
    contactOf: [],
  })
  const members = await worker.request('GET', '/api/members', { cookie })
  expect(await members.json()).toMatchObject({ items: [{ email, role: 'owner', state: 'active' }] })
  const program = await worker.request('GET', '/api/program', { cookie })
  const { tracks } = await program.json<{ tracks: { types: string[]; tiers: { level: string }[] }[] }>()
  expect(tracks.flatMap(({ types }) => types).sort()).toEqual([
    'channel',
    'referral',
    'reseller',
    'technology',
  ])
  for (const { tiers } of tracks)
    expect(tiers.map(({ level }) => level)).toEqual(['platinum', 'gold', 'silver'])
  expect(
    await worker.count('scoring_settings', 'org_id = (select id from organizations where name = ?)', name),
  ).toBe(1)
})

test('whoever signs up gets the same answer, known or not', async () => {
  const contact = `${fresh('contact')}@partner.example`
  const body = acme({ primaryContact: { firstName: 'C', lastName: 'D', email: contact } })
  await worker.request('POST', '/api/partners', { body, cookie: other.owner.cookie })
  const answers = []
  for (const email of [founder(), other.owner.email, contact]) {
    const response = await signUp(email)
    answers.push([response.status, await response.text(), [...response.headers.keys()]])
  }
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})

test('a link founds one organisation, however often and however fast it is used', async () => {
  const [email, name] = [founder(), fresh('Once')]
  const token = await mailedToken(email, name)
  const answers = await Promise.all(Array.from({ length: 8 }, () => use(token)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await use(token)).status).toBe(422)
  expect(await organizationsNamed(name)).toBe(1)
  expect(await worker.count('members', 'email = ?', email)).toBe(1)
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
})

test('signing up again voids the link of the first time', async () => {
  const [email, name] = [founder(), fresh('Twice')]
  const first = await mailedToken(email, name)
  const second = await mailedToken(email, name)
  expect((await use(first)).status).toBe(422)
  expect((await use(second)).status).toBe(200)
  expect(await organizationsNamed(name)).toBe(1)
})

test('a member of one organisation founds no other, and nothing of theirs changes by trying', async () => {
  const person = await enlist(worker, other, 'viewer')
  await givePassword(person.email)
  const name = fresh('Second')
  const token = await mailedToken(person.email, name)
  const before = await dump()
  const response = await use(token, 'a password for the second')
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ type: '/problems/other-organization' })
  expect(changedTables(before, await dump())).toEqual(['limits'])
  expect((await worker.request('GET', '/api/me', { cookie: person.cookie })).status).toBe(200)
  expect(await signIn(worker, person.email)).toContain('entente=')
})

test('a contact who founds an organisation stays one user, and takes the name that they give', async () => {
  const email = `${fresh('both')}@partner.example`
  const body = acme({ primaryContact: { firstName: 'Noted', lastName: 'By Others', email } })
  await worker.request('POST', '/api/partners', { body, cookie: other.owner.cookie })
  await use(await mailedToken(email))
  const me = await worker.request('GET', '/api/me', { cookie: await openSession(worker, email) })
  expect(await me.json()).toMatchObject({
    user: { name: 'Fiona Founder', email },
    role: 'owner',
    contactOf: [{ organization: { id: other.id } }],
  })
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
  expect(await worker.count('contacts', "email = ? and first_name = 'Noted'", email)).toBe(1)
})

test('a contact who has claimed their account keeps their name when they found an organisation', async () => {
  const email = `${fresh('claimed')}@partner.example`
  const body = acme({ primaryContact: { firstName: 'Clara', lastName: 'Claimed', email } })
  await worker.request('POST', '/api/partners', { body, cookie: other.owner.cookie })
  await env.DB.prepare('update users set email_verified = 1 where email = ?').bind(email).run()
  await use(await mailedToken(email))
  expect(await worker.count('users', "email = ? and name = 'Clara Claimed'", email)).toBe(1)
})

test('where sign-up is closed, the answer is the same and no mail goes out', async () => {
  const closed = new TestWorker({ SIGNUP: 'closed' })
  const email = founder()
  const token = await mailedToken(email, fresh('Late'))
  const response = await closed.request('POST', '/api/organizations', {
    body: { name: 'Closed', owner: { name: 'Fiona Founder', email } },
  })
  expect([response.status, await response.text()]).toEqual([202, '{}'])
  await closed.drain()
  expect(closed.mails).toEqual([])
  expect(await worker.count('deliveries', "recipient = ? and state = 'done'", email)).toBe(2)
  const open = await closed.request('GET', '/api/sign-up')
  expect(await open.json()).toEqual({ open: false })
  expect((await use(token)).status).toBe(422)
})

test('a link that was mailed before sign-up closed founds nothing any more', async () => {
  const closed = new TestWorker({ SIGNUP: 'closed' })
  const [email, name] = [founder(), fresh('Late')]
  const token = await mailedToken(email, name)
  const response = await closed.request('POST', '/api/auth/reset-password', {
    body: { token, newPassword: PASSWORD },
  })
  expect(response.status).toBe(422)
  expect(await organizationsNamed(name)).toBe(0)
  expect(await worker.count('users', 'email = ?', email)).toBe(0)
})
