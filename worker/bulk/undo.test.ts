import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { sweep } from '#worker/cron.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { Directory } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { enlist, memberIdOf } from '#worker/testing/people.ts'
import type { BulkUndone } from './schema.ts'

const worker = new TestWorker()
let our: Directory

beforeEach(async () => {
  worker.queued.splice(0)
  our = await Directory.found(worker)
})

test('an undone edit leaves each partner as it was, tier with who, when and why', async () => {
  const managerId = await memberIdOf(await enlist(worker, our.org, 'manager'))
  const { id } = await our.add({ managerId, stage: 'active', tags: ['a', 'b'] })
  await our.call('PATCH', `/${id}`, { version: 1, tier: 'gold', tierReason: 'Won the award' })
  await worker.drain()
  const before = await our.partner(id)
  const row = () =>
    env.DB.prepare('select stage_changed_at, activated_at, tier_at from partners where id = ?')
      .bind(id)
      .first()
  const times = await row()
  const set = { managerId: null, stage: 'dormant', addTags: ['c'], removeTags: ['a'], tier: null }
  const { undo: token } = await our.edit({ ids: [id], set })
  expect(await our.partner(id)).toMatchObject({
    manager: null,
    stage: 'dormant',
    tags: ['b', 'c'],
    tier: null,
  })
  await worker.drain()
  expect(await (await our.undo(token.id)).json()).toEqual({ restored: 1, skipped: 0, remaining: 0 })
  const after = await our.partner(id)
  // What time and scoring have changed meanwhile is not for an edit to take back.
  const { version, updatedAt, health, tierDetail } = after
  const { rules, next, falls } = tierDetail
  const since = { version, updatedAt, health, tierDetail: { ...before.tierDetail, rules, next, falls } }
  expect(after).toEqual({ ...before, ...since })
  expect(version).toBe(before.version + 2)
  expect(await row()).toEqual(times)
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', partnerIds: [id] }])
  expect(await (await our.undo(token.id)).json()).toEqual({ restored: 0, skipped: 0, remaining: 0 })
})

test('what somebody else changed since stays, and is counted; other fields do not matter', async () => {
  const managerId = await memberIdOf(our.org.owner)
  const partners = [await our.add(), await our.add(), await our.add(), await our.add(), await our.add()]
  const [moved, tagged, pinned, renamed, gone] = partners
  const set = { stage: 'active', addTags: ['x'], tier: 'gold' }
  const { undo: token } = await our.edit({ ids: partners.map(({ id }) => id), set })
  const colleague = await enlist(worker, our.org, 'manager')
  const change = (partner: Partner | undefined, body: object) =>
    our.call('PATCH', `/${partner?.id}`, { version: 2, ...body }, colleague)
  expect((await change(moved, { stage: 'scaling' })).status).toBe(200)
  expect((await change(tagged, { tags: ['x', 'y'] })).status).toBe(200)
  expect((await change(pinned, { tier: 'gold', tierReason: 'Confirmed' })).status).toBe(200)
  expect((await change(renamed, { name: 'Renamed', managerId })).status).toBe(200)
  expect((await our.call('DELETE', `/${gone?.id}`)).status).toBe(204)
  expect(await (await our.undo(token.id)).json()).toEqual({ restored: 1, skipped: 3, remaining: 0 })
  expect(await our.partner(moved?.id ?? '')).toMatchObject({ stage: 'scaling', tags: ['x'], version: 3 })
  expect(await our.partner(tagged?.id ?? '')).toMatchObject({ stage: 'active', tags: ['x', 'y'] })
  expect(await our.partner(pinned?.id ?? '')).toMatchObject({ tierDetail: { reason: 'Confirmed' } })
  expect(await our.partner(renamed?.id ?? '')).toMatchObject({
    name: 'Renamed',
    manager: { id: managerId },
    stage: 'prospect',
    tags: [],
    tier: null,
    tierSource: 'auto',
    version: 4,
  })
})

test('a manager who has left since is not brought back', async () => {
  const leaving = await enlist(worker, our.org, 'manager')
  const managerId = await memberIdOf(leaving)
  const { id } = await our.add({ managerId })
  const { undo: token } = await our.edit({ ids: [id], set: { managerId: null } })
  await worker.request('DELETE', `/api/members/${managerId}`, { cookie: our.org.owner.cookie })
  expect(await (await our.undo(token.id)).json()).toEqual({ restored: 0, skipped: 1, remaining: 0 })
  expect((await our.partner(id)).manager).toBeNull()
})

test('two who undo at once restore once', async () => {
  const ids = await our.plant(20)
  const { undo: token } = await our.edit({ ids, set: { stage: 'active' } })
  const answers = await Promise.all([our.undo(token.id), our.undo(token.id), our.undo(token.id)])
  const restored = await Promise.all(answers.map(async (each) => (await each.json<BulkUndone>()).restored))
  expect(restored.reduce((sum, each) => sum + each, 0)).toBe(20)
  expect(await worker.count('partners', 'org_id = ? and version = 3', our.org.id)).toBe(20)
})

test('after ten minutes an edit stays, and what it was is forgotten', async () => {
  const [id = ''] = await our.plant(1)
  const { undo: token } = await our.edit({ ids: [id], set: { stage: 'active' } })
  await sweep(worker.env, () => Date.now() + 9 * 60_000)
  expect(await worker.count('bulk_changes')).toBeGreaterThan(0)
  await env.DB.prepare('update bulk_edits set until = ?')
    .bind(Date.now() - 1)
    .run()
  expect((await our.undo(token.id)).status).toBe(404)
  const late = { ids: [id], set: { stage: 'active' }, undo: token.id }
  expect((await our.call('POST', '/bulk', late)).status).toBe(422)
  await sweep(worker.env, Date.now)
  expect(await worker.count('bulk_edits')).toBe(0)
  expect(await worker.count('bulk_changes')).toBe(0)
  expect((await our.partner(id)).stage).toBe('active')
})
