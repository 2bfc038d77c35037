import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { failing, LOST, refusing } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(() => {
  worker.skew = 0
})
afterEach(() => {
  vi.useRealTimers()
})

/** An invitation that waits to be delivered: its address, its delivery and the message that says so. */
async function invitation() {
  const email = `${fresh('invited')}@vendor.example`
  await worker.request('POST', '/api/members', {
    body: { email, role: 'viewer' },
    cookie: org.owner.cookie,
  })
  return { email, message: worker.queued.pop(), id: await deliveryOf(email) }
}
const deliveryOf = (email: string) =>
  env.DB.prepare('select id from deliveries where recipient = ?').bind(email).first<string>('id')
const stateOf = (email: string) =>
  env.DB.prepare(
    `select state, attempts, next_try_at as next, lease_until as lease, last_error as error, done_at as done
      from deliveries where recipient = ?`,
  )
    .bind(email)
    .first<{
      state: string
      attempts: number
      next: number
      lease: number
      error: string | null
      done: number | null
    }>()
const mailsTo = (email: string, by = worker) => by.mails.filter(({ to }) => to === email)
/** A provider that answers each call as `answer` says; undefined is a success. */
function providerThat(answer: (call: number) => unknown) {
  const calls: unknown[] = []
  const by = new TestWorker({
    EMAIL: {
      send: async (message) => {
        calls.push(message)
        const refusal = answer(calls.length)
        if (refusal !== undefined) throw refusal
        return { messageId: 'sent' }
      },
    },
  })
  return { by, calls }
}
const withCode = (code: string) => Object.assign(new Error('to ada@secret.example: refused'), { code })
const away = () => new TestWorker({ DB: failing(env.DB, () => ({ when: 'before', message: LOST })) })

test('a delivery is one mail, however often its message comes', async () => {
  const { email, message } = await invitation()
  await worker.deliver([message, message])
  await worker.deliver([message])
  expect(mailsTo(email)).toHaveLength(1)
  expect(await stateOf(email)).toMatchObject({ state: 'done', attempts: 1, lease: 0, error: null })
  expect((await stateOf(email))?.done).not.toBeNull()
})

test('two consumers at once send one mail', async () => {
  const { email, message } = await invitation()
  const others = Array.from({ length: 5 }, () => new TestWorker())
  await Promise.all(others.map((other) => other.deliver([message])))
  expect(others.flatMap((other) => mailsTo(email, other))).toHaveLength(1)
})

test('a provider that is down is asked twelve times within a day, and then no more', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const { email, message } = await invitation()
  const { by, calls } = providerThat(() => new Error('down'))
  const waits = []
  for (let tries = 1; tries <= 12; tries++) {
    await by.deliver([message])
    const { state, attempts, next, error } = (await stateOf(email)) ?? {}
    expect([state, attempts, error]).toEqual([tries < 12 ? 'pending' : 'failed', tries, 'failed'])
    waits.push(((next ?? 0) - Date.now()) / 1_000)
    await by.deliver([message])
    vi.setSystemTime(tries < 12 ? (next ?? 0) : Date.now() + 86_400_000)
  }
  expect(calls).toHaveLength(12)
  expect(waits.slice(0, 11)).toEqual([10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800])
  await by.deliver([message])
  expect(calls).toHaveLength(12)
})

test('a mail that the provider takes at the third try is sent once', async () => {
  const { email, message } = await invitation()
  const { by, calls } = providerThat((call) => (call < 3 ? withCode('E_RATE_LIMIT_EXCEEDED') : undefined))
  for (const skew of [0, 11_000, 42_000, 103_000]) {
    by.skew = skew
    await by.deliver([message])
  }
  expect(calls).toHaveLength(3)
  expect(new Set(calls.map((call) => JSON.stringify(call))).size).toBe(1)
  expect(await stateOf(email)).toMatchObject({ state: 'done', attempts: 3, error: null })
})

test.each(['E_RECIPIENT_SUPPRESSED', 'E_RECIPIENT_NOT_ALLOWED', 'E_VALIDATION_ERROR', 'E_CONTENT_TOO_LARGE'])(
  'what no other try can mend fails at once: %s',
  async (code) => {
    const { email, message } = await invitation()
    const { by, calls } = providerThat(() => withCode(code))
    await by.deliver([message])
    by.skew = 86_400_000
    await by.deliver([message])
    expect(calls).toHaveLength(1)
    expect(await stateOf(email)).toMatchObject({ state: 'failed', attempts: 1, error: code })
  },
)

test('what the provider says is kept by its code, never by its text', async () => {
  const { message } = await invitation()
  await providerThat(() => withCode('E_DELIVERY_FAILED')).by.deliver([message])
  const { message: second } = await invitation()
  await providerThat(() => new TypeError('ada@secret.example is unreachable')).by.deliver([second])
  expect((await dump()).get('deliveries')).not.toContain('secret.example')
})

test('a provider that never answers is given up on after ten seconds, and asked again later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { email, message } = await invitation()
  const called = Promise.withResolvers<void>()
  const silent = new TestWorker({
    EMAIL: {
      send: () => {
        called.resolve()
        return new Promise(() => {})
      },
    },
  })
  const delivered = silent.deliver([message])
  await called.promise
  vi.advanceTimersByTime(9_999)
  expect(await stateOf(email)).toMatchObject({ state: 'pending', lease: expect.any(Number), error: null })
  vi.advanceTimersByTime(1)
  await delivered
  expect(await stateOf(email)).toMatchObject({ state: 'pending', attempts: 1, lease: 0, error: 'timeout' })
})

test('a consumer that dies before the provider answers loses nothing', async () => {
  const { email, message } = await invitation()
  const dying = new TestWorker({
    DB: failing(env.DB, (n) => (n > 1 ? { when: 'before', message: 'died' } : null)),
  })
  await dying.deliver([message])
  expect(mailsTo(email, dying)).toHaveLength(0)
  worker.skew = 61_000
  await worker.deliver([message])
  expect(mailsTo(email)).toHaveLength(1)
  expect(await stateOf(email)).toMatchObject({ state: 'done' })
})

test('a consumer that dies between provider and record costs one mail more at most', async () => {
  const { email, message } = await invitation()
  const dying = new TestWorker({
    DB: failing(env.DB, (n) => (n === 3 ? { when: 'before', message: 'died' } : null)),
  })
  await dying.deliver([message])
  expect(mailsTo(email, dying)).toHaveLength(1)
  for (const skew of [0, 30_000, 61_000, 61_000, 200_000]) {
    worker.skew = skew
    await worker.deliver([message])
  }
  expect(mailsTo(email)).toHaveLength(1)
  expect(mailsTo(email)[0]).toEqual(mailsTo(email, dying)[0])
})

test('a record whose answer was lost on the way counts', async () => {
  const { email, message } = await invitation()
  const unlucky = new TestWorker({
    DB: failing(env.DB, (n) => (n === 3 ? { when: 'after', message: LOST } : null)),
  })
  await unlucky.deliver([message])
  worker.skew = 61_000
  await worker.deliver([message])
  expect([...mailsTo(email, unlucky), ...mailsTo(email)]).toHaveLength(1)
})

test('a failure that is recorded late does not end the lease of the next try', async () => {
  const { email, message } = await invitation()
  const { by } = providerThat(() => new Error('down'))
  by.env.DB = failing(env.DB, async (n) => {
    if (n !== 3) return null
    // Meanwhile the lease has run out, and a second consumer stands where this one does.
    const second = new TestWorker({
      DB: failing(env.DB, (m) => (m === 3 ? { when: 'before', message: 'slow' } : null)),
    })
    second.skew = 61_000
    await second.deliver([message])
    expect(mailsTo(email, second)).toHaveLength(1)
    return null
  })
  await by.deliver([message])
  const { state, attempts, lease } = (await stateOf(email)) ?? {}
  expect([state, attempts]).toEqual(['pending', 2])
  expect(lease).toBeGreaterThan(Date.now() + 61_000)
})

test('a letter that cannot be written now waits for the next try, and letters of other kinds go out', async () => {
  const [{ email, message }, other] = [await invitation(), await invitation()]
  await env.DB.prepare("update deliveries set purpose = 'of-tomorrow' where id = ?").bind(other.id).run()
  await worker.deliver([message, other.message])
  expect(mailsTo(email)).toHaveLength(1)
  expect(await stateOf(other.email)).toMatchObject({
    state: 'pending',
    attempts: 1,
    error: 'unknown_purpose',
  })
  const third = await invitation()
  const unreadable = new TestWorker({ DB: refusing(env.DB, (query) => query.includes('from mail_links l')) })
  await unreadable.deliver([third.message])
  expect(await stateOf(third.email)).toMatchObject({ state: 'pending', attempts: 1, error: 'Error:D1_ERROR' })
  worker.skew = 11_000
  await worker.deliver([third.message])
  expect(mailsTo(third.email)).toHaveLength(1)
})

test('a link that is void by the time its mail would go out is not mailed', async () => {
  const { email, message } = await invitation()
  await env.DB.prepare('update mail_links set expires_at = 0 where email = ?').bind(email).run()
  await worker.deliver([message])
  expect(mailsTo(email)).toHaveLength(0)
  expect(await stateOf(email)).toMatchObject({ state: 'done' })
})

test('an organisation that is deleted while its mail waits sends none', async () => {
  const gone = await plantOrganization(worker)
  const email = `${fresh('late')}@vendor.example`
  await worker.request('POST', '/api/members', { body: { email, role: 'viewer' }, cookie: gone.owner.cookie })
  const neighbour = await invitation()
  await env.DB.prepare('delete from organizations where id = ?').bind(gone.id).run()
  await worker.deliver([worker.queued.pop(), neighbour.message])
  expect(mailsTo(email)).toHaveLength(0)
  expect(mailsTo(neighbour.email)).toHaveLength(1)
})

test('while D1 is away nothing is sent and nothing changes', async () => {
  const { email, message } = await invitation()
  const before = await dump()
  const by = away()
  await by.deliver([message])
  expect(mailsTo(email, by)).toHaveLength(0)
  expect(changedTables(before, await dump())).toEqual([])
})
