import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { application, apply, deliveriesOf, plantForm, plantWebhook } from '#worker/testing/forms.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { askedAbout, publish } from '#worker/testing/outside/internet.ts'
import type { Answer } from '#worker/testing/outside/wire.ts'
import { enlist, type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
let cookie: string

beforeAll(async () => {
  org = await plantOrganization(worker)
  cookie = (await enlist(worker, org, 'manager')).cookie
})
beforeEach(async () => {
  // What earlier tests left waiting is not this one's.
  await env.DB.exec("update deliveries set state = 'done' where state = 'pending'")
  worker.queued.length = 0
  worker.mails.length = 0
  worker.skew = 0
})
afterEach(() => {
  vi.useRealTimers()
})

const resend = (id: string | undefined, by = cookie) =>
  worker.request('POST', `/api/deliveries/${id}/resend`, { cookie: by })

test('an alert that failed or arrived is sent again with all its tries, and the submission remembers', async () => {
  const form = await plantForm(org)
  const hook = await plantWebhook(worker, form)
  await publish({ answers: { [hook]: { status: 404 } } })
  const { id } = await (await apply(worker, form, await application(worker, form))).json<{ id: string }>()
  await worker.drain()
  const [failed] = await deliveriesOf(form)
  expect(failed).toMatchObject({ state: 'failed', attempts: 1 })
  await publish({ answers: { [hook]: {} } })
  worker.skew = 2_000
  expect((await resend(failed?.id)).status).toBe(202)
  expect((await deliveriesOf(form))[0]).toMatchObject({ state: 'pending', attempts: 0, error: null })
  expect((await resend(failed?.id)).status).toBe(202)
  await worker.drain()
  expect((await deliveriesOf(form))[0]).toMatchObject({ state: 'done', attempts: 1 })
  expect(await askedAbout(hook)).toHaveLength(2)
  expect((await resend(failed?.id)).status).toBe(202)
  const { results } = await env.DB.prepare(
    'select kind, actor_name from submission_events where submission_id = ?',
  )
    .bind(id)
    .all()
  expect(results).toEqual([
    { kind: 'resent', actor_name: 'Some manager' },
    { kind: 'resent', actor_name: 'Some manager' },
  ])
  expect(await worker.count('audit_log', "target_id = ? and action = 'delivery.resend'", failed?.id)).toBe(2)
})

test('only alerts are sent again, and only by those who may', async () => {
  const { cookie: viewer } = await enlist(worker, org, 'viewer')
  const form = await plantForm(org, { emails: '["one@vendor.example"]' })
  await apply(worker, form, await application(worker, form))
  await worker.drain()
  const [alert] = await deliveriesOf(form)
  expect((await resend(alert?.id, viewer)).status).toBe(403)
  await worker.request('POST', '/api/members', {
    body: { email: 'invited@vendor.example', role: 'viewer' },
    cookie: org.owner.cookie,
  })
  const invitation = await env.DB.prepare(
    "select id from deliveries where recipient = 'invited@vendor.example'",
  ).first<string>('id')
  expect((await resend(invitation ?? undefined)).status).toBe(404)
})

const tryOut = (id: string, channel: string) =>
  worker.request('POST', `/api/forms/${id}/test-notification`, { body: { channel }, cookie })

test('a test mail goes to every address of the form', async () => {
  const form = await plantForm(org, { emails: '["one@vendor.example","two@vendor.example"]' })
  expect(await (await tryOut(form.id, 'email')).json()).toEqual({
    ok: true,
    detail: 'The mail provider took 2 mails.',
  })
  expect(worker.mails.map(({ to }) => to)).toEqual(['one@vendor.example', 'two@vendor.example'])
  expect(worker.mails[0]?.subject).toMatch(/^Test: /)
})

test('a test mail that the provider refuses says whose and why', async () => {
  const send = async () =>
    Promise.reject(Object.assign(new Error('secret'), { code: 'E_RECIPIENT_SUPPRESSED' }))
  const refusing = new TestWorker({ EMAIL: { send } })
  const form = await plantForm(org, { emails: '["one@vendor.example"]' })
  const response = await refusing.request('POST', `/api/forms/${form.id}/test-notification`, {
    body: { channel: 'email' },
    cookie,
  })
  expect(await response.json()).toEqual({
    ok: false,
    detail: 'one@vendor.example: the mail provider answered E_RECIPIENT_SUPPRESSED.',
  })
})

test.each<[Answer, boolean, RegExp]>([
  [{ body: 'ok' }, true, /^Slack took the message\.$/],
  [{ status: 404, body: 'no_team' }, false, /404/],
  [{ status: 403 }, false, /403/],
  [{ status: 429, headers: { 'Retry-After': '5' } }, false, /429/],
  [{ status: 500 }, false, /500/],
  [{ status: 301, headers: { Location: 'https://evil.example/' } }, false, /301/],
])('a test of Slack tells what Slack really answered: %j', async (answer, ok, detail) => {
  const form = await plantForm(org)
  const hook = await plantWebhook(worker, form)
  await publish({ answers: { [hook]: answer } })
  const result = await (await tryOut(form.id, 'slack')).json<{ ok: boolean; detail: string }>()
  expect(result).toEqual({ ok, detail: expect.stringMatching(detail) })
  expect(result.detail).not.toContain('no_team')
  expect(await askedAbout(hook)).toHaveLength(1)
})

test('a test without a target says what to do, and five a minute are enough', async () => {
  const form = await plantForm(org)
  const all = []
  for (let n = 0; n < 6; n++) all.push(await tryOut(form.id, n % 2 ? 'slack' : 'email'))
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
  expect(await all[0]?.json()).toEqual({ ok: false, detail: 'Add an e-mail address first.' })
})

test('a form that tells once a day tells at nine, of all that came since, each target once', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24, 10) })
  const form = await plantForm(org, { rhythm: 'daily', emails: '["one@vendor.example"]' })
  const hook = await plantWebhook(worker, form)
  for (const company of ['First', 'Second & Co <b>'])
    await apply(worker, form, await application(worker, form, { company }))
  await apply(worker, form, { ...(await application(worker, form, { company: 'Spam' })), trap: 'x' })
  expect(await deliveriesOf(form)).toEqual([])
  await worker.sweep()
  expect(worker.queued).toEqual([])
  vi.setSystemTime(Date.UTC(2026, 10, 25, 9, 0, 30))
  await Promise.all([worker.sweep(), worker.sweep()])
  await worker.sweep()
  await worker.drain()
  expect(worker.mails).toHaveLength(1)
  expect(worker.mails[0]).toMatchObject({
    to: 'one@vendor.example',
    subject: '2 applications to Become a partner',
  })
  expect(worker.mails[0]?.text).toContain('Second & Co <b>')
  expect(worker.mails[0]?.html).toContain('Second &amp; Co &lt;b&gt;')
  expect(worker.mails[0]?.text).not.toContain('Spam')
  expect(await askedAbout(hook)).toHaveLength(1)
  vi.setSystemTime(Date.UTC(2026, 10, 26, 9, 0, 30))
  await worker.sweep()
  await worker.drain()
  expect(worker.mails).toHaveLength(1)
  await apply(worker, form, await application(worker, form, { company: 'Third' }))
  vi.setSystemTime(Date.UTC(2026, 10, 27, 9, 1))
  await worker.sweep()
  await worker.drain()
  expect(worker.mails[1]).toMatchObject({ subject: '1 application to Become a partner' })
})

test('a summary whose applications are gone is not sent', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24, 10) })
  const form = await plantForm(org, { rhythm: 'daily', emails: '["one@vendor.example"]' })
  await apply(worker, form, await application(worker, form))
  await env.DB.prepare('delete from submissions where form_id = ?').bind(form.id).run()
  vi.setSystemTime(Date.UTC(2026, 10, 25, 9, 1))
  await worker.sweep()
  await worker.drain()
  expect(worker.mails).toEqual([])
})

test('what looks like spam goes after thirty days, with a trace; nothing else does', async () => {
  const form = await plantForm(org)
  const { id } = await (await apply(worker, form, { ...(await application(worker, form)), trap: 'x' })).json<{
    id: string
  }>()
  await apply(worker, form, await application(worker, form))
  worker.skew = 29 * 86_400_000
  await worker.sweep()
  expect(await worker.count('submissions', 'form_id = ?', form.id)).toBe(2)
  worker.skew = 31 * 86_400_000
  await worker.sweep()
  await worker.sweep()
  expect(await worker.count('submissions', 'form_id = ? and suspected = 0', form.id)).toBe(1)
  expect(await worker.count('submissions', 'id = ?', id)).toBe(0)
  expect(await worker.count('audit_log', "target_id = ? and action = 'submission.expire'", id)).toBe(1)
  expect(await worker.count('submit_tries')).toBe(0)
})
