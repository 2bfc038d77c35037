import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { sweep } from '#worker/cron.ts'
import { failing, LOST } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  address,
  fresh,
  type Organization,
  openSession,
  plantOrganization,
  plantPartners,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeEach(async () => {
  await env.DB.batch(
    ['partners', 'deliveries', 'limits'].map((table) => env.DB.prepare(`delete from ${table}`)),
  )
  worker.queued.splice(0)
  worker.skew = 0
  org = await plantOrganization(worker)
})

const DAY_MS = 86_400_000
const sweepAt = (skew = 0, by = worker) => sweep(by.env, () => Date.now() + skew)
const ask = (by: TestWorker, email: string) =>
  by.request('POST', '/api/auth/request-password-reset', {
    body: { email },
    headers: { 'CF-Connecting-IP': address() },
  })
/** A queue that takes nothing. */
const deaf = () => {
  const refuse = async (): Promise<never> => {
    throw new Error('Queue is overloaded.')
  }
  return new TestWorker({ JOBS: { ...env.JOBS, send: refuse, sendBatch: refuse } })
}

test('what a request could not announce is found by the next sweep', async () => {
  const by = deaf()
  expect((await ask(by, org.owner.email)).status).toBe(202)
  const response = await by.request('POST', '/api/partners', { body: acme(), cookie: org.owner.cookie })
  expect(response.status).toBe(201)
  const { id } = await response.json<{ id: string }>()
  await sweepAt()
  expect(worker.queued.map(({ kind }) => kind).sort()).toEqual(['deliver', 'score-partners'])
  const mails = worker.mails.length
  await worker.drain()
  expect(worker.mails).toHaveLength(mails + 1)
  expect(await worker.count('partners', "id = ? and fit_state <> 'pending'", id)).toBe(1)
  await sweepAt()
  expect(worker.queued).toEqual([])
})

test('a queue that fails while it is being called is no failure of the request', async () => {
  const by = new TestWorker({
    JOBS: {
      ...env.JOBS,
      send: () => {
        throw new Error('Queue is gone.')
      },
    },
  })
  expect((await ask(by, org.owner.email)).status).toBe(202)
})

test('two sweeps at once lead to one mail and one score', async () => {
  const by = deaf()
  await ask(by, org.owner.email)
  await by.request('POST', '/api/partners', { body: acme({ rating: 3 }), cookie: org.owner.cookie })
  const others = [new TestWorker(), new TestWorker()]
  await Promise.all(others.map((other) => sweepAt(0, other)))
  await Promise.all(others.map((other) => other.drain()))
  expect(others.flatMap(({ mails }) => mails)).toHaveLength(1)
  expect(await worker.count('score_history', "kind = 'fit'")).toBe(1)
})

test('while the queue takes nothing the sweep does the work itself', async () => {
  const by = deaf()
  await ask(by, org.owner.email)
  await by.request('POST', '/api/partners', { body: acme(), cookie: org.owner.cookie })
  await sweepAt(0, by)
  expect(by.mails).toHaveLength(1)
  expect(await worker.count('partners', 'score_due_at <= ?', Date.now())).toBe(0)
})

test('one kind of work that fails does not keep the sweep from the others', async () => {
  const by = deaf()
  await ask(by, org.owner.email)
  await by.request('POST', '/api/partners', { body: acme(), cookie: org.owner.cookie })
  // The first round trip finds what is due, the second takes the mail; then D1 is back.
  by.env.DB = failing(env.DB, (n) => (n === 2 ? { when: 'before', message: LOST } : null))
  await sweepAt(0, by)
  expect(await worker.count('partners', 'score_due_at <= ?', Date.now())).toBe(0)
  await sweepAt(0, by)
  expect(by.mails).toHaveLength(1)
})

test('what somebody holds is left alone until their lease ends', async () => {
  await ask(worker, org.owner.email)
  await plantPartners(org, [{ name: 'Held' }])
  worker.queued.splice(0)
  const until = Date.now() + 30_000
  await env.DB.batch([
    env.DB.prepare('update deliveries set lease_until = ?').bind(until),
    env.DB.prepare('update partners set score_lease_until = ?').bind(until),
  ])
  await sweepAt()
  expect(worker.queued).toEqual([])
  await sweepAt(31_000)
  expect(worker.queued).toHaveLength(2)
})

test('a sweep announces 5,000 partners at most, the longest due first, in messages of 100', async () => {
  const other = await plantOrganization(worker)
  await plantPartners(
    org,
    Array.from({ length: 5_120 }, (_, at) => ({ name: `Many ${at}` })),
  )
  await plantPartners(other, [{ name: 'Few' }])
  await env.DB.prepare('update partners set score_due_at = 1 where org_id = ?').bind(org.id).run()
  await sweepAt()
  const sizes = worker.queued.map((job) =>
    job.kind === 'score-partners' ? [job.orgId, job.partnerIds.length] : [],
  )
  expect(sizes.toSorted()).toEqual(
    [[other.id, 1], ...Array.from({ length: 50 }, (_, at) => [org.id, at < 49 ? 100 : 99])].toSorted(),
  )
  worker.queued.splice(0)
})

test('a minute that was skipped, or came twice, changes nothing', async () => {
  await ask(worker, org.owner.email)
  worker.queued.splice(0)
  await sweepAt(3_000_000)
  await sweepAt(3_000_000)
  expect(worker.queued).toHaveLength(2)
  const mails = worker.mails.length
  await worker.drain()
  expect(worker.mails).toHaveLength(mails + 1)
})

test('rows that nobody will ask for again are forgotten, and no others', async () => {
  const live = await openSession(worker, org.owner.email)
  await openSession(worker, org.owner.email, Date.now() - 1)
  const key = fresh('key')
  await worker.request('POST', '/api/partners', {
    body: acme(),
    cookie: org.owner.cookie,
    headers: { 'Idempotency-Key': key },
  })
  await ask(worker, org.owner.email)
  await worker.drain()
  const rows = async () => [
    await worker.count('sessions', 'user_id = (select id from users where email = ?)', org.owner.email),
    await worker.count('idempotency_keys', 'key = ?', key),
    await worker.count('limits'),
    await worker.count('mail_links', 'email = ?', org.owner.email),
    await worker.count('deliveries', 'recipient = ?', org.owner.email),
  ]
  await sweepAt()
  expect(await rows()).toEqual([2, 1, 2, 1, 1])
  expect((await worker.request('GET', '/api/me', { cookie: live })).status).toBe(200)
  await sweepAt(DAY_MS - 60_000)
  expect((await rows()).slice(1)).toEqual([1, 2, 1, 1])
  await sweepAt(DAY_MS + 60_000)
  expect((await rows()).slice(1)).toEqual([0, 0, 1, 1])
  await sweepAt(31 * DAY_MS)
  expect(await rows()).toEqual([0, 0, 0, 0, 0])
})
