import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import type { JobMessage } from '#worker/jobs/schema.ts'
import type { Partner } from '#worker/partners/schema.ts'
import type { Directory } from '#worker/testing/directory.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { failing } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { Programme } from '#worker/testing/programme.ts'

const worker = new TestWorker()
let directory: Directory

beforeEach(async () => {
  ;({ directory } = await Programme.found(worker))
  worker.queued.splice(0)
  worker.skew = 0
})

/** Fit is 75 of a best rating and a contact who writes from elsewhere; 0 of the worst. */
const add = async (rating: number) => (await directory.add({ rating })).id
const edit = async (id: string, body: object) => {
  const { version } = await directory.partner(id)
  const answer = await directory.call('PATCH', `/${id}`, { version, ...body })
  expect(answer.status).toBe(200)
  return answer.json<Partner>()
}
const said = async (id: string) => {
  const { fit, tier, tierSource } = await directory.partner(id)
  return { fit, tier, tierSource }
}
const takeMessages = () => worker.queued.splice(0)

test('an edit leads to a new score, and that to a new tier', async () => {
  const id = await add(1)
  await worker.drain()
  expect(await said(id)).toEqual({ fit: 0, tier: null, tierSource: 'auto' })
  await edit(id, { rating: 5 })
  await worker.drain()
  expect(await said(id)).toEqual({ fit: 75, tier: 'silver', tierSource: 'auto' })
  expect((await directory.partner(id)).tierDetail).toMatchObject({
    rules: [{ label: 'Fit at least 50', needed: 50, actual: 75, met: true }],
    next: { tier: 'gold', missing: [{ metric: 'health' }] },
  })
})

test('a second edit that overtakes the first decides score and tier', async () => {
  const id = await add(1)
  await worker.drain()
  await edit(id, { rating: 5 })
  const [first] = takeMessages()
  // The second edit lands between the reading of the inputs and the storing of the results.
  const late = new TestWorker({
    DB: failing(env.DB, async (n) => {
      if (n === 2) await edit(id, { rating: 1 })
      return null
    }),
  })
  await late.deliver([first])
  expect(await said(id)).toEqual({ fit: 0, tier: null, tierSource: 'auto' })
  await worker.drain()
  expect(await said(id)).toEqual({ fit: 0, tier: null, tierSource: 'auto' })
  const { items } = await (await directory.call('GET', `/${id}/tiers`)).json<{ items: unknown[] }>()
  expect(items).toEqual([])
})

test('a burst of edits is scored by its last state, once', async () => {
  const id = await add(1)
  await worker.drain()
  for (const rating of [2, 3, 4, 5]) await edit(id, { rating })
  const messages = takeMessages()
  expect(messages).toHaveLength(4)
  await worker.deliver(messages)
  expect(await said(id)).toEqual({ fit: 75, tier: 'silver', tierSource: 'auto' })
  expect(await worker.count('score_history', "partner_id = ? and kind = 'fit'", id)).toBe(2)
})

test('messages that are doubled, shuffled, late or lost lead to the same scores and tiers', async () => {
  const ids = [await add(1), await add(3), await add(5)]
  for (const id of ids) await edit(id, { stage: 'qualified' })
  const messages = takeMessages()
  const kept = messages.filter((_, at) => at !== 1)
  await worker.deliver([...kept.toReversed(), ...kept])
  // What the lost message spoke of is found by the sweep.
  const { sweep } = await import('#worker/cron.ts')
  await sweep(worker.env, Date.now)
  const swept: JobMessage[] = takeMessages()
  await worker.deliver(swept)
  const before = await dump()
  await worker.deliver([...messages.toReversed(), ...messages, ...swept])
  expect(changedTables(before, await dump())).toEqual([])
  expect(await Promise.all(ids.map(said))).toEqual([
    { fit: 0, tier: null, tierSource: 'auto' },
    { fit: 38, tier: null, tierSource: 'auto' },
    { fit: 75, tier: 'silver', tierSource: 'auto' },
  ])
})

test('a tier whose rules fail is kept for the grace period, and then goes by itself', async () => {
  const id = await add(5)
  await worker.drain()
  await edit(id, { rating: 1 })
  await worker.drain()
  expect(await said(id)).toEqual({ fit: 0, tier: 'silver', tierSource: 'auto' })
  const { falls } = (await directory.partner(id)).tierDetail
  expect(Date.parse(falls?.at ?? '') - Date.now()).toBeGreaterThan(29 * 86_400_000)
  // Nights pass, in which nobody edits anything.
  for (const day of [10, 20, 31]) {
    worker.skew = day * 86_400_000
    const { sweep } = await import('#worker/cron.ts')
    await sweep(worker.env, () => Date.now() + worker.skew)
    await worker.drain()
    await worker.drain()
    // Read past the API: the session of the test has ended by then.
    const tier = await env.DB.prepare('select tier from partners where id = ?').bind(id).first('tier')
    expect(tier).toBe(day < 30 ? 'silver' : null)
  }
})

test('a pin survives whatever the rules say', async () => {
  const id = await add(5)
  await worker.drain()
  await edit(id, { tier: 'platinum', tierReason: 'Founding partner' })
  await edit(id, { rating: 1 })
  await worker.drain()
  expect(await said(id)).toEqual({ fit: 0, tier: 'platinum', tierSource: 'manual' })
  expect((await directory.partner(id)).tierDetail).toMatchObject({ reason: 'Founding partner' })
})
