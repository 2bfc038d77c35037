import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { costOf, Directory } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import type { Changes } from './list-schema.ts'

const worker = new TestWorker()
let our: Directory

beforeEach(async () => {
  worker.queued.splice(0)
  our = await Directory.found(worker)
})

const changes = async (since?: string) => {
  const query = since === undefined ? '' : `?${new URLSearchParams({ since })}`
  return (await our.call('GET', `/changes${query}`)).json<Changes>()
}
/** Moves everything that has happened so far into the past, beyond what is told twice. */
const passMinute = () =>
  env.DB.prepare(
    'update partners set updated_at = updated_at - 60000, scored_at = scored_at - 60000 where org_id = ?',
  )
    .bind(our.org.id)
    .run()

test('an open table hears of what was added and edited, newest first, and of nothing else', async () => {
  const [quiet, edited] = [await our.add(), await our.add()]
  await worker.drain()
  await passMinute()
  const start = await changes()
  expect(start).toMatchObject({ total: 2, ids: [], more: false })
  await our.call('PATCH', `/${edited.id}`, { version: 1, certifications: 3 })
  // Within one millisecond, which is newer would be chance.
  await env.DB.prepare('update partners set updated_at = updated_at - 5 where id = ?').bind(edited.id).run()
  const added = await our.add()
  const next = await changes(start.at)
  expect(next).toMatchObject({ total: 3, ids: [added.id, edited.id], more: false })
  expect(next.ids).not.toContain(quiet.id)
  expect(await changes(next.at)).toMatchObject({ ids: [added.id, edited.id] })
  await passMinute()
  expect(await changes(next.at)).toMatchObject({ ids: [] })
})

test('a score that comes is a change, one that says the same again is none', async () => {
  const { id } = await our.add({ rating: 3 })
  await passMinute()
  const start = await changes()
  expect((await changes(start.at)).ids).toEqual([])
  await worker.drain()
  expect((await changes(start.at)).ids).toEqual([id])
  await passMinute()
  await our.call('POST', `/${id}/scores/refresh`)
  await worker.drain()
  expect((await changes(start.at)).ids).toEqual([])
  expect(await worker.count('partners', 'id = ? and score_due_at > ?', id, Date.now())).toBe(1)
})

test('of a deleted partner the total tells', async () => {
  const { id } = await our.add()
  await our.add()
  const start = await changes()
  await our.call('DELETE', `/${id}`)
  expect((await changes(start.at)).total).toBe(1)
})

test('of more than 200 changes the newest are named, in one round trip and few rows', async () => {
  const ids = await our.plant(1_000)
  await env.DB.prepare(
    'update partners set updated_at = ? + cast(substr(name, 9) as integer) where org_id = ?',
  )
    .bind(Date.now(), our.org.id)
    .run()
  const { result, trips, read, written } = await costOf(() => changes(new Date().toISOString()))
  expect(result).toMatchObject({ total: 1_000, more: true })
  expect(result.ids).toEqual(ids.toReversed().slice(0, 200))
  expect([trips, written]).toEqual([1, 0])
  expect(read).toBeLessThanOrEqual(640)
  const idle = await costOf(() => changes(new Date(Date.now() + 60_000).toISOString()))
  expect(idle.result.ids).toEqual([])
  expect(idle.read).toBeLessThanOrEqual(12)
})

test.each(['yesterday', '2026-13-01T00:00:00Z', '1700000000000', "' or 1=1 --"])(
  'a time like %s is refused',
  async (since) => {
    const answer = await our.call('GET', `/changes?${new URLSearchParams({ since })}`)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/since' }] })
  },
)
