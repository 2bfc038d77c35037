import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Partner } from '#worker/partners/schema.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { acme, enlist, type Organization, type Person, plantOrganization } from '#worker/testing/people.ts'
import { FIT_FACTORS, type Scores } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let viewer: Person

beforeAll(async () => {
  org = await plantOrganization(worker)
  viewer = await enlist(worker, org, 'viewer')
})

async function add(changes: Record<string, unknown> = {}) {
  const response = await worker.request('POST', '/api/partners', {
    body: acme(changes),
    cookie: org.owner.cookie,
  })
  const { id } = await response.json<Partner>()
  return id
}
async function scoresOf(id: string) {
  const response = await worker.request('GET', `/api/partners/${id}/scores`, { cookie: viewer.cookie })
  return response.json<Scores>()
}
const rowOf = async (id: string) => {
  const response = await worker.request('GET', `/api/partners/rows?id=${id}`, { cookie: viewer.cookie })
  const { items } = await response.json<{ items: Partner[] }>()
  return items[0]
}
const refresh = (id: string, cookie = org.owner.cookie) =>
  worker.request('POST', `/api/partners/${id}/scores/refresh`, { cookie })

test('scores are pending until the first result, and then never again', async () => {
  const id = await add({ rating: 4, jointValueProposition: 'Together.' })
  const nothing = { state: 'pending', refreshing: true, value: null, confidence: null, computedAt: null }
  expect(await scoresOf(id)).toMatchObject({
    fit: { ...nothing, ruleVersion: null, ledger: [], history: [] },
    health: nothing,
  })
  await worker.drain()
  const { fit, health } = await scoresOf(id)
  expect(fit).toMatchObject({
    state: 'ready',
    refreshing: false,
    value: expect.any(Number),
    ruleVersion: 'fit-2',
  })
  expect(health).toMatchObject({
    state: 'ready',
    value: expect.any(Number),
    ruleVersion: 'health-1',
    refreshing: false,
  })
  await refresh(id)
  expect(await scoresOf(id)).toMatchObject({ fit: { state: 'ready', refreshing: true, value: fit.value } })
  await worker.drain()
  expect(await scoresOf(id)).toMatchObject({ fit: { refreshing: false, value: fit.value } })
})

test('the ledger explains the score: every factor, and points that sum to the value', async () => {
  const id = await add({
    rating: 4,
    jointValueProposition: 'Together.',
    languages: ['de'],
    industry: 'insurance',
  })
  await worker.drain()
  const { fit } = await scoresOf(id)
  expect(fit.ledger.map(({ factor }) => factor)).toEqual([...FIT_FACTORS])
  const points = fit.ledger.reduce((sum, each) => sum + each.points, 0)
  expect(Math.abs(points - (fit.value ?? -1))).toBeLessThanOrEqual(0.5)
  for (const { asked, value, points: added, evidence, hint } of fit.ledger) {
    if (value === null || !asked) expect(added).toBe(0)
    expect(evidence).toHaveLength(value === null ? 0 : 1)
    if (value === 1) expect(hint).toBeUndefined()
  }
})

test('the row shows what the scores say', async () => {
  const id = await add({ rating: 2, jointValueProposition: 'Together.' })
  expect(await rowOf(id)).toMatchObject({ fit: null, fitState: 'pending', fitConfidence: null })
  await worker.drain()
  const [{ fit, health }, row] = [await scoresOf(id), await rowOf(id)]
  expect(row).toMatchObject({
    fit: fit.value,
    fitState: fit.state,
    fitConfidence: fit.confidence,
    health: health.value,
    healthState: health.state,
  })
})

test('scoring raises no version, so that nobody is told of an edit', async () => {
  const id = await add({ rating: 2 })
  const before = await rowOf(id)
  await worker.drain()
  expect(await rowOf(id)).toMatchObject({ version: before?.version, updatedAt: before?.updatedAt })
})

test('too little known is no number', async () => {
  const id = await add()
  await worker.drain()
  expect(await scoresOf(id)).toMatchObject({ fit: { state: 'insufficient', value: null, history: [] } })
  expect(await rowOf(id)).toMatchObject({ fit: null, fitState: 'insufficient' })
})

test('history grows when the number changes, oldest first', async () => {
  const id = await add({ rating: 1 })
  await worker.drain()
  for (const rating of [5, 5, 3, 1]) {
    await env.DB.prepare('update partners set rating = ?, score_due_at = 0 where id = ?')
      .bind(rating, id)
      .run()
    worker.skew += 1_000
    await worker.deliver([
      { v: 1, requestId: 'req_test', kind: 'score-partners', orgId: org.id, partnerIds: [id] },
    ])
  }
  const { fit } = await scoresOf(id)
  expect(fit.history.map(({ value }) => value)).toEqual([0, 75, 38, 0])
  const times = fit.history.map(({ at }) => at)
  expect(times).toEqual(times.toSorted())
})

test('an answer holds the 90 newest points of history', async () => {
  const id = await add()
  await env.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 200)
      insert into score_history (org_id, partner_id, kind, at, value) select ?, ?, 'fit', i, i % 101 from n`,
  )
    .bind(org.id, id)
    .run()
  const { fit } = await scoresOf(id)
  expect(fit.history.length).toBeGreaterThanOrEqual(90)
  expect(fit.history.at(-1)).toEqual({ at: '1970-01-01T00:00:00.200Z', value: 99 })
})

test('a refresh makes the scores due and says where to look, in one round trip', async () => {
  const id = await add()
  await worker.drain()
  const { roundTrips } = recording
  const response = await refresh(id)
  expect([response.status, await response.json()]).toEqual([202, {}])
  expect(recording.roundTrips - roundTrips).toBe(1)
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', orgId: org.id, partnerIds: [id] }])
  expect(await worker.count('partners', 'id = ? and score_due_at is not null', id)).toBe(1)
  expect((await refresh(id, viewer.cookie)).status).toBe(403)
  expect((await refresh('prt_00000000000000000000000000')).status).toBe(404)
})

test('reading the scores costs one round trip', async () => {
  const id = await add({ rating: 4 })
  await worker.drain()
  const { roundTrips, rowsRead } = recording
  await scoresOf(id)
  expect(recording.roundTrips - roundTrips).toBe(1)
  expect(recording.rowsRead - rowsRead).toBeLessThanOrEqual(12)
})

/** What the evaluator and the trend read, set as time would have set it. */
const setPartner = (id: string, set: string, ...values: unknown[]) =>
  env.DB.prepare(
    `update partners set ${set}, input_version = input_version + 1, score_due_at = 1 where id = ?`,
  )
    .bind(...values, id)
    .run()
const past = (id: string, daysAgo: number, value: number, points: object) =>
  env.DB.prepare(
    `insert into score_history (org_id, partner_id, kind, at, value, points) values (?, ?, 'fit', ?, ?, ?)`,
  )
    .bind(org.id, id, Date.now() - daysAgo * 86_400_000, value, JSON.stringify(points))
    .run()
const score = async (id: string) => {
  await worker.deliver([
    { v: 1, requestId: 'req_test', kind: 'score-partners', orgId: org.id, partnerIds: [id] },
  ])
}

test('a score tells how it changed over 30 days and what moved it most, and the row shows the trend', async () => {
  const id = await add({ rating: 5 })
  await past(id, 60, 10, { rating: 10 })
  await past(id, 31, 40, { rating: 40, contactMail: 0 })
  await past(id, 3, 90, { rating: 90 })
  await score(id)
  const { fit } = await scoresOf(id)
  expect(fit).toMatchObject({
    value: 75,
    change: { days: 30, points: 35, driver: { factor: 'rating', label: 'Manager’s rating', points: 35 } },
  })
  expect(await rowOf(id)).toMatchObject({ fit: 75, fitChange: 35, healthChange: null })
})

test('a score that is younger than 30 days has no change', async () => {
  const id = await add({ rating: 5 })
  await past(id, 20, 40, { rating: 40 })
  await score(id)
  expect((await scoresOf(id)).fit.change).toBe(null)
  expect(await rowOf(id)).toMatchObject({ fitChange: null })
})

test('partners whose health is low, or fell by ten in 30 days, need attention', async () => {
  const [low, fell, fine] = [await add(), await add(), await add()]
  await worker.deliver([
    { v: 1, requestId: 'req_test', kind: 'score-partners', orgId: org.id, partnerIds: [low, fell, fine] },
  ])
  const set = (id: string, health: number, before: number) =>
    env.DB.prepare('update partners set health = ?, health_before = ? where id = ?')
      .bind(health, before, id)
      .run()
  await set(low, 49, 49)
  await set(fell, 70, 80)
  await set(fine, 71, 80)
  const response = await worker.request('GET', '/api/partners?attention=yes&limit=200', {
    cookie: org.owner.cookie,
  })
  const { items, total } = await response.json<{ items: { id: string }[]; total: number }>()
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([low, fell]))
  expect(items.map(({ id }) => id)).not.toContain(fine)
  expect(total).toBe(items.length)
  expect(
    (await worker.request('GET', '/api/partners?attention=no', { cookie: org.owner.cookie })).status,
  ).toBe(422)
})

test('a meeting that is logged raises health, a note does not', async () => {
  const id = await add()
  await setPartner(id, 'created_at = created_at - ?', 100 * 86_400_000)
  await score(id)
  const before = (await scoresOf(id)).health
  const log = (kind: string) =>
    worker.request('POST', `/api/partners/${id}/activity`, {
      body: { kind, on: new Date().toISOString().slice(0, 10), text: 'We spoke.' },
      cookie: org.owner.cookie,
    })
  worker.queued.splice(0)
  await log('note')
  expect(worker.queued).toEqual([])
  await log('meeting')
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', partnerIds: [id] }])
  await worker.drain()
  const after = (await scoresOf(id)).health
  expect(after.value).toBeGreaterThan(before.value ?? 100)
  expect(after.ledger.find(({ factor }) => factor === 'recency')).toMatchObject({
    value: expect.closeTo(1, 1),
    evidence: [{ detail: 'Last activity' }],
  })
})
