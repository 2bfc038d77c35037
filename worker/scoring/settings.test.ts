import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { failing } from '#worker/testing/faults.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { acme, type Organization, plantOrganization, plantPartners } from '#worker/testing/people.ts'
import { DEFAULT_FIT_WEIGHTS, DEFAULT_HEALTH_WEIGHTS, NOBODY_IN_PARTICULAR } from './defaults.ts'
import type { ScoringPreview, ScoringProgress, ScoringSettings } from './schema.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(async () => {
  worker.queued.splice(0)
})

const call = (method: string, path: string, body?: unknown, by = org) =>
  worker.request(method, `/api/scoring${path}`, {
    ...(body === undefined ? {} : { body }),
    cookie: by.owner.cookie,
  })
const settings = async () => (await call('GET', '')).json<ScoringSettings>()
const progress = async () => (await call('GET', '/progress')).json<ScoringProgress>()
const fits = async (by = org) => {
  const { results } = await env.DB.prepare('select fit from partners where org_id = ? order by id')
    .bind(by.id)
    .all<{ fit: number | null }>()
  return results.map(({ fit }) => fit)
}

test('a new organisation looks for nobody in particular, with the weights that the product names', async () => {
  expect(await settings()).toEqual({
    version: 1,
    idealPartner: NOBODY_IN_PARTICULAR,
    fitWeights: DEFAULT_FIT_WEIGHTS,
    healthWeights: DEFAULT_HEALTH_WEIGHTS,
  })
})

test('settings that are saved score everybody anew, with progress until the last one', async () => {
  const by = await plantOrganization(worker)
  await plantPartners(
    by,
    Array.from({ length: 250 }, (_, at) => ({
      name: `Partner ${at}`,
      type: at % 2 ? 'reseller' : 'referral',
    })),
  )
  await env.DB.prepare('update partners set score_due_at = null where org_id = ?').bind(by.id).run()
  const before = await (await call('GET', '', undefined, by)).json<ScoringSettings>()
  const { roundTrips } = recording
  const answer = await call(
    'PUT',
    '',
    { ...before, idealPartner: { ...NOBODY_IN_PARTICULAR, types: ['technology'] } },
    by,
  )
  expect(recording.roundTrips - roundTrips).toBe(1)
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { ...before, version: 2, idealPartner: { ...NOBODY_IN_PARTICULAR, types: ['technology'] } },
  ])
  const told = async () => (await call('GET', '/progress', undefined, by)).json()
  expect(await told()).toEqual({ total: 250, done: 0 })
  // One message for all; the consumer hands them out, a hundred to each.
  expect(worker.queued).toMatchObject([{ kind: 'score-due', orgId: by.id, after: '' }])
  await worker.drain()
  expect(worker.queued.map((message) => 'partnerIds' in message && message.partnerIds.length)).toEqual([
    100, 100, 50,
  ])
  await worker.deliver(worker.queued.splice(0, 1))
  expect(await told()).toEqual({ total: 250, done: 100 })
  await worker.drain()
  expect(await told()).toEqual({ total: 250, done: 250 })
  // Type and subtype weigh 12, the contact who writes from elsewhere 4: 75.
  expect(new Set(await fits(by))).toEqual(new Set([75]))
  expect(await worker.count('audit_log', "org_id = ? and action = 'scoring.edit'", by.id)).toBe(1)
})

test('a wish that is sent twice is kept, and counts, once', async () => {
  const by = await plantOrganization(worker)
  await plantPartners(by, [{ name: 'Acme' }])
  await env.DB.prepare(`update partners set languages = '["en"]' where org_id = ?`).bind(by.id).run()
  const before = await (await call('GET', '', undefined, by)).json<ScoringSettings>()
  const edit = (languages: string[]) => ({
    idealPartner: { ...NOBODY_IN_PARTICULAR, types: ['technology'], languages },
    fitWeights: DEFAULT_FIT_WEIGHTS,
    healthWeights: DEFAULT_HEALTH_WEIGHTS,
  })
  const preview = async (languages: string[]) =>
    (await call('POST', '/preview', edit(languages), by)).json<ScoringPreview>()
  expect(await preview(['de', 'DE', 'de', 'en'])).toEqual(await preview(['de', 'en']))
  const saved = await call('PUT', '', { ...edit(['de', 'DE', 'de', 'en']), version: before.version }, by)
  expect((await saved.json<ScoringSettings>()).idealPartner.languages).toEqual(['de', 'en'])
})

test('recomputing that was interrupted goes on by itself', async () => {
  const by = await plantOrganization(worker)
  await plantPartners(by, [{ name: 'One' }, { name: 'Two' }])
  await call('PUT', '', await settings(), by)
  // The message is lost; the sweep finds what is due in D1.
  worker.queued.splice(0)
  expect(await worker.count('partners', 'org_id = ? and score_due_at <= ?', by.id, Date.now())).toBe(2)
  const { sweep } = await import('#worker/cron.ts')
  await sweep(worker.env, Date.now)
  await worker.drain()
  expect(await worker.count('partners', 'org_id = ? and score_due_at <= ?', by.id, Date.now())).toBe(0)
})

test('a result by the settings of before is dropped when others are saved meanwhile', async () => {
  const by = await plantOrganization(worker)
  const [id = ''] = await plantPartners(by, [{ name: 'Acme' }])
  const before = await (await call('GET', '', undefined, by)).json<ScoringSettings>()
  const late = new TestWorker({
    DB: failing(env.DB, async (n) => {
      if (n === 2)
        await call(
          'PUT',
          '',
          { ...before, idealPartner: { ...NOBODY_IN_PARTICULAR, types: ['technology'] } },
          by,
        )
      return null
    }),
  })
  const hint = { v: 1, requestId: 'req_test', kind: 'score-partners', orgId: by.id, partnerIds: [id] }
  await late.deliver([hint])
  expect(await fits(by)).toEqual([null])
  await worker.drain()
  await worker.drain()
  expect(await fits(by)).toEqual([75])
})

test('of two people who edit the settings, the second is told', async () => {
  const current = await settings()
  expect((await call('PUT', '', current)).status).toBe(200)
  const before = await dump()
  const refused = await call('PUT', '', { ...current, fitWeights: { ...DEFAULT_FIT_WEIGHTS, mx: 50 } })
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({
    type: expect.stringMatching(/\/stale$/),
    current: { ...current, version: current.version + 1 },
    changes: [{ by: { name: 'Some owner' }, at: expect.any(String) }],
  })
  expect(changedTables(before, await dump())).toEqual([])
})

const zero = (weights: object) => Object.fromEntries(Object.keys(weights).map((factor) => [factor, 0]))
const wrong: [string, (valid: ScoringSettings) => object, string][] = [
  ['a negative weight', (valid) => ({ fitWeights: { ...valid.fitWeights, mx: -1 } }), '/fitWeights/mx'],
  ['a weight above 100', (valid) => ({ fitWeights: { ...valid.fitWeights, mx: 101 } }), '/fitWeights/mx'],
  [
    'a weight in words',
    (valid) => ({ healthWeights: { ...valid.healthWeights, pulse: 'much' } }),
    '/healthWeights/pulse',
  ],
  ['no weight at all', (valid) => ({ fitWeights: { ...valid.fitWeights, mx: null } }), '/fitWeights/mx'],
  ['an unknown factor', (valid) => ({ fitWeights: { ...valid.fitWeights, vibe: 3 } }), '/fitWeights/vibe'],
  ['a missing factor', ({ fitWeights: { mx, ...rest } }) => ({ fitWeights: rest }), '/fitWeights/mx'],
  ['all weights zero', ({ fitWeights }) => ({ fitWeights: zero(fitWeights) }), '/fitWeights'],
  [
    'all health weights zero',
    ({ healthWeights }) => ({ healthWeights: zero(healthWeights) }),
    '/healthWeights',
  ],
  [
    'an unknown industry',
    (valid) => ({ idealPartner: { ...valid.idealPartner, industries: ['magic'] } }),
    '/idealPartner/industries/0',
  ],
  [
    'an unknown technology',
    (valid) => ({ idealPartner: { ...valid.idealPartner, technologies: ['zoom', 'abacus'] } }),
    '/idealPartner/technologies/1',
  ],
  [
    'an unknown region',
    (valid) => ({ idealPartner: { ...valid.idealPartner, regions: ['mars'] } }),
    '/idealPartner/regions/0',
  ],
  [
    'no language',
    (valid) => ({ idealPartner: { ...valid.idealPartner, languages: ['klingon!'] } }),
    '/idealPartner/languages/0',
  ],
  [
    'a wish that is no list',
    (valid) => ({ idealPartner: { ...valid.idealPartner, types: 'reseller' } }),
    '/idealPartner/types',
  ],
  [
    'a wish of another name',
    (valid) => ({ idealPartner: { ...valid.idealPartner, moods: [] } }),
    '/idealPartner/moods',
  ],
  ['no version', () => ({ version: undefined }), '/version'],
]
test.each(wrong)('%s is a problem at its place, and changes nothing', async (_, change, pointer) => {
  const valid = await settings()
  const before = await dump()
  const refused = await call('PUT', '', { ...valid, ...change(valid) })
  expect(refused.status).toBe(422)
  const { errors } = await refused.json<{ errors: { pointer: string }[] }>()
  expect(errors.map((each) => each.pointer)).toContain(pointer)
  expect(changedTables(before, await dump())).toEqual([])
})

test('a preview shows what other settings would do, and stores nothing', async () => {
  const by = await plantOrganization(worker)
  const response = await worker.request('POST', '/api/partners', {
    body: acme({ name: 'Acme', type: 'reseller', rating: 3 }),
    cookie: by.owner.cookie,
  })
  const { id } = await response.json<{ id: string }>()
  await plantPartners(
    by,
    Array.from({ length: 25 }, (_, at) => ({ name: `Older ${at}` })),
  )
  const { version, ...valid } = await settings()
  const tried = { ...valid, idealPartner: { ...NOBODY_IN_PARTICULAR, types: ['reseller'] } }
  const before = await dump()
  const { roundTrips } = recording
  const { items } = await (await call('POST', '/preview', tried, by)).json<ScoringPreview>()
  expect(recording.roundTrips - roundTrips).toBe(1)
  expect(changedTables(before, await dump())).toEqual([])
  expect(items).toHaveLength(20)
  expect(items.find(({ partnerId }) => partnerId === id)).toMatchObject({
    name: 'Acme',
    // Rating 12 counts half, the contact's mail 4 nothing; then type and subtype 12 in full.
    fit: { before: 38, after: 64 },
  })
})

test('progress is that of the last change', async () => {
  const { total, done } = await progress()
  expect(done).toBeLessThanOrEqual(total)
})
