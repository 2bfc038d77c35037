import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Partner } from '#worker/partners/schema.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { failing, LOST } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  enlist,
  fresh,
  memberIdOf,
  type Organization,
  plantOrganization,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const post = (body: unknown, key: string, cookie = org.owner.cookie, by = worker) =>
  by.request('POST', '/api/partners', { body, cookie, headers: { 'Idempotency-Key': key } })
const partnersOf = (domain: string) => worker.count('partners', 'domain = ?', domain)

test('the same request again gets the first answer again, and makes nothing', async () => {
  const [body, key] = [acme({ tags: ['a'] }), fresh('key')]
  worker.queued.splice(0)
  const first = await post(body, key)
  expect([first.status, first.headers.get('Idempotency-Replayed')]).toEqual([201, null])
  const text = await first.text()
  const before = await dump()
  const second = await post(body, key)
  expect([second.status, second.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect(await second.text()).toBe(text)
  expect(changedTables(before, await dump())).toEqual([])
  expect(worker.queued).toHaveLength(1)
})

test('the same request in another spelling is the same request', async () => {
  const [body, key] = [acme({ name: 'Acme' }), fresh('key')]
  await post(body, key)
  const { name, ...rest } = body
  const second = await post(
    { ...rest, name: ' Acme  ', domain: `https://www.${body.domain.toUpperCase()}/` },
    key,
  )
  expect(second.headers.get('Idempotency-Replayed')).toBe('true')
})

test('the key with another body is a conflict', async () => {
  const [body, key] = [acme(), fresh('key')]
  await post(body, key)
  for (const changes of [{ name: 'Other' }, { domain: `${fresh('other')}.example` }, acme()]) {
    const before = await dump()
    const response = await post({ ...body, ...changes }, key)
    expect([response.status, await response.json()]).toMatchObject([
      409,
      { type: '/problems/idempotency-key' },
    ])
    expect(changedTables(before, await dump())).toEqual([])
  }
})

test('two hundred requests with one key at once make one partner, and all get its answer', async () => {
  const [body, key] = [acme(), fresh('key')]
  const answers = await Promise.all(Array.from({ length: 200 }, () => post(body, key)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(answers.filter((each) => each.headers.has('Idempotency-Replayed'))).toHaveLength(199)
  expect(new Set(await Promise.all(answers.map((each) => each.text()))).size).toBe(1)
  expect(await partnersOf(body.domain)).toBe(1)
  expect(await worker.count('contacts', 'email = ?', body.primaryContact.email)).toBe(1)
})

test('a refusal is not kept: what was wrong can be put right under the same key', async () => {
  const [body, key] = [acme(), fresh('key')]
  const taken = acme()
  await post(taken, fresh('key'))
  expect((await post({ ...body, domain: taken.domain }, key)).status).toBe(409)
  expect((await post({ ...body, managerId: 'mbr_00000000000000000000000000' }, key)).status).toBe(422)
  expect((await post({ ...body, name: '' }, key)).status).toBe(422)
  const response = await post(body, key)
  expect([response.status, response.headers.get('Idempotency-Replayed')]).toEqual([201, null])
})

test('an answer that was lost on the way is given when the client tries again', async () => {
  const [body, key] = [acme(), fresh('key')]
  const broken = new TestWorker({ DB: failing(env.DB, () => ({ when: 'after', message: LOST })) })
  const lost = await post(body, key, org.owner.cookie, broken)
  expect([lost.status, lost.headers.get('Retry-After')]).toEqual([503, '2'])
  expect(await partnersOf(body.domain)).toBe(1)
  const again = await post(body, key)
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect(await again.json<Partner>()).toMatchObject({ domain: body.domain })
  expect(await partnersOf(body.domain)).toBe(1)
})

test('the first answer comes again even when the same request would not be accepted any more', async () => {
  const member = await enlist(worker, org, 'manager')
  const { results } = await env.DB.prepare('select id, types from tracks where org_id = ?')
    .bind(org.id)
    .all<{ id: string; types: string }>()
  const track = results.find(({ types }) => types.includes('technology'))
  const managerId = await memberIdOf(member)
  const [body, key] = [acme({ managerId, trackId: track?.id }), fresh('key')]
  const first = await post(body, key)
  const text = await first.text()
  await worker.request('DELETE', `/api/members/${managerId}`, { cookie: org.owner.cookie })
  await env.DB.prepare("update tracks set types = '[]' where id = ?").bind(track?.id).run()
  const withoutManager = await post(body, key)
  expect([withoutManager.headers.get('Idempotency-Replayed'), await withoutManager.text()]).toEqual([
    'true',
    text,
  ])
  await env.DB.prepare('delete from partners where domain = ?').bind(body.domain).run()
  const withoutPartner = await post(body, key)
  expect([withoutPartner.headers.get('Idempotency-Replayed'), await withoutPartner.text()]).toEqual([
    'true',
    text,
  ])
  expect(await partnersOf(body.domain)).toBe(0)
})

test('keys of two organisations never meet', async () => {
  const other = await plantOrganization(worker)
  const key = fresh('key')
  await post(acme({ name: 'Ours' }), key)
  const response = await post(acme({ name: 'Theirs' }), key, other.owner.cookie)
  expect(response.status).toBe(201)
  expect(await response.json()).toMatchObject({ name: 'Theirs' })
})

test('a viewer learns nothing from a key that a manager used', async () => {
  const viewer = await enlist(worker, org, 'viewer')
  const [body, key] = [acme(), fresh('key')]
  await post(body, key)
  expect((await post(body, key, viewer.cookie)).status).toBe(403)
})

test.each([
  ['an empty key', ''],
  ['a key of 256 characters', 'k'.repeat(256)],
])('%s is refused', async (_, key) => {
  const response = await post(acme(), key)
  expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer: '/Idempotency-Key' }] })
})

test('a key is any text of up to 255 characters', async () => {
  for (const key of ['../x', 'k'.repeat(255), "'; drop table partners; --"])
    expect((await post(acme(), key)).status).toBe(201)
})
