import { beforeEach, expect, test } from 'vitest'
import type { Directory } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { Programme, rule } from '#worker/testing/programme.ts'
import type { TierChange } from './schema.ts'

const worker = new TestWorker()
let programme: Programme
let directory: Directory

beforeEach(async () => {
  ;({ programme, directory } = await Programme.found(worker))
  worker.queued.splice(0)
  worker.skew = 0
})

/** What saving queued, and what that queued in turn. */
async function work() {
  while (worker.queued.length > 0) await worker.drain()
}
const silverFor = (tag: string) => programme.setRules('silver', [rule('tags', 'anyOf', [tag])])
const historyOf = async (id: string) => {
  const { items } = await (await directory.call('GET', `/${id}/tiers`)).json<{ items: TierChange[] }>()
  return items.map(({ from, to }) => [from?.name ?? from?.tier, to?.name ?? to?.tier])
}
const SILVER = 'Registered technology partner'

test('a programme that was saved is applied to everybody by the queue', async () => {
  const { id } = await directory.add({ tags: ['cloud'] })
  const pinned = await directory.add({ tags: ['cloud'], tier: 'platinum' })
  await work()
  await silverFor('cloud')
  await work()
  expect(await directory.partner(id)).toMatchObject({ tier: 'silver', tierSource: 'auto', version: 1 })
  expect(await directory.partner(pinned.id)).toMatchObject({ tier: 'platinum', tierSource: 'manual' })
  expect(await historyOf(id)).toEqual([[undefined, SILVER]])
})

test('rules that fail by a save leave the tier for the grace period, and say until when', async () => {
  await silverFor('cloud')
  const { id } = await directory.add({ tags: ['cloud'] })
  await work()
  await silverFor('other')
  await work()
  const { tier, tierDetail } = await directory.partner(id)
  expect([tier, tierDetail.falls?.tier, tierDetail.rules[0]?.met]).toEqual(['silver', null, false])
  const days = (Date.parse(tierDetail.falls?.at ?? '') - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(29.9)
  expect(days).toBeLessThanOrEqual(30)
})

test('a tier that was deleted is lost at once, which is one change in the history', async () => {
  await silverFor('cloud')
  const { id } = await directory.add({ tags: ['cloud'] })
  await work()
  await programme.save(({ version, tracks }) => ({
    version,
    tracks: tracks.map((track) => ({
      ...track,
      tiers: track.tiers.filter(({ level }) => level !== 'silver'),
    })),
  }))
  await work()
  expect(await directory.partner(id)).toMatchObject({ tier: null, programTierId: null, tierSource: 'auto' })
  expect(await historyOf(id)).toEqual([
    [SILVER, undefined],
    [undefined, SILVER],
  ])
})

test('scores that are being computed while a programme is saved do not end its work', async () => {
  const { id } = await directory.add({ tags: ['cloud'] })
  await Promise.all([worker.drain(), silverFor('cloud')])
  await work()
  expect(await directory.partner(id)).toMatchObject({ tier: 'silver' })
})

test('a tier that only another name was given keeps its partners, under the new name', async () => {
  await silverFor('cloud')
  const { id } = await directory.add({ tags: ['cloud'] })
  await programme.save(({ version, tracks }) => ({
    version,
    tracks: tracks.map((track) => ({
      ...track,
      tiers: track.tiers.map((tier) => (tier.name === SILVER ? { ...tier, name: 'Starter' } : tier)),
    })),
  }))
  expect(await directory.partner(id)).toMatchObject({ tier: 'silver', programTierName: 'Starter' })
  await work()
  expect(await historyOf(id)).toEqual([[undefined, SILVER]])
})
