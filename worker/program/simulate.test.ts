import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { costOf, type Directory } from '#worker/testing/directory.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { Programme, rule, withRules } from '#worker/testing/programme.ts'
import type { Program } from './schema.ts'

const worker = new TestWorker()
let programme: Programme
let directory: Directory
let before: Program

beforeEach(async () => {
  ;({ programme, directory } = await Programme.found(worker))
  before = await programme.get()
})

/** A partner with these scores, on the tier of this level of its own accord. */
async function scored(name: string, level: string | null, scores: { fit?: number; health?: number }) {
  const { id } = await directory.add({ name })
  await env.DB.prepare(
    `update partners set fit = ?, health = ?, tier = ?, tier_source = 'auto',
        program_tier_id = (select t.id from program_tiers t where t.org_id = partners.org_id and t.track_id = ? and t.level = ?)
      where id = ?`,
  )
    .bind(scores.fit ?? null, scores.health ?? null, level, before.tracks[0]?.id, level, id)
    .run()
  return id
}

test('it lists who would move up, then down and out, and on which rule', async () => {
  const ids = {
    up: await scored('Zeta', 'silver', { fit: 70, health: 10 }),
    out: await scored('Gamma', 'silver', { fit: 40 }),
    down: await scored('Beta', 'gold', { fit: 55, health: 90 }),
    stays: await scored('Alpha', 'silver', { fit: 58, health: 0 }),
  }
  const untouched = await dump()
  const edit = withRules(before, 'gold', [rule('fit', 'gte', 60), rule('health', 'gte', 5)])
  const { partners, moves, pinned } = await programme.simulate(edit)
  expect([partners, pinned]).toEqual([4, []])
  expect(moves).toEqual([
    {
      partnerId: ids.up,
      name: 'Zeta',
      from: 'silver',
      to: 'gold',
      because: { metric: 'health', op: 'gte', needed: 5, actual: 10 },
    },
    {
      partnerId: ids.down,
      name: 'Beta',
      from: 'gold',
      to: 'silver',
      because: { metric: 'fit', op: 'gte', needed: 60, actual: 55 },
    },
    {
      partnerId: ids.out,
      name: 'Gamma',
      from: 'silver',
      to: null,
      because: { metric: 'fit', op: 'gte', needed: 50, actual: 40 },
    },
  ])
  expect(changedTables(untouched, await dump())).toEqual([])
})

test('a grace period is not counted in', async () => {
  const id = await scored('Beta', 'gold', { fit: 55, health: 90 })
  await env.DB.prepare('update partners set tier_falls_at = ? where id = ?')
    .bind(Date.now() + 1e9, id)
    .run()
  expect((await programme.simulate(before)).moves).toMatchObject([
    { partnerId: id, from: 'gold', to: 'silver' },
  ])
})

test('without a tier, or its track, there is no rule to name', async () => {
  await scored('Beta', 'gold', { fit: 90, health: 90 })
  const tracks = before.tracks.map((track) => ({
    ...track,
    tiers: track.tiers.filter(({ level }) => level === 'silver'),
  }))
  expect((await programme.simulate({ ...before, tracks })).moves).toMatchObject([
    { from: 'gold', to: 'silver', because: null },
  ])
  expect((await programme.simulate({ ...before, tracks: [] })).moves).toMatchObject([
    { to: null, because: null },
  ])
})

test('what is simulated is what saving brings about, once grace is over', async () => {
  await scored('Zeta', null, { fit: 70, health: 70 })
  const edit = withRules(before, 'gold', [rule('fit', 'gte', 60), rule('tags', 'allOf', ['cloud', 'emea'])])
  const tagged = await directory.add({ name: 'Tagged', tags: ['emea', 'cloud', 'x'] })
  await env.DB.prepare('update partners set fit = 66 where id = ?').bind(tagged.id).run()
  expect((await programme.simulate(edit)).moves).toMatchObject([
    { name: 'Tagged', to: 'gold', because: { metric: 'tags', actual: ['emea', 'cloud', 'x'] } },
    { name: 'Zeta', to: 'silver' },
  ])
})

test('every metric is read as it is', async () => {
  const { id, contacts } = await directory.add({
    certifications: 4,
    subtype: 'ISV',
    rating: 5,
    stage: 'active',
  })
  await env.DB.batch([
    env.DB.prepare('update contacts set last_seen_at = ? where id = ?').bind(
      Date.now() - 1_000,
      contacts[0]?.id,
    ),
    env.DB.prepare('update partners set activated_at = ? where id = ?').bind(
      Date.now() - 100 * 86_400_000,
      id,
    ),
  ])
  const because = async (...rules: ReturnType<typeof rule>[]) => {
    const { moves } = await programme.simulate(withRules(before, 'platinum', rules))
    return moves[0]?.because?.actual
  }
  expect(await because(rule('activeContacts', 'gte', 1))).toBe(1)
  expect(await because(rule('monthsActive', 'between', [1, 12]))).toBe(3)
  expect(await because(rule('certifications', 'eq', 4))).toBe(4)
  // Subtype, region, rating and certifications: four of fifteen.
  expect(await because(rule('profileCompleteness', 'gte', 1))).toBe(27)
  expect(await because(rule('stage', 'anyOf', ['active']))).toBe('active')
  expect(await because(rule('revenue', 'gte', 0))).toBeUndefined()
})

test('pins stay, and tiers that would go name how many are pinned to them', async () => {
  const [platinum, gold] = before.tracks[0]?.tiers ?? []
  await directory.add({ programTierId: gold?.id })
  await directory.add({ programTierId: gold?.id })
  await directory.add({ programTierId: platinum?.id })
  const tracks = before.tracks.map((track) => ({
    ...track,
    tiers: track.tiers.filter(({ id }) => id !== gold?.id),
  }))
  const { moves, pinned } = await programme.simulate({ ...before, tracks })
  expect(moves).toEqual([])
  expect(pinned).toEqual([{ programTierId: gold?.id, name: gold?.name, partners: 2 }])
})

test('an old version can be simulated: nothing is saved over', async () => {
  await programme.put(before)
  expect((await programme.simulate(before)).moves).toEqual([])
})

test('10,000 partners take 12 round trips at most', async () => {
  await env.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
      insert into partners (id, org_id, name, name_key, domain, type, stage, stage_changed_at, tier_source, region,
        regions, languages, tags, key_stakeholders, fit, health, created_at, updated_at)
      select 'prt_' || printf('%026d', i), ?1, 'P' || i, 'p' || i, 'p' || i || '.example', 'technology', 'active', 0, 'auto',
        'dach', '[]', '["de"]', '["cloud"]', '[]', i % 101, i * 7 % 101, 0, 0 from n`,
  )
    .bind(programme.org.id)
    .run()
  const edit = withRules(before, 'gold', [
    ...[rule('fit', 'gte', 60), rule('health', 'lte', 60), rule('tags', 'anyOf', ['cloud'])],
    ...[rule('activeContacts', 'lte', 3), rule('profileCompleteness', 'gte', 5)],
  ])
  const began = performance.now()
  const { result, trips, written } = await costOf(() => programme.simulate(edit))
  console.info(
    `Simulating 10,000 partners: ${trips} round trips, ${Math.round(performance.now() - began)} ms.`,
  )
  expect(result.partners).toBe(10_000)
  expect(result.moves.length).toBeGreaterThan(4_000)
  expect(trips).toBeLessThanOrEqual(12)
  expect(written).toBe(0)
})
