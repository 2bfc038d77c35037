import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { failing } from '#worker/testing/faults.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { acme, type Organization, plantOrganization, plantPartners } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(() => {
  worker.skew = 0
  worker.queued.splice(0)
})

const about = (partnerIds: readonly string[], orgId = org.id) => ({
  v: 1,
  requestId: 'req_test',
  kind: 'score-partners',
  orgId,
  partnerIds,
})
/** Known of it are the best rating, weight 12, and a contact who writes from elsewhere, weight 4: a fit of 75. */
async function add(changes: Record<string, unknown> = {}) {
  const response = await worker.request('POST', '/api/partners', {
    body: acme({ rating: 5, ...changes }),
    cookie: org.owner.cookie,
  })
  worker.queued.splice(0)
  const { id } = await response.json<{ id: string }>()
  return id
}
interface Standing {
  /** Null while nothing is due: the next night is none of it. */
  due: number | null
  lease: number
  state: string
  fit: number | null
  input: number
  scored: number
}
const standing = (id: string) =>
  env.DB.prepare(
    `select iif(score_due_at <= ?, score_due_at, null) as due, score_lease_until as lease, fit_state as state, fit, input_version as input,
      scored_version as scored from partners where id = ?`,
  )
    .bind(Date.now() + worker.skew, id)
    .first<Standing>()
const history = (id: string) => worker.count('score_history', "partner_id = ? and kind = 'fit'", id)
/** As an edit does it, in one statement. */
const edit = (id: string, rating: number) =>
  env.DB.prepare(
    `update partners set rating = ?, version = version + 1, input_version = input_version + 1, score_due_at = ?
      where id = ?`,
  )
    .bind(rating, Date.now(), id)
    .run()
/** A worker whose n-th round trip to D1 waits for what comes in between. */
const interrupted = (roundTrip: number, meanwhile: () => Promise<unknown>) =>
  new TestWorker({
    DB: failing(env.DB, async (n) => {
      if (n === roundTrip) await meanwhile()
      return null
    }),
  })

test('a scored partner is due no more, and its inputs are the ones that were scored', async () => {
  const id = await add()
  expect(await standing(id)).toMatchObject({ state: 'pending', scored: 0, due: expect.any(Number) })
  await worker.deliver([about([id])])
  expect(await standing(id)).toEqual({ due: null, lease: 0, state: 'ready', fit: 75, input: 1, scored: 1 })
  expect(await worker.count('scores', 'partner_id = ?', id)).toBe(2)
  expect(await history(id)).toBe(1)
})

test('a message that comes again, doubled or late changes nothing', async () => {
  const ids = [await add(), await add(), await add()]
  await worker.deliver([about(ids), about(ids), about(ids.toReversed()), about([...ids, ...ids])])
  const before = await dump()
  const { roundTrips } = recording
  await worker.deliver([about(ids.toReversed()), about(ids)])
  expect(recording.roundTrips - roundTrips).toBe(1)
  expect(changedTables(before, await dump())).toEqual([])
  for (const id of ids) expect(await history(id)).toBe(1)
})

test('a batch of a hundred partners costs two round trips', async () => {
  const ids = await plantPartners(
    org,
    Array.from({ length: 100 }, (_, at) => ({ name: `Partner ${at}` })),
  )
  const { roundTrips } = recording
  await worker.deliver(ids.map((id) => about([id])))
  expect(recording.roundTrips - roundTrips).toBe(2)
  expect(await worker.count('partners', 'org_id = ? and score_due_at <= ?', org.id, Date.now())).toBe(0)
})

test('partners of several organisations are scored together, each by its own wishes', async () => {
  const other = await plantOrganization(worker)
  await env.DB.prepare(
    `update scoring_settings set fit_weights = json_replace(fit_weights, '$.rating', 0) where org_id = ?`,
  )
    .bind(other.id)
    .run()
  const body = acme({ rating: 1, jointValueProposition: 'Together.' })
  const ids = []
  for (const { owner } of [org, other]) {
    const response = await worker.request('POST', '/api/partners', { body, cookie: owner.cookie })
    ids.push((await response.json<{ id: string }>()).id)
  }
  await worker.drain()
  const [ours, theirs] = [await standing(ids[0] ?? ''), await standing(ids[1] ?? '')]
  expect(ours).toMatchObject({ state: 'ready', fit: 33 })
  expect(theirs).toMatchObject({ state: 'ready', fit: 67 })
})

test('an edit that overtakes the scoring wins: the old result is dropped and the partner stays due', async () => {
  const id = await add({ rating: 5 })
  const late = interrupted(2, () => edit(id, 1))
  await late.deliver([about([id])])
  expect(await standing(id)).toMatchObject({ state: 'pending', fit: null, input: 2, scored: 0, lease: 0 })
  expect((await standing(id))?.due).not.toBeNull()
  expect([await worker.count('scores', 'partner_id = ?', id), await history(id)]).toEqual([0, 0])
  await worker.deliver([about([id])])
  expect(await standing(id)).toMatchObject({ state: 'ready', fit: 0, input: 2, scored: 2, due: null })
})

test('while one run holds a partner, no other takes it', async () => {
  const id = await add()
  const first = interrupted(2, async () => {
    const before = await dump()
    await worker.deliver([about([id])])
    expect(changedTables(before, await dump())).toEqual([])
  })
  await first.deliver([about([id])])
  expect(await standing(id)).toMatchObject({ state: 'ready', due: null })
})

test('a run that died lets go after half a minute, and the sweep finds its partner', async () => {
  const id = await add()
  const dead = new TestWorker({
    DB: failing(env.DB, (n) => (n > 1 ? { when: 'before', message: 'died' } : null)),
  })
  await dead.deliver([about([id])])
  await worker.deliver([about([id])])
  expect(await standing(id)).toMatchObject({ state: 'pending' })
  worker.skew = 31_000
  await worker.deliver([about([id])])
  expect(await standing(id)).toMatchObject({ state: 'ready', lease: 0, due: null })
})

test('a run that wakes up after another took over changes nothing any more', async () => {
  const id = await add({ rating: 5 })
  const slow = interrupted(2, async () => {
    // Other wishes, other score: the partner is due again with the same inputs.
    await env.DB.prepare('update partners set rating = 1 where id = ?').bind(id).run()
    worker.skew = 31_000
    await worker.deliver([about([id])])
    expect(await standing(id)).toMatchObject({ fit: 0 })
    await env.DB.prepare('update partners set score_due_at = 1 where id = ?').bind(id).run()
  })
  await slow.deliver([about([id])])
  expect(await standing(id)).toMatchObject({ fit: 0, due: 1, lease: 0 })
  expect(await worker.count('scores', "partner_id = ? and kind = 'fit' and value = 0", id)).toBe(1)
  expect(await history(id)).toBe(1)
})

test('a partner that is deleted while it waits, or while it is scored, leaves nothing', async () => {
  const [waiting, scored, neighbour] = [await add(), await add(), await add()]
  await env.DB.prepare('delete from partners where id = ?').bind(waiting).run()
  const late = interrupted(2, () => env.DB.prepare('delete from partners where id = ?').bind(scored).run())
  await late.deliver([about([waiting, scored, neighbour])])
  for (const gone of [waiting, scored]) expect(await worker.count('scores', 'partner_id = ?', gone)).toBe(0)
  expect(await standing(neighbour)).toMatchObject({ state: 'ready' })
})

test('an organisation that is deleted while its partners wait leaves nothing', async () => {
  const gone = await plantOrganization(worker)
  const [id = ''] = await plantPartners(gone, [{ name: 'Gone' }])
  const neighbour = await add()
  await env.DB.prepare('delete from organizations where id = ?').bind(gone.id).run()
  await worker.deliver([about([id], gone.id), about([neighbour])])
  expect(await worker.count('partners', 'id = ?', id)).toBe(0)
  expect(await standing(neighbour)).toMatchObject({ state: 'ready' })
})

test("a message that names another organisation's partner scores nothing", async () => {
  const other = await plantOrganization(worker)
  const id = await add()
  await worker.deliver([about([id], other.id)])
  expect(await standing(id)).toMatchObject({ state: 'pending' })
})

test('a partner that is not due yet is left alone', async () => {
  const id = await add()
  await env.DB.prepare('update partners set score_due_at = ? where id = ?')
    .bind(Date.now() + 60_000, id)
    .run()
  await worker.deliver([about([id])])
  expect(await standing(id)).toMatchObject({ state: 'pending' })
  worker.skew = 60_001
  await worker.deliver([about([id])])
  expect(await standing(id)).toMatchObject({ state: 'ready' })
})

test('a row that cannot be read fails alone, and is tried again after an hour', async () => {
  const [broken, ...neighbours] = [await add(), await add(), await add()]
  await env.DB.prepare("update partners set industry = 'of-tomorrow' where id = ?").bind(broken).run()
  await worker.deliver([about([...neighbours, broken])])
  for (const id of neighbours) expect(await standing(id)).toMatchObject({ state: 'ready' })
  expect(await standing(broken)).toMatchObject({ state: 'failed', fit: null, lease: 0 })
  await env.DB.prepare('update partners set industry = null where id = ?').bind(broken).run()
  worker.skew = 3_601_000
  await worker.deliver([about([broken])])
  expect(await standing(broken)).toMatchObject({ state: 'ready', due: null })
})

test("settings that cannot be read fail their own organisation's partners only", async () => {
  const other = await plantOrganization(worker)
  const [theirs = ''] = await plantPartners(other, [{ name: 'Theirs' }])
  const ours = await add()
  await env.DB.prepare(`update scoring_settings set fit_weights = '{"vibe":100}' where org_id = ?`)
    .bind(other.id)
    .run()
  await worker.deliver([about([theirs], other.id), about([ours])])
  expect(await standing(theirs)).toMatchObject({ state: 'failed' })
  expect(await standing(ours)).toMatchObject({ state: 'ready' })
})

test('once scored, a partner is due again in the night, everybody in a second of their own', async () => {
  const ids = await plantPartners(
    org,
    Array.from({ length: 50 }, (_, at) => ({ name: `Nightly ${at}` })),
  )
  await worker.deliver([about(ids)])
  const { results } = await env.DB.prepare(
    'select score_due_at as due from partners where id in (select value from json_each(?))',
  )
    .bind(JSON.stringify(ids))
    .all<{ due: number }>()
  const seconds = results.map(({ due }) => (due % 86_400_000) / 1_000)
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(2 * 3_600)
  expect(Math.max(...seconds)).toBeLessThan(3 * 3_600)
  expect(new Set(seconds).size).toBeGreaterThan(40)
  for (const { due } of results) expect(due - Date.now()).toBeLessThanOrEqual(86_400_000)
})

test('what a night changes nothing of is not written again', async () => {
  const id = await add()
  await worker.deliver([about([id])])
  const before = await dump()
  await env.DB.prepare('update partners set score_due_at = 1 where id = ?').bind(id).run()
  worker.skew = 1_000
  await worker.deliver([about([id])])
  expect(changedTables(before, await dump())).toEqual(['partners'])
  expect(await worker.count('partners', 'id = ? and computed_at > scored_at', id)).toBe(1)
})
