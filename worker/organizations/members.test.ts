import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Member } from '#worker/organizations/schema.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  enlist,
  foundOrganization,
  fresh,
  givePassword,
  type Organization,
  openSession,
  signIn,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
let other: Organization

beforeAll(async () => {
  org = await foundOrganization(worker)
  other = await foundOrganization(worker)
})

const memberId = (email: string) =>
  env.DB.prepare('select id from members where email = ?').bind(email).first<string>('id')
const patch = (id: string | null, role: string, cookie = org.owner.cookie) =>
  worker.request('PATCH', `/api/members/${id}`, { body: { role }, cookie })
const remove = (id: string | null, cookie = org.owner.cookie) =>
  worker.request('DELETE', `/api/members/${id}`, { cookie })
const invite = (email: string, role: string, cookie = org.owner.cookie) =>
  worker.request('POST', '/api/members', { body: { email, role }, cookie })
const addPartner = (cookie: string, changes = {}) =>
  worker.request('POST', '/api/partners', { body: acme(changes), cookie })
const audited = (action: string, targetId: string | null) =>
  worker.count('audit_log', 'action = ? and target_id = ?', action, targetId)

test('members are listed by name, with who has not joined yet', async () => {
  const viewer = await enlist(worker, other, 'viewer')
  await invite('zoe.zimmer+crm@vendor.example', 'admin', other.owner.cookie)
  const response = await worker.request('GET', '/api/members', { cookie: viewer.cookie })
  const { items } = await response.json<{ items: Member[] }>()
  expect(items).toMatchObject([
    { name: 'Olga Owner', role: 'owner', state: 'active' },
    { name: 'Some viewer', email: viewer.email, role: 'viewer', state: 'active' },
    { name: 'Zoe Zimmer Crm', email: 'zoe.zimmer+crm@vendor.example', role: 'admin', state: 'invited' },
  ])
  expect(Object.keys(items[0] ?? {}).sort()).toEqual(['email', 'id', 'name', 'role', 'state'])
})

test('another role works on the next request, in both directions', async () => {
  const { email, cookie } = await enlist(worker, org, 'viewer')
  const id = await memberId(email)
  expect((await addPartner(cookie)).status).toBe(403)
  const raised = await patch(id, 'manager')
  expect(await raised.json()).toMatchObject({ id, email, role: 'manager', state: 'active' })
  expect((await addPartner(cookie)).status).toBe(201)
  expect((await patch(id, 'viewer')).status).toBe(200)
  expect((await addPartner(cookie)).status).toBe(403)
  expect((await worker.request('GET', '/api/partners', { cookie })).status).toBe(200)
  expect(await audited('member.role', id)).toBe(2)
})

test('a removed member is out on the next request, and the partners they managed have no manager', async () => {
  const { email, cookie } = await enlist(worker, org, 'manager')
  const id = await memberId(email)
  const second = await openSession(worker, email)
  const created = await addPartner(cookie, { managerId: id })
  const partner = await created.json<{ id: string; manager: { id: string } }>()
  expect(partner.manager.id).toBe(id)
  expect((await remove(id)).status).toBe(204)
  for (const session of [cookie, second])
    expect((await worker.request('GET', '/api/partners', { cookie: session })).status).toBe(401)
  const read = await worker.request('GET', `/api/partners/${partner.id}`, { cookie: org.owner.cookie })
  expect(await read.json()).toMatchObject({ id: partner.id, manager: null })
  expect(await worker.count('members', 'email = ?', email)).toBe(0)
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
  expect(await audited('member.remove', id)).toBe(1)
})

test('removing a member leaves the contact that they are, elsewhere or here, and their one password', async () => {
  const { email } = await enlist(worker, org, 'viewer')
  await givePassword(email)
  for (const { owner } of [org, other])
    await addPartner(owner.cookie, { primaryContact: { firstName: 'A', lastName: 'B', email } })
  await remove(await memberId(email))
  const me = await worker.request('GET', '/api/me', { cookie: await signIn(worker, email) })
  const { contactOf, ...rest } = await me.json<{ contactOf: unknown[] }>()
  expect(rest).toMatchObject({ organization: null, role: null })
  expect(contactOf).toHaveLength(2)
  expect(await worker.count('accounts', 'user_id = (select id from users where email = ?)', email)).toBe(1)
})

test('somebody who was removed can be invited again', async () => {
  const { email } = await enlist(worker, org, 'viewer')
  await remove(await memberId(email))
  const response = await invite(email, 'manager')
  expect(await response.json()).toMatchObject({ email, role: 'manager', state: 'invited' })
  expect(await worker.count('users', 'email = ?', email)).toBe(1)
})

test('an old session never comes back to life with a new membership', async () => {
  const { email, cookie } = await enlist(worker, org, 'viewer')
  const user = await env.DB.prepare('select id from users where email = ?').bind(email).first<string>('id')
  await remove(await memberId(email))
  await env.DB.prepare(
    `insert into members (id, org_id, user_id, email, name, role, created_at) values (?, ?, ?, ?, 'Again', 'owner', 0)`,
  )
    .bind(`mbr_${fresh('again')}`, org.id, user, email)
    .run()
  expect((await worker.request('GET', '/api/members', { cookie })).status).toBe(401)
})

test("another organisation's members are not there, like ids that never were", async () => {
  const stranger = await enlist(worker, other, 'viewer')
  await invite(`${fresh('theirs')}@vendor.example`, 'viewer', other.owner.cookie)
  const waiting = await env.DB.prepare('select id from members where org_id = ? and user_id is null')
    .bind(other.id)
    .first<string>('id')
  const before = await dump()
  const ids = ['mbr_00000000000000000000000000', await memberId(stranger.email), waiting, 'x', '%00']
  const tries = ids.map(async (id) => {
    const answers = [
      await patch(id, 'owner'),
      await remove(id),
      await worker.request('POST', `/api/members/${id}/invitation`, { cookie: org.owner.cookie }),
    ]
    return Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]))
  })
  const [unknown, ...foreign] = await Promise.all(tries)
  expect(unknown?.map(([status]) => status)).toEqual([404, 404, 404])
  for (const each of foreign) expect(each).toEqual(unknown)
  expect(changedTables(before, await dump())).toEqual([])
})

test('a role that does not exist is refused, and so is a body with more than the role', async () => {
  const { email } = await enlist(worker, org, 'viewer')
  const id = await memberId(email)
  expect(await (await patch(id, 'superuser')).json()).toMatchObject({ errors: [{ pointer: '/role' }] })
  const more = await worker.request('PATCH', `/api/members/${id}`, {
    body: { role: 'viewer', email: 'other@vendor.example' },
    cookie: org.owner.cookie,
  })
  expect(await more.json()).toMatchObject({ status: 422, errors: [{ pointer: '/email' }] })
  expect(await worker.count('members', "email = ? and role = 'viewer'", email)).toBe(1)
})
