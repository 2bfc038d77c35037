import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { failing, LOST, refusing } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, address, type Organization, plantOrganization } from '#worker/testing/people.ts'
import { consume } from './consumer.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

/** One batch through the consumer, and which of its messages were settled how. */
async function consumed(bodies: readonly unknown[], by = worker, queue = 'entente-jobs', attempts = 1) {
  const messages = bodies.map((body, at) => ({ id: `m${at}`, timestamp: new Date(), attempts, body }))
  const batch = createMessageBatch(queue, messages)
  await consume(batch, by.env, Date.now)
  const { explicitAcks, retryMessages, ackAll } = await getQueueResult(batch, createExecutionContext())
  return {
    acked: ackAll ? 'all' : explicitAcks.toSorted(),
    retried: retryMessages.map(({ msgId }) => msgId).sort(),
  }
}
const scoring = (partnerId: string, extra = {}) => ({
  v: 1,
  requestId: 'req_test',
  kind: 'score-partners',
  orgId: org.id,
  partnerIds: [partnerId],
  ...extra,
})
async function add() {
  const response = await worker.request('POST', '/api/partners', {
    body: acme({ rating: 5 }),
    cookie: org.owner.cookie,
  })
  worker.queued.splice(0)
  const { id } = await response.json<{ id: string }>()
  return id
}
/** A reset that waits to be delivered to the owner. */
async function mailWaiting() {
  await env.DB.exec('delete from limits')
  await worker.request('POST', '/api/auth/request-password-reset', {
    body: { email: org.owner.email },
    headers: { 'CF-Connecting-IP': address() },
  })
  return worker.queued.splice(0)
}
const isScored = async (id: string) =>
  (await worker.count('partners', "id = ? and fit_state = 'ready'", id)) === 1

const unreadable: [string, unknown][] = [
  ['nothing', null],
  ['text', 'score everybody'],
  ['a list', [1, 2]],
  ['an unknown kind', { v: 1, requestId: 'r', kind: 'delete-everything', orgId: 'o' }],
  ['a future version', { v: 2, requestId: 'r', kind: 'score-partners', orgId: 'o', partnerIds: ['p'] }],
  ['no version', { requestId: 'r', kind: 'score-partners', orgId: 'o', partnerIds: ['p'] }],
  ['ids that are none', { v: 1, requestId: 'r', kind: 'score-partners', orgId: 'o', partnerIds: [{}] }],
  ['a key of the prototype', { v: 1, requestId: 'r', kind: '__proto__', deliveryIds: [] }],
]
test.each(unreadable)(
  'a message that holds %s is put aside, and its neighbours are done',
  async (_, body) => {
    const [id, mails] = [await add(), await mailWaiting()]
    const before = worker.mails.length
    expect(await consumed([body, scoring(id), body, ...mails])).toEqual({
      acked: ['m0', 'm1', 'm2', 'm3'],
      retried: [],
    })
    expect(await isScored(id)).toBe(true)
    expect(worker.mails).toHaveLength(before + 1)
  },
)

test('ids that name nothing are nothing to do', async () => {
  const before = await dump()
  const hostile = ["' or 1=1 --", '', 'prt_00000000000000000000000000', '"', '\u0000', '\ud800']
  const { retried } = await consumed([
    ...hostile.map((id) => scoring(id)),
    ...hostile.map((id) => scoring('x', { orgId: id })),
    { v: 1, requestId: 'req_test', kind: 'deliver', deliveryIds: hostile },
    scoring('x', { partnerIds: [] }),
  ])
  expect(retried).toEqual([])
  expect(changedTables(before, await dump())).toEqual([])
})

test('a message of a later time with more fields is understood by what is known of it', async () => {
  const id = await add()
  await consumed([scoring(id, { reason: 'weights', priority: 3 })])
  expect(await isScored(id)).toBe(true)
})

test('while D1 is away every message is retried later, and nothing is lost', async () => {
  const [first, second, mails] = [await add(), await add(), await mailWaiting()]
  const away = new TestWorker({ DB: failing(env.DB, () => ({ when: 'before', message: LOST })) })
  const bodies = [scoring(first), scoring(second), ...mails]
  expect(await consumed(bodies, away)).toEqual({ acked: [], retried: ['m0', 'm1', 'm2'] })
  const before = worker.mails.length
  expect(await consumed(bodies)).toEqual({ acked: ['m0', 'm1', 'm2'], retried: [] })
  expect([await isScored(first), await isScored(second)]).toEqual([true, true])
  expect(worker.mails).toHaveLength(before + 1)
})

test('a failing store of scores does not keep mails back', async () => {
  const [id, mails] = [await add(), await mailWaiting()]
  const by = new TestWorker({ DB: refusing(env.DB, (query) => query.includes('insert into scores')) })
  expect(await consumed([scoring(id), ...mails], by)).toEqual({ acked: ['m1'], retried: ['m0'] })
  expect(by.mails).toHaveLength(1)
})

test('a retry waits longer each time, five minutes at most', async () => {
  const delays: (number | undefined)[] = []
  const away = new TestWorker({ DB: failing(env.DB, () => ({ when: 'before', message: LOST })) })
  for (const attempts of [1, 2, 3, 7, 50]) {
    const batch = createMessageBatch('entente-jobs', [
      { id: 'm', timestamp: new Date(), attempts, body: scoring('x') },
    ])
    const [message] = batch.messages
    if (!message) throw new Error('A batch without its message.')
    message.retry = (options) => delays.push(options?.delaySeconds)
    await consume({ ...batch, queue: batch.queue, messages: [message] }, away.env, Date.now)
  }
  expect(delays).toEqual([5, 10, 20, 300, 300])
})

test('what the queue gave up on is kept by its ids, never by its text', async () => {
  const dead = [scoring('prt_dead'), { secret: 'whatever somebody wrote' }]
  expect(await consumed(dead, worker, 'entente-dead', 6)).toEqual({ acked: 'all', retried: [] })
  const { results } = await env.DB.prepare(
    'select queue, body, attempts from dead_letters order by body desc',
  ).all()
  expect(results).toMatchObject([
    { queue: 'entente-dead', attempts: 6, body: JSON.stringify(scoring('prt_dead')) },
    { queue: 'entente-dead', attempts: 6, body: '{"unreadable":"m1"}' },
  ])
})
