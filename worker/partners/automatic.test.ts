import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import type { TierChange } from '#worker/program/schema.ts'
import { costOf, type Directory } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, memberIdOf } from '#worker/testing/people.ts'
import { Programme, rule } from '#worker/testing/programme.ts'
import type { Partner } from './schema.ts'

const worker = new TestWorker()
let programme: Programme
let directory: Directory

beforeEach(async () => {
  ;({ programme, directory } = await Programme.found(worker))
  worker.queued.splice(0)
})

const patch = async (id: string, body: object) => {
  const { version } = await directory.partner(id)
  const cost = await costOf(() => directory.call('PATCH', `/${id}`, { version, ...body }))
  expect(cost.result.status).toBe(200)
  return { ...cost, partner: await cost.result.json<Partner>() }
}
const historyOf = async (id: string) => {
  const { items } = await (await directory.call('GET', `/${id}/tiers`)).json<{ items: TierChange[] }>()
  return items.map(({ from, to, source, by }) => [
    from?.name ?? from?.tier,
    to?.name ?? to?.tier,
    source,
    by?.name,
  ])
}
/** Silver is for whoever has the tag. */
const silverForCloud = () => programme.setRules('silver', [rule('tags', 'anyOf', ['cloud'])])
const quiet = async () => {
  await worker.drain()
  await worker.drain()
  worker.queued.splice(0)
}

test('a pin that goes gives way to the tier that the rules give, in the same answer', async () => {
  await silverForCloud()
  const { id } = await directory.add({ tags: ['cloud'], tier: 'gold' })
  const { partner, trips } = await patch(id, { tier: null })
  expect(trips).toBe(2)
  expect(partner).toMatchObject({
    tier: 'silver',
    tierSource: 'auto',
    programTierName: 'Registered technology partner',
    version: 2,
    tierDetail: {
      by: null,
      rules: [{ label: 'Tags any of cloud', actual: ['cloud'], met: true }],
      next: {
        tier: 'gold',
        missing: [{ label: 'Fit at least 60', actual: null, met: null }, { metric: 'health' }],
      },
      falls: null,
    },
  })
  expect(await directory.partner(id)).toEqual(partner)
  expect(await historyOf(id)).toEqual([
    ['gold', 'Registered technology partner', 'auto', undefined],
    [undefined, 'gold', 'manual', 'Some owner'],
  ])
})

test('a pin that goes waits for no grace, and one trip is enough where no rules hold', async () => {
  const { id, programTierId } = await directory.add({ tier: 'platinum' })
  expect(programTierId).toBeNull()
  const { partner, trips } = await patch(id, { programTierId: null })
  expect(trips).toBe(1)
  expect(partner).toMatchObject({
    tier: null,
    tierSource: 'auto',
    tierDetail: { rules: [], next: null, falls: null },
  })
  expect(await historyOf(id)).toEqual([
    ['platinum', undefined, 'auto', undefined],
    [undefined, 'platinum', 'manual', 'Some owner'],
  ])
})

test('the tier is that of the inputs which the same edit sends', async () => {
  await silverForCloud()
  const { id } = await directory.add({ tier: 'gold' })
  expect((await patch(id, { tier: null, tags: ['cloud'] })).partner.tier).toBe('silver')
})

test('leaving an automatic tier to the evaluator changes nothing, its grace period included', async () => {
  await silverForCloud()
  const { id, tier } = await directory.add({ tags: ['cloud'] })
  expect(tier).toBe('silver')
  const fallsAt = Date.now() + 1e9
  await env.DB.prepare(`update partners set tags = '[]', tier_falls_at = ? where id = ?`)
    .bind(fallsAt, id)
    .run()
  const { partner } = await patch(id, { tier: null })
  expect(partner).toMatchObject({ tier: 'silver', tierSource: 'auto' })
  expect(await worker.count('partners', 'id = ? and tier_falls_at = ?', id, fallsAt)).toBe(1)
})

test('a pin ends a grace period', async () => {
  const { id } = await directory.add()
  await env.DB.prepare('update partners set tier_falls_at = 1 where id = ?').bind(id).run()
  await patch(id, { tier: 'gold' })
  await env.DB.prepare(`update partners set tier_source = 'auto', tier_falls_at = 1 where id = ?`)
    .bind(id)
    .run()
  await directory.edit({ ids: [id], set: { tier: 'silver' } })
  expect(await worker.count('partners', 'id = ? and tier_falls_at is null', id)).toBe(1)
})

test('a new partner has its tier at once when rules hold already', async () => {
  await silverForCloud()
  const { result, trips } = await costOf(() => directory.call('POST', '', acme({ tags: ['cloud'] })))
  expect([result.status, trips]).toEqual([201, 2])
  const partner = await result.json<Partner>()
  expect(partner).toMatchObject({ tier: 'silver', tierSource: 'auto', version: 1 })
  expect(partner.tierDetail.rules).toMatchObject([{ met: true }])
  expect(await historyOf(partner.id)).toEqual([
    [undefined, 'Registered technology partner', 'auto', undefined],
  ])
})

test('adding a partner whom no rules take yet is one round trip and 36 rows at most', async () => {
  for (const rules of [[rule('fit', 'gte', 50)], [rule('tags', 'anyOf', ['other'])]]) {
    await programme.setRules('silver', rules)
    const { result, trips, written } = await costOf(() =>
      directory.call('POST', '', acme({ tags: ['cloud'] })),
    )
    expect(await result.json()).toMatchObject({ tier: null, tierSource: 'auto' })
    expect(trips).toBe(1)
    expect(written).toBeLessThanOrEqual(36)
  }
})

test('a track that was chosen is the one that is tried', async () => {
  await silverForCloud()
  const { tracks } = await programme.save(({ version, tracks }) => ({
    version,
    tracks: [...tracks, { name: 'Empty', types: ['technology'], graceDays: 0, tiers: [] }],
  }))
  expect((await directory.add({ tags: ['cloud'], trackId: tracks.at(-1)?.id })).tier).toBeNull()
  expect((await directory.add({ tags: ['cloud'], trackId: tracks[0]?.id })).tier).toBe('silver')
})

test('a request that comes again is answered with the tier that it was answered with', async () => {
  await silverForCloud()
  const body = acme({ tags: ['cloud'] })
  const send = () =>
    worker.request('POST', '/api/partners', {
      ...{ body, cookie: programme.org.owner.cookie, headers: { 'Idempotency-Key': 'once' } },
    })
  const [first, again] = [await (await send()).json<Partner>(), await (await send()).json<Partner>()]
  expect(first.tier).toBe('silver')
  expect(again).toEqual(first)
})

const ruled: [string, () => Promise<object>, Parameters<typeof rule>][] = [
  ['tags', async () => ({ tags: ['new'] }), ['tags', 'anyOf', ['cloud']]],
  ['certifications', async () => ({ certifications: 3 }), ['certifications', 'gte', 3]],
  ['tags, as a part of the profile,', async () => ({ tags: ['new'] }), ['profileCompleteness', 'gte', 90]],
  [
    'the manager',
    async () => ({ managerId: await memberIdOf(programme.org.owner) }),
    ['profileCompleteness', 'gte', 90],
  ],
]
test.each(ruled)('a change of %s queues a refresh only when a rule reads it', async (_, change, reading) => {
  const { id } = await directory.add()
  await quiet()
  await patch(id, await change())
  expect(worker.queued).toEqual([])
  expect(await worker.count('partners', 'id = ? and score_due_at <= ?', id, Date.now())).toBe(0)
  await programme.setRules('gold', [rule(...reading)])
  await quiet()
  await env.DB.prepare('update partners set score_due_at = null where id = ?').bind(id).run()
  const [{ input_version: before } = { input_version: 0 }] = await inputOf(id)
  await patch(id, await change())
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', partnerIds: [id] }])
  expect(await inputOf(id)).toEqual([{ input_version: before + 1 }])
})
const inputOf = async (id: string) =>
  (
    await env.DB.prepare('select input_version from partners where id = ?')
      .bind(id)
      .all<{ input_version: number }>()
  ).results

test('many at once: a change of tags queues a refresh only when a rule reads them', async () => {
  const { id } = await directory.add()
  await quiet()
  await directory.edit({ ids: [id], set: { addTags: ['cloud'] } })
  expect(worker.queued).toEqual([])
  await silverForCloud()
  await quiet()
  await directory.edit({ ids: [id], set: { addTags: ['new'] } })
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', partnerIds: [id] }])
})

test('of a partner that is there, the history of its tier is read in one trip; of any other, nothing', async () => {
  const { id } = await directory.add({ tier: 'gold' })
  await patch(id, { tier: 'silver', tierReason: 'Missed the target' })
  const { result, trips } = await costOf(() => directory.call('GET', `/${id}/tiers`))
  expect(trips).toBe(1)
  expect((await result.json<{ items: TierChange[] }>()).items).toMatchObject([
    { from: { tier: 'gold', name: null }, to: { tier: 'silver', name: null }, reason: 'Missed the target' },
    { from: null, to: { tier: 'gold' }, source: 'manual' },
  ])
  expect((await directory.call('GET', '/prt_00000000000000000000000000/tiers')).status).toBe(404)
})
