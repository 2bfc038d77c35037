import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { newId } from '#worker/db/ids.ts'
import { Directory } from '#worker/testing/directory.ts'
import { failing, LOST } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'

const worker = new TestWorker()
let our: Directory

beforeEach(async () => {
  worker.queued.splice(0)
  our = await Directory.found(worker)
})

/** An edit that is made, but whose answer, that of the given round trip, never comes. */
async function loseAnswer(body: object, roundTrip: number) {
  const lossy = new TestWorker()
  lossy.env.DB = failing(env.DB, (n) => (n === roundTrip ? { when: 'after', message: LOST } : null))
  const { cookie } = our.org.owner
  expect((await lossy.request('POST', '/api/partners/bulk', { cookie, body })).status).toBe(503)
}

test('an edit goes on only as what it began as', async () => {
  const [one = '', two = ''] = await our.plant(2)
  const { undo: token } = await our.edit({ ids: [one], set: { stage: 'active' } })
  const other = { ids: [two], set: { stage: 'dormant' }, undo: token.id }
  const answer = await our.call('POST', '/bulk', other)
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/undo' }] })
  expect((await our.partner(two)).stage).toBe('prospect')
})

test('a call whose answer was lost is made again under its own id, changes nothing twice and is undone whole', async () => {
  const [one, two] = [await our.add({ tags: ['a'] }), await our.add()]
  const before = [await our.partner(one.id), await our.partner(two.id)]
  const undo = newId('blk')
  const edit = { ids: [one.id, two.id], set: { stage: 'active', addTags: ['x'] }, undo }
  await loseAnswer(edit, 1)
  expect((await our.partner(one.id)).stage).toBe('active')
  await our.call('PATCH', `/${two.id}`, { version: 2, tags: ['y'] })
  expect(await our.edit(edit)).toMatchObject({ updated: 2, remaining: 0, undo: { id: undo } })
  expect(await our.partner(one.id)).toMatchObject({ stage: 'active', tags: ['a', 'x'], version: 2 })
  expect(await our.partner(two.id)).toMatchObject({ stage: 'active', tags: ['y', 'x'], version: 4 })
  expect(await worker.count('activity', "partner_id = ? and kind = 'edit'", one.id)).toBe(1)
  expect(await (await our.undo(undo)).json()).toEqual({ restored: 2, skipped: 0, remaining: 0 })
  expect(await our.partner(one.id)).toMatchObject({ stage: before[0]?.stage, tags: ['a'] })
  expect(await our.partner(two.id)).toMatchObject({ stage: before[1]?.stage, tags: ['y'] })
})

test('an id of another organisation’s edit begins one of our own', async () => {
  const [id = ''] = await our.plant(1)
  const others = await Directory.found(worker)
  const [theirs = ''] = await others.plant(1)
  const set = { stage: 'active' }
  const { undo: token } = await others.edit({ ids: [theirs], set })
  await our.edit({ ids: [id], set: { stage: 'dormant' }, undo: token.id })
  expect(await (await our.undo(token.id)).json()).toMatchObject({ restored: 1, remaining: 0 })
  expect((await others.partner(theirs)).stage).toBe('active')
  expect(await (await others.undo(token.id)).json()).toMatchObject({ restored: 1 })
})

test('of all that match, those that a lost call has changed are taken back with the rest', async () => {
  await our.plant(1_100)
  const filter = { stage: ['prospect'] }
  const edit = { filter, set: { stage: 'active' }, undo: newId('blk') }
  await loseAnswer({ ...edit, expected: 1_100 }, 2)
  const again = await our.call('POST', '/bulk', { ...edit, expected: 1_100 })
  expect(again.status).toBe(409)
  expect(await again.json()).toMatchObject({ type: '/problems/expected', actual: 100 })
  expect(await our.edit({ ...edit, expected: 100 })).toMatchObject({ updated: 100, remaining: 0 })
  expect(await (await our.undo(edit.undo)).json()).toEqual({ restored: 1_000, skipped: 0, remaining: 100 })
  expect(await (await our.undo(edit.undo)).json()).toEqual({ restored: 100, skipped: 0, remaining: 0 })
  expect(await worker.count('partners', "org_id = ? and stage = 'prospect'", our.org.id)).toBe(1_100)
})
