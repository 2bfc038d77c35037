import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import type { Partner, PartnerPage } from '#worker/partners/schema.ts'
import { costOf, Directory } from '#worker/testing/directory.ts'
import { dump } from '#worker/testing/dump.ts'
import { failing } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { png } from '#worker/testing/images.ts'
import { acme } from '#worker/testing/people.ts'
import type { BulkDeleted } from './schema.ts'

const worker = new TestWorker()
let our: Directory

beforeEach(async () => {
  worker.queued.splice(0)
  our = await Directory.found(worker)
})

test('more than 1,000 that match are deleted call by call', async () => {
  await our.plant(1_200)
  const kept = await our.add({ stage: 'qualified' })
  const filter = { stage: ['prospect'] }
  expect((await our.call('POST', '/delete', { filter, expected: 1_201 })).status).toBe(409)
  const first = await our.call('POST', '/delete', { filter, expected: 1_200 })
  expect(await first.json<BulkDeleted>()).toEqual({ deleted: 1_000, remaining: 200 })
  const { result, trips } = await costOf(() => our.call('POST', '/delete', { filter, expected: 200 }))
  expect([await result.json<BulkDeleted>(), trips]).toEqual([{ deleted: 200, remaining: 0 }, 2])
  const { items, total } = await (await our.call('GET', '')).json<PartnerPage>()
  expect([items.map(({ id }) => id), total]).toEqual([[kept.id], 1])
})

test('nothing is left of deleted partners in any table or in the bucket', async () => {
  await our.add({ name: 'Neighbour' })
  const ids: string[] = []
  for (const name of ['Vanishing One', 'Vanishing Two']) {
    const made = await worker.request('POST', '/api/partners', {
      cookie: our.org.owner.cookie,
      headers: { 'Idempotency-Key': name },
      body: acme({
        name,
        tags: ['Vanishing tag'],
        primaryContact: {
          firstName: 'Vanishing',
          lastName: 'Person',
          email: `${crypto.randomUUID()}@vanishing.example`,
        },
      }),
    })
    ids.push((await made.json<Partner>()).id)
  }
  await worker.drain()
  for (const id of ids) {
    await our.call('POST', `/${id}/activity`, { kind: 'note', on: '2026-03-31', text: 'Vanishing soon' })
    expect((await our.call('PUT', `/${id}/logo`, png(3, 3))).status).toBe(200)
  }
  await our.edit({ ids, set: { stage: 'active', addTags: ['Vanishing, too'] } })
  await worker.drain()
  expect((await env.FILES.list({ prefix: our.org.id })).objects).toHaveLength(2)
  expect((await our.call('POST', '/delete', { ids })).status).toBe(200)
  await worker.drain()
  expect((await env.FILES.list({ prefix: our.org.id })).objects).toEqual([])
  const [left, search] = [
    await dump(),
    await (await our.call('GET', '?search=vanishing')).json<PartnerPage>(),
  ]
  expect(search.total).toBe(0)
  const naming = [...left].filter(
    ([, rows]) => /vanishing/i.test(rows) || ids.some((id) => rows.includes(id)),
  )
  expect(naming.map(([table]) => table)).toEqual(['audit_log'])
  expect(left.get('audit_log')).not.toMatch(/vanishing/i)
  expect(await worker.count('partners', 'org_id = ?', our.org.id)).toBe(1)
})

test('a partner that leaves the selection while it is being deleted stays, with all others', async () => {
  const [one] = await our.plant(3)
  const between = new TestWorker()
  // The first round trip reads who matches, the second deletes them.
  between.env.DB = failing(env.DB, async (n) => {
    if (n === 2) await env.DB.prepare("update partners set stage = 'active' where id = ?").bind(one).run()
    return null
  })
  const answer = await between.request('POST', '/api/partners/delete', {
    cookie: our.org.owner.cookie,
    body: { filter: { stage: ['prospect'] }, expected: 3 },
  })
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({ type: '/problems/expected' })
  expect(await worker.count('partners', 'org_id = ?', our.org.id)).toBe(3)
})
