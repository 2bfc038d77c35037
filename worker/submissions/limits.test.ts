import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import {
  application,
  apply,
  applyByPage,
  formToken,
  type PlantedForm,
  plantForm,
} from '#worker/testing/forms.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { askedAbout, publish } from '#worker/testing/outside/internet.ts'
import type { Answer } from '#worker/testing/outside/wire.ts'
import { address, type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})
afterEach(() => {
  vi.useRealTimers()
})

let serial = 0
/** Something that nobody has sent before. */
const send = async (form: PlantedForm, from: string, by = worker) =>
  apply(by, form, await application(by, form, { company: `No ${++serial}` }), {
    headers: { 'CF-Connecting-IP': from },
  })
const stored = ({ id }: PlantedForm) => worker.count('submissions', 'form_id = ?', id)

test('ten a minute from one place to one form; another form and another place go on', async () => {
  const [form, other] = [await plantForm(org), await plantForm(org)]
  const here = '2001:db8:77:1::'
  const all = await Promise.all(Array.from({ length: 15 }, (_, at) => send(form, `${here}${at + 1}`)))
  expect(all.filter(({ status }) => status === 201)).toHaveLength(10)
  const refused = all.find(({ status }) => status === 429)
  const wait = Number(refused?.headers.get('Retry-After'))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(60)
  expect(await stored(form)).toBe(10)
  expect((await send(other, `${here}1`)).status).toBe(201)
  expect((await send(form, '2001:db8:77:2::1')).status).toBe(201)
})

test('a hundred an hour from one place to one form', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  const form = await plantForm(org)
  const here = address()
  for (let minute = 0; minute < 10; minute++) {
    for (let n = 0; n < 10; n++) expect((await send(form, here)).status).toBe(201)
    vi.setSystemTime(Date.now() + 61_000)
  }
  const refused = await send(form, here)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(2_900)
  vi.setSystemTime(Date.now() + 3_000_000)
  expect((await send(form, here)).status).toBe(201)
})

test('no address of an applicant is kept', async () => {
  const form = await plantForm(org)
  await send(form, '198.51.100.77')
  const { results } = await env.DB.prepare('select * from submit_tries').all()
  expect(JSON.stringify(results)).not.toContain('198.51.100')
})

test('a try that was refused counts for nothing, and an earlier one is answered again beyond the limit', async () => {
  const form = await plantForm(org)
  const headers = { 'CF-Connecting-IP': address(), 'Idempotency-Key': crypto.randomUUID() }
  const body = await application(worker, form)
  await apply(worker, form, body, { headers })
  for (let n = 0; n < 9; n++) await send(form, headers['CF-Connecting-IP'])
  expect((await send(form, headers['CF-Connecting-IP'])).status).toBe(429)
  expect((await apply(worker, form, body, { headers })).headers.get('Idempotency-Replayed')).toBe('true')
})

test('a clock that runs five minutes ahead, or back, locks nobody out', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 300_000 })
  const form = await plantForm(org)
  const here = address()
  for (let n = 0; n < 10; n++) await send(form, here)
  vi.setSystemTime(Date.now() - 300_000)
  expect((await send(form, here)).status).toBe(201)
})

test('a form takes so many a day, and says so; tomorrow it takes more', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 5, 1, 23, 0) })
  const form = await plantForm(org, { daily_cap: 3 })
  const all = []
  for (let n = 0; n < 4; n++) all.push(await send(form, address()))
  expect(all.map(({ status }) => status)).toEqual([201, 201, 201, 429])
  expect(all[3]?.headers.get('Retry-After')).toBe('3600')
  expect(await all[3]?.json()).toMatchObject({ detail: expect.stringContaining('today') })
  vi.setSystemTime(Date.UTC(2026, 5, 2, 0, 0, 1))
  expect((await send(form, address())).status).toBe(201)
})

test('no cap is no cap', async () => {
  const form = await plantForm(org, { daily_cap: 0 })
  for (let n = 0; n < 5; n++) expect((await send(form, address())).status).toBe(201)
})

const suspicionsOf = async ({ id }: PlantedForm) =>
  env.DB.prepare('select suspected, suspicions from submissions where form_id = ?').bind(id).first()

test.each<[string, Record<string, unknown>, string[]]>([
  ['fills in what people do not see', { trap: 'http://spam.example' }, ['trap']],
  ['sends within seconds', { seconds: 1.2 }, ['too-fast']],
  ['takes its time', { seconds: 3 }, []],
])('who %s is looked at twice, never refused', async (_, fields, suspicions) => {
  const form = await plantForm(org, { emails: '["one@vendor.example"]' })
  const response = await apply(worker, form, { ...(await application(worker, form)), ...fields })
  expect(response.status).toBe(201)
  const suspected = suspicions.length > 0
  expect(await suspicionsOf(form)).toEqual({
    suspected: Number(suspected),
    suspicions: JSON.stringify(suspicions),
  })
  const alerts = await worker.count(
    'deliveries',
    'submission_id in (select id from submissions where form_id = ?)',
    form.id,
  )
  expect(alerts).toBe(suspected ? 0 : 1)
})

test('a form that was open for more than two days is taken, and looked at twice', async () => {
  const form = await plantForm(org)
  const token = await formToken(worker, form, 1, Date.now() - 50 * 3_600_000)
  await applyByPage(worker, form, { 'a.company': 'Newco', 'g.terms': 'on', token })
  expect(await suspicionsOf(form)).toMatchObject({ suspicions: '["old-token"]' })
})

test('a token of another form, version or nobody is refused at its field', async () => {
  const [form, other] = [await plantForm(org), await plantForm(org)]
  const body = await application(worker, form)
  const signed = await formToken(worker, form)
  const tokens = [
    '',
    'x',
    signed.replace('1.', '2.'),
    `${signed.slice(0, -1)}_`,
    await formToken(worker, other),
    await formToken(worker, form, 9),
  ]
  for (const token of tokens) {
    const response = await apply(worker, form, { ...body, token })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/token' }] })
  }
  expect(await stored(form)).toBe(0)
})

const VERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'
const guarded = new TestWorker({ TURNSTILE_SITE_KEY: 'site', TURNSTILE_SECRET_KEY: 'secret' })
const says = (body: unknown, more: Answer = {}): Answer => ({ ...more, body: JSON.stringify(body) })

test.each<[string, Answer, string | undefined, string[]]>([
  ['vouches', says({ success: true }), 'a', []],
  ['refuses', says({ success: false, 'error-codes': ['invalid-input-response'] }), 'b', ['refused']],
  ['was not asked by the page', says({ success: true }), undefined, ['refused']],
  ['is broken', says({ success: false, 'error-codes': ['internal-error'] }), 'c', ['unverified']],
  ['is down', { status: 500 }, 'd', ['unverified']],
  ['talks nonsense', { body: '<html>' }, 'e', ['unverified']],
  ['says nothing', { waits: 30_000 }, 'f', ['unverified']],
])('when Turnstile %s, the application is stored', async (_, answer, turnstile, suspicions) => {
  await publish({ answers: { [VERIFY]: answer } })
  const form = await plantForm(org)
  const body = { ...(await application(guarded, form)), ...(turnstile && { turnstile }) }
  expect((await apply(guarded, form, body)).status).toBe(201)
  expect(await suspicionsOf(form)).toMatchObject({ suspicions: JSON.stringify(suspicions) })
})

test('a try that was stored is answered without asking Turnstile again', async () => {
  await publish({ answers: { [VERIFY]: says({ success: true }) } })
  const form = await plantForm(org)
  const body = { ...(await application(guarded, form)), turnstile: crypto.randomUUID() }
  const headers = { 'Idempotency-Key': crypto.randomUUID(), 'CF-Connecting-IP': address() }
  await apply(guarded, form, body, { headers })
  const asked = async () => (await askedAbout(VERIFY)).filter((each) => each.body?.includes(body.turnstile))
  expect(await asked()).toHaveLength(1)
  expect((await asked())[0]?.body).toMatch(/"idempotency_key":"[0-9a-f-]{36}"/)
  await publish({ answers: { [VERIFY]: says({ success: false, 'error-codes': ['timeout-or-duplicate'] }) } })
  expect((await apply(guarded, form, body, { headers })).headers.get('Idempotency-Replayed')).toBe('true')
  expect(await asked()).toHaveLength(1)
})
