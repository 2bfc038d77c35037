import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { enlist, fresh, type Organization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

/** An organisation straight from D1: founding is not the subject, and needs a second of hashing. */
beforeEach(async () => {
  const id = `org_${fresh('o')}`
  await env.DB.prepare("insert into organizations (id, name, created_at) values (?, 'Owners', 0)")
    .bind(id)
    .run()
  org = { id, name: 'Owners', owner: { email: '', cookie: '' } }
  org = { ...org, owner: await enlist(worker, org, 'owner') }
})

const idOf = (email: string) =>
  env.DB.prepare('select id from members where email = ?').bind(email).first<string>('id')
const patch = async (email: string, role: string, cookie: string) =>
  worker.request('PATCH', `/api/members/${await idOf(email)}`, { body: { role }, cookie })
const remove = async (email: string, cookie: string) =>
  worker.request('DELETE', `/api/members/${await idOf(email)}`, { cookie })
const owners = () => worker.count('members', "org_id = ? and role = 'owner'", org.id)
const LAST = { type: '/problems/last-owner', status: 409 }

test('an admin neither makes, changes, removes nor invites an owner', async () => {
  const admin = await enlist(worker, org, 'admin')
  const manager = await enlist(worker, org, 'manager')
  const second = await enlist(worker, org, 'owner')
  const before = await dump()
  const refused = [
    await patch(manager.email, 'owner', admin.cookie),
    await patch(admin.email, 'owner', admin.cookie),
    await patch(second.email, 'viewer', admin.cookie),
    await patch(second.email, 'owner', admin.cookie),
    await remove(second.email, admin.cookie),
    await worker.request('POST', '/api/members', {
      body: { email: `${fresh('own')}@vendor.example`, role: 'owner' },
      cookie: admin.cookie,
    }),
  ]
  for (const response of refused)
    expect(await response.json()).toMatchObject({
      type: '/problems/forbidden',
      detail: 'Only an owner makes, changes or removes an owner.',
    })
  expect(changedTables(before, await dump())).toEqual([])
})

test('an admin makes, changes and removes everybody else', async () => {
  const admin = await enlist(worker, org, 'admin')
  const viewer = await enlist(worker, org, 'viewer')
  expect((await patch(viewer.email, 'admin', admin.cookie)).status).toBe(200)
  expect((await patch(viewer.email, 'manager', admin.cookie)).status).toBe(200)
  expect((await remove(viewer.email, admin.cookie)).status).toBe(204)
})

test('an owner makes, changes, removes and invites owners', async () => {
  const second = await enlist(worker, org, 'viewer')
  expect((await patch(second.email, 'owner', org.owner.cookie)).status).toBe(200)
  expect(await owners()).toBe(2)
  expect((await patch(org.owner.email, 'admin', second.cookie)).status).toBe(200)
  expect((await remove(org.owner.email, second.cookie)).status).toBe(204)
  const invited = await worker.request('POST', '/api/members', {
    body: { email: `${fresh('own')}@vendor.example`, role: 'owner' },
    cookie: second.cookie,
  })
  expect(invited.status).toBe(201)
})

test('the last owner neither steps down nor goes, even while an invited one has not joined', async () => {
  await worker.request('POST', '/api/members', {
    body: { email: `${fresh('own')}@vendor.example`, role: 'owner' },
    cookie: org.owner.cookie,
  })
  const before = await dump()
  expect(await (await patch(org.owner.email, 'admin', org.owner.cookie)).json()).toMatchObject(LAST)
  expect(await (await remove(org.owner.email, org.owner.cookie)).json()).toMatchObject(LAST)
  expect(changedTables(before, await dump())).toEqual([])
  expect((await patch(org.owner.email, 'owner', org.owner.cookie)).status).toBe(200)
})

test('of fifty owners who step down at once one stays', async () => {
  const all = [org.owner]
  for (let made = 1; made < 50; made++) all.push(await enlist(worker, org, 'owner'))
  expect(await owners()).toBe(50)
  const answers = await Promise.all(all.map(({ email, cookie }) => patch(email, 'viewer', cookie)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(49)
  const [refused] = answers.filter(({ ok }) => !ok)
  expect(await refused?.json()).toMatchObject(LAST)
  expect(await owners()).toBe(1)
})

test('of owners who remove and demote each other at once one stays', async () => {
  const all = [org.owner]
  for (let made = 1; made < 20; made++) all.push(await enlist(worker, org, 'owner'))
  const answers = await Promise.all(
    all.map(({ cookie }, at) => {
      const { email } = all[(at + 1) % all.length] ?? org.owner
      return at % 2 ? remove(email, cookie) : patch(email, 'viewer', cookie)
    }),
  )
  for (const { status } of answers) expect([200, 204, 401, 403, 404, 409]).toContain(status)
  expect(await owners()).toBeGreaterThanOrEqual(1)
})
