import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import type { Directory } from '#worker/testing/directory.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { enlist } from '#worker/testing/people.ts'
import { Programme, rule } from '#worker/testing/programme.ts'
import type { Program, ProgramEdit, ProgramVersion, TierChange } from './schema.ts'

const worker = new TestWorker()
let programme: Programme
let directory: Directory
let before: Program

beforeEach(async () => {
  ;({ programme, directory } = await Programme.found(worker))
  before = await programme.get()
})

const SILVER = {
  level: 'silver',
  name: 'Starter',
  color: '#8a8f98',
  benefits: 'A badge.',
  rules: [rule('stage', 'anyOf', ['active', 'scaling', 'active'])],
} as const
const body = (tracks: unknown, version = before.version) => ({ version, tracks })

test('what is saved is what is read: ids are kept, new ones made, the highest tier first', async () => {
  const [first, second, third] = before.tracks
  const added = { name: 'Alliance', types: ['technology', 'referral'], graceDays: 0, tiers: [SILVER] }
  const renamed = { ...first, name: 'Technology', tiers: first?.tiers.toReversed() }
  const response = await programme.put(body([third, renamed, added, second]))
  expect(response.status).toBe(200)
  const saved = await response.json<Program>()
  expect(saved.version).toBe(2)
  expect(saved.tracks.map(({ name }) => name)).toEqual([third?.name, 'Technology', 'Alliance', second?.name])
  expect(saved.tracks[1]).toEqual({ ...first, name: 'Technology' })
  expect(saved.tracks[2]).toMatchObject({
    id: expect.stringMatching(/^trk_/),
    tiers: [{ ...SILVER, id: expect.stringMatching(/^trt_/), rules: [{ value: ['active', 'scaling'] }] }],
  })
  expect(await programme.get()).toEqual(saved)
})

test('two tiers of a track can change their levels', async () => {
  const swapped = await programme.save(({ version, tracks }) => ({
    version,
    tracks: tracks.map((track) => ({
      ...track,
      tiers: track.tiers.map((tier) => ({
        ...tier,
        level: tier.level === 'gold' ? 'silver' : tier.level === 'silver' ? 'gold' : 'platinum',
      })),
    })),
  }))
  expect(swapped.tracks[0]?.tiers.map(({ name }) => name)).toEqual([
    'Elite technology partner',
    'Registered technology partner',
    'Advanced technology partner',
  ])
})

test('saving is one round trip, leaves a version and an audit entry, and makes everybody due', async () => {
  const { id } = await directory.add()
  await worker.drain()
  const { roundTrips } = recording
  await programme.put(before)
  expect(recording.roundTrips - roundTrips).toBe(1)
  const of = 'org_id = ?'
  expect(await worker.count('audit_log', `${of} and action = 'program.edit'`, programme.org.id)).toBe(1)
  // A result of before, which is under way, is for older inputs and will be dropped.
  const due = 'id = ? and score_due_at <= ? and input_version > scored_version'
  expect(await worker.count('partners', due, id, Date.now())).toBe(1)
  expect(worker.queued).toMatchObject([{ kind: 'score-due', orgId: programme.org.id }])
  worker.queued.splice(0)
})

test('an older version is refused with the programme as it is, and who saved it', async () => {
  const admin = await enlist(worker, programme.org, 'admin')
  await programme.put(before, admin)
  const response = await programme.put(before)
  expect(response.status).toBe(409)
  const problem = await response.json<Problem & { current: Program }>()
  expect(problem.type).toMatch(/\/stale$/)
  expect(problem).toMatchObject({
    current: { ...before, version: 2 },
    changes: [{ field: 'tracks', by: { name: 'Some admin' } }],
  })
})

test('of two saves at once exactly one is kept', async () => {
  const answers = await Promise.all([programme.put(before), programme.put(before)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await worker.count('snapshots', 'org_id = ?', programme.org.id)).toBe(2)
})

const ladderOf = ({ tracks: [track] }: Program) => {
  if (!track) throw new Error('The programme has no track.')
  return track
}
const wrong: [string, (track: Program['tracks'][number], foreign: Program) => unknown[], string][] = [
  [
    'a level twice',
    (track) => [{ ...track, tiers: [SILVER, { ...SILVER, name: 'Other' }] }],
    '/tracks/0/tiers/1/level',
  ],
  [
    'at least 80 with at most 20',
    (track) => [
      { ...track, tiers: [{ ...SILVER, rules: [rule('fit', 'gte', 80), rule('fit', 'lte', 20)] }] },
    ],
    '/tracks/0/tiers/0/rules/1/value',
  ],
  [
    'an unknown metric',
    (track) => [{ ...track, tiers: [{ ...SILVER, rules: [{ metric: 'luck', op: 'gte', value: 1 }] }] }],
    '/tracks/0/tiers/0/rules/0/metric',
  ],
  [
    'an unknown comparison',
    (track) => [{ ...track, tiers: [{ ...SILVER, rules: [{ metric: 'fit', op: 'about', value: 1 }] }] }],
    '/tracks/0/tiers/0/rules/0/op',
  ],
  [
    'a value that is neither number, text nor list',
    (track) => [{ ...track, tiers: [{ ...SILVER, rules: [{ metric: 'fit', op: 'gte', value: {} }] }] }],
    '/tracks/0/tiers/0/rules/0/value',
  ],
  ['a track without a type', (track) => [{ ...track, types: [] }], '/tracks/0/types'],
  [
    'a track that is not there',
    (track) => [{ ...track, id: 'trk_00000000000000000000000000' }],
    '/tracks/0/id',
  ],
  [
    'a tier that is not there',
    (track) => [{ ...track, tiers: [{ ...SILVER, id: 'trt_00000000000000000000000000' }] }],
    '/tracks/0/tiers/0/id',
  ],
  ["another organisation's track", (_, foreign) => [{ ...ladderOf(foreign), tiers: [] }], '/tracks/0/id'],
  [
    "another organisation's tier",
    (track, foreign) => [{ ...track, tiers: ladderOf(foreign).tiers.slice(0, 1) }],
    '/tracks/0/tiers/0/id',
  ],
  ['two tracks of one name', (track) => [track, { ...track, id: undefined, tiers: [] }], '/tracks/1/name'],
  ['days of grace without end', (track) => [{ ...track, graceDays: 400 }], '/tracks/0/graceDays'],
]
test.each(wrong)(
  '%s is refused at its place, saved or simulated, and nothing changes',
  async (_, tracksOf, pointer) => {
    const { programme: other } = await Programme.found(worker)
    const edit = body(tracksOf(ladderOf(before), await other.get()))
    const untouched = await dump()
    for (const [method, path] of [['PUT', ''] as const, ['POST', '/simulate'] as const]) {
      const response = await programme.call(method, path, edit)
      const { errors } = await response.json<Problem>()
      expect([response.status, errors?.map((each) => each.pointer)]).toEqual([
        422,
        expect.arrayContaining([pointer]),
      ])
    }
    expect(changedTables(untouched, await dump())).toEqual([])
  },
)

test('who is pinned to a tier that goes keeps the level, and history says who took the tier', async () => {
  const [gold, silver] = ['gold', 'silver'].map((level) =>
    ladderOf(before).tiers.find((tier) => tier.level === level),
  )
  const { id } = await directory.add({ programTierId: gold?.id })
  const other = await directory.add({ programTierId: silver?.id })
  const admin = await enlist(worker, programme.org, 'admin')
  const without: ProgramEdit = {
    ...before,
    tracks: before.tracks.map((track) => ({
      ...track,
      tiers: track.tiers.filter((tier) => tier.id !== gold?.id),
    })),
  }
  expect((await programme.put(without, admin)).status).toBe(200)
  expect(await directory.partner(id)).toMatchObject({
    tier: 'gold',
    tierSource: 'manual',
    programTierId: null,
    trackId: ladderOf(before).id,
    version: 1,
  })
  expect(await directory.partner(other.id)).toMatchObject({ tier: 'silver', programTierId: silver?.id })
  const { items } = await (await directory.call('GET', `/${id}/tiers`)).json<{ items: TierChange[] }>()
  expect(items).toMatchObject([
    {
      from: { tier: 'gold', name: gold?.name },
      to: { tier: 'gold', name: null },
      by: { name: 'Some admin' },
    },
    { from: null, to: { tier: 'gold', name: gold?.name }, source: 'manual', by: { name: 'Some owner' } },
  ])
  expect((items[0]?.at ?? '') >= (items[1]?.at ?? '~')).toBe(true)
})

test('a chosen track that goes, or is for others now, is chosen no more', async () => {
  const { id: trackId } = ladderOf(before)
  const { id } = await directory.add({ trackId, tier: 'gold' })
  expect(await directory.partner(id)).toMatchObject({ trackId, programTierId: expect.any(String) })
  await programme.save(({ version, tracks }) => ({
    version,
    tracks: tracks.map((track) => (track.id === trackId ? { ...track, types: ['referral'] } : track)),
  }))
  expect(await directory.partner(id)).toMatchObject({ trackId: null, tier: 'gold', programTierId: null })
  const next = await directory.add({ type: 'referral', trackId })
  await programme.save(({ version, tracks }) => ({
    version,
    tracks: tracks.filter((track) => track.id !== trackId),
  }))
  expect(await directory.partner(next.id)).toMatchObject({ trackId: null, tier: null })
})

test('a programme can be emptied, and filled again', async () => {
  await programme.put(body([]))
  expect(await programme.get()).toEqual({ version: 2, tracks: [] })
  expect(
    (await programme.put(body([{ ...ladderOf(before), id: undefined, tiers: [SILVER] }], 2))).status,
  ).toBe(200)
})

test('every version stays as it was saved, with author and time, from the first on', async () => {
  await programme.setRules('silver', [rule('tags', 'anyOf', ['cloud'])])
  const { items } = await (await programme.call('GET', '/versions')).json<{ items: ProgramVersion[] }>()
  expect(items).toMatchObject([
    { n: 2, by: { name: 'Some owner' }, at: expect.any(String) },
    { n: 1, by: { name: 'Some founder' } },
  ])
  const versions = await Promise.all(
    [1, 2].map(async (n) => (await programme.call('GET', `/versions/${n}`)).json<Program>()),
  )
  expect(versions[0]).toMatchObject({ n: 1, tracks: before.tracks })
  expect(versions[1]?.tracks).toEqual((await programme.get()).tracks)
  for (const n of ['0', '3', 'x', '1.5', '99999999999999999999'])
    expect((await programme.call('GET', `/versions/${n}`)).status).toBe(404)
})

test('only who administers may save or simulate', async () => {
  const manager = await enlist(worker, programme.org, 'manager')
  expect((await programme.put(before, manager)).status).toBe(403)
  expect((await programme.call('POST', '/simulate', before, manager)).status).toBe(403)
  expect((await programme.call('GET', '/versions', undefined, manager)).status).toBe(200)
  expect(
    await env.DB.prepare('select version from programs where org_id = ?')
      .bind(programme.org.id)
      .first('version'),
  ).toBe(1)
})
