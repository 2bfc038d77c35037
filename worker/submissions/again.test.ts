import { env } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { BROKEN, failing, LOST } from '#worker/testing/faults.ts'
import {
  application,
  apply,
  formToken,
  type PlantedForm,
  plantForm,
  plantVersion,
} from '#worker/testing/forms.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { address, type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const TWO = { emails: '["one@vendor.example","two@vendor.example"]' }
const stored = ({ id }: PlantedForm) => worker.count('submissions', 'form_id = ?', id)
const alerts = ({ id }: PlantedForm) =>
  worker.count('deliveries', 'submission_id in (select id from submissions where form_id = ?)', id)
const keyed = (key = crypto.randomUUID()) => ({ headers: { 'Idempotency-Key': key } })
const idOf = async (response: Response) => (await response.json<{ id: string }>()).id

test('the same key and application again is the first answer again, and tells nobody twice', async () => {
  const form = await plantForm(org, TWO)
  const [body, key] = [await application(worker, form), keyed()]
  const first = await apply(worker, form, body, key)
  expect(first.headers.has('Idempotency-Replayed')).toBe(false)
  worker.queued.length = 0
  const again = await apply(worker, form, body, key)
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect(await idOf(again)).toBe(await idOf(first))
  expect([await stored(form), await alerts(form), worker.queued]).toEqual([1, 2, []])
})

test('fifty tries of one key at once are one application', async () => {
  const form = await plantForm(org, TWO)
  const [body, key] = [await application(worker, form), keyed()]
  const from = { headers: { ...key.headers, 'CF-Connecting-IP': address() } }
  const all = await Promise.all(Array.from({ length: 50 }, () => apply(worker, form, body, from)))
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(await Promise.all(all.map(idOf))).size).toBe(1)
  expect(all.filter(({ headers }) => !headers.has('Idempotency-Replayed'))).toHaveLength(1)
  expect([await stored(form), await alerts(form)]).toEqual([1, 2])
})

test('a key that was used for another application is refused', async () => {
  const form = await plantForm(org)
  const key = keyed()
  await apply(worker, form, await application(worker, form), key)
  const response = await apply(worker, form, await application(worker, form, { company: 'Other' }), key)
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ type: '/problems/idempotency-key' })
  expect(await stored(form)).toBe(1)
})

test('a key counts for its form alone', async () => {
  const [one, other] = [await plantForm(org), await plantForm(org)]
  const key = keyed()
  const ids = [
    await idOf(await apply(worker, one, await application(worker, one), key)),
    await idOf(await apply(worker, other, await application(worker, other), key)),
  ]
  expect(new Set(ids).size).toBe(2)
})

test('a key of an application that was refused is free', async () => {
  const form = await plantForm(org)
  const key = keyed()
  expect((await apply(worker, form, await application(worker, form, { company: '' }), key)).status).toBe(422)
  expect((await apply(worker, form, await application(worker, form), key)).status).toBe(201)
})

test('without a key, the same from the same place within ten minutes is one; from another it is not', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 600_000) * 600_000 - 1_000 })
  const form = await plantForm(org)
  const body = await application(worker, form)
  const here = { headers: { 'CF-Connecting-IP': '2001:db8:1:2:aaaa::1' } }
  await apply(worker, form, body, here)
  vi.setSystemTime(Date.now() + 2_000)
  const again = await apply(worker, form, body, { headers: { 'CF-Connecting-IP': '2001:db8:1:2:bbbb::9' } })
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  expect(await stored(form)).toBe(1)
  await apply(worker, form, body)
  expect(await stored(form)).toBe(2)
  vi.setSystemTime(Date.now() + 1_200_000)
  await apply(worker, form, body, here)
  expect(await stored(form)).toBe(3)
  vi.useRealTimers()
})

test('an application is judged as the version that the applicant saw, while the form is published', async () => {
  const form = await plantForm(org)
  const body = await application(worker, form)
  await plantVersion(form, 2, [
    {
      id: 's1',
      kind: 'fields',
      title: 'New',
      questions: [{ id: 'vat', type: 'text', label: 'VAT', required: true }],
    },
  ])
  await env.DB.prepare('update forms set version = 2, published_version = 2 where id = ?').bind(form.id).run()
  expect((await apply(worker, form, body)).status).toBe(201)
  const token = await formToken(worker, form, 2)
  expect((await apply(worker, form, { ...body, token })).status).toBe(422)
  expect((await apply(worker, form, { answers: { vat: '1' }, agreements: [], token })).status).toBe(201)
  const versions = await env.DB.prepare('select form_version from submissions where form_id = ? order by id')
    .bind(form.id)
    .all()
  expect(versions.results.map(({ form_version }) => form_version)).toEqual([1, 2])
})

test.each([
  ['was closed', "update forms set state = 'closed' where id = ?", 410, '/problems/closed'],
  ['is a draft again', "update forms set state = 'draft' where id = ?", 404, '/problems/not-found'],
  [
    'is not shared any more',
    `update forms set share = '{"public":false,"embed":false,"sites":[]}' where id = ?`,
    404,
    '/problems/not-found',
  ],
  ['was deleted', 'delete from forms where id = ?', 404, '/problems/not-found'],
])(
  'a form that %s between opening and sending takes nothing, whatever is remembered of it',
  async (_, query, status, type) => {
    const form = await plantForm(org)
    const key = keyed()
    const body = await application(worker, form)
    await apply(worker, form, body, key)
    await env.DB.prepare(query).bind(form.id).run()
    const response = await apply(worker, form, { ...body, answers: { company: 'Late' } })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ type })
    expect(await worker.count('submissions', "form_id = ? and company_name = 'Late'", form.id)).toBe(0)
  },
)

test('what was stored before a form was closed is answered again', async () => {
  const form = await plantForm(org)
  const [key, body] = [keyed(), await application(worker, form)]
  const first = await idOf(await apply(worker, form, body, key))
  await env.DB.prepare("update forms set state = 'closed' where id = ?").bind(form.id).run()
  expect(await idOf(await apply(worker, form, body, key))).toBe(first)
})

test('a form that was opened again takes applications at once', async () => {
  const form = await plantForm(org, { state: 'closed' })
  const body = await application(worker, form)
  expect((await apply(worker, form, body)).status).toBe(410)
  await env.DB.prepare("update forms set state = 'published' where id = ?").bind(form.id).run()
  expect((await apply(worker, form, body)).status).toBe(201)
})

test('when the queue takes no message, the application is stored and the sweep tells of it', async () => {
  const broken = async () => Promise.reject(new Error('queue down'))
  const deaf = new TestWorker({ JOBS: { ...worker.env.JOBS, send: broken } })
  const form = await plantForm(org, TWO)
  const response = await apply(deaf, form, await application(deaf, form))
  expect(response.status).toBe(201)
  const id = await idOf(response)
  await worker.sweep()
  await worker.drain()
  expect(worker.mails.filter(({ text }) => text.includes(id))).toHaveLength(2)
})

test('a database that is away stores nothing, and asks to come again', async () => {
  const form = await plantForm(org, TWO)
  const away = new TestWorker({ DB: failing(env.DB, () => ({ when: 'before', message: LOST })) })
  const [body, key] = [await application(worker, form), keyed()]
  const response = await apply(away, form, body, key)
  expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '2'])
  expect(await stored(form)).toBe(0)
  expect((await apply(worker, form, body, key)).status).toBe(201)
})

test('an answer that is lost on its way back is given to the next try', async () => {
  const form = await plantForm(org, TWO)
  const [body, key] = [await application(worker, form), keyed()]
  await apply(worker, form, await application(worker, form, { company: 'Warm' }))
  const losing = new TestWorker({
    DB: failing(env.DB, (n) => (n === 1 ? { when: 'after', message: LOST } : null)),
  })
  expect((await apply(losing, form, body, key)).status).toBe(503)
  const again = await apply(worker, form, body, key)
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect([await stored(form), await alerts(form)]).toEqual([2, 4])
})

test.each([1, 2, 3, 4, 5, 6])('when statement %i fails, nothing is left of any other', async (statement) => {
  const form = await plantForm(org, TWO)
  await apply(worker, form, await application(worker, form, { company: 'Warm' }))
  const [body, before] = [await application(worker, form), await dump()]
  const broken = new TestWorker({ DB: failing(env.DB, () => ({ when: 'at', statement })) })
  expect((await apply(broken, form, body)).status).toBe(500)
  expect(changedTables(before, await dump())).toEqual([])
})

test('what is broken in the database is not told to applicants', async () => {
  const form = await plantForm(org)
  const broken = new TestWorker({ DB: failing(env.DB, () => ({ when: 'before', message: BROKEN })) })
  const response = await apply(broken, form, await application(worker, form))
  expect(response.status).toBe(500)
  expect(await response.text()).not.toMatch(/secret_column|select|D1_/)
})
