import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import injection from '#worker/testing/corpora/notify_injection.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { dump } from '#worker/testing/dump.ts'
import {
  application,
  apply,
  deliveriesOf,
  type PlantedForm,
  plantForm,
  plantWebhook,
} from '#worker/testing/forms.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { askedAbout, publish } from '#worker/testing/outside/internet.ts'
import type { Answer } from '#worker/testing/outside/wire.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(() => {
  worker.skew = 0
  worker.queued.length = 0
})
afterEach(() => {
  vi.useRealTimers()
})

const TWO = '["one@vendor.example","two@vendor.example"]'

/** A form with two addresses and a Slack channel that answers as told, and what somebody sent through it. */
async function alerted(answer?: Answer, answers: Record<string, unknown> = {}) {
  const form = await plantForm(org, { emails: TWO })
  const hook = await plantWebhook(worker, form)
  if (answer) await publish({ answers: { [hook]: answer } })
  const response = await apply(worker, form, await application(worker, form, answers))
  expect(response.status).toBe(201)
  const { id } = await response.json<{ id: string }>()
  return { form, hook, id, messages: worker.queued.splice(0) }
}
const slackOf = async (form: PlantedForm) =>
  (await deliveriesOf(form)).find(({ channel }) => channel === 'slack')
const mailsAbout = (id: string, by = worker) => by.mails.filter(({ text }) => text.includes(id))

test('each address gets a mail and the channel a message, once, with a link to the application', async () => {
  const { form, hook, id, messages } = await alerted(undefined, { mail: 'ada@newco.example', kind: 'o2' })
  await worker.deliver([...messages, ...messages])
  await worker.deliver(messages)
  const link = `${env.APP_URL}/partners/applications/${form.id}/submissions/${id}`
  expect(mailsAbout(id).map(({ to }) => to)).toEqual(['one@vendor.example', 'two@vendor.example'])
  expect(mailsAbout(id)[0]).toMatchObject({ subject: 'Newco applied to Become a partner' })
  expect(mailsAbout(id)[0]?.text).toContain('Kind: Referral')
  expect(mailsAbout(id)[0]?.text).toContain(link)
  expect(mailsAbout(id)[0]?.html).toContain(`href="${link}"`)
  const posts = await askedAbout(hook)
  expect(posts.map(({ method }) => method)).toEqual(['POST'])
  expect(posts[0]?.body).toContain(link)
  expect((await deliveriesOf(form)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
})

test('the address of a webhook stands nowhere in the database', async () => {
  const { hook, messages } = await alerted({
    status: 404,
    body: 'no_service at https://hooks.slack.com/secret',
  })
  await worker.deliver(messages)
  const all = [...(await dump()).values()].join()
  expect(all).not.toContain(hook)
  expect(all).not.toContain('no_service')
})

test.each<[string, Answer, string]>([
  ['is gone', { status: 404 }, 'slack_404'],
  ['may not post', { status: 403 }, 'slack_403'],
  ['moved', { status: 302, headers: { Location: 'https://evil.example/' } }, 'slack_302'],
])('a channel that %s has failed at once, and the mails have gone', async (_, answer, error) => {
  const { form, hook, id, messages } = await alerted(answer)
  await worker.deliver(messages)
  expect(await slackOf(form)).toMatchObject({ state: 'failed', attempts: 1, error })
  worker.skew = 86_400_000
  await worker.deliver(messages)
  expect(await askedAbout(hook)).toHaveLength(1)
  expect(await askedAbout('evil.example')).toHaveLength(0)
  expect(mailsAbout(id)).toHaveLength(2)
})

test('a channel that is down is asked again until it takes the message', async () => {
  const { form, hook, messages } = await alerted({ status: 500 })
  await worker.deliver(messages)
  expect(await slackOf(form)).toMatchObject({ state: 'pending', attempts: 1, error: 'slack_500' })
  worker.skew = 11_000
  await publish({ answers: { [hook]: { body: 'ok', upTo: 3_000_000 } } })
  await worker.deliver(messages)
  expect(await slackOf(form)).toMatchObject({ state: 'done', attempts: 2, error: null })
  expect(await askedAbout(hook)).toHaveLength(2)
})

test('a channel that breaks off is asked again', async () => {
  const { form, messages } = await alerted({ breaks: true })
  await worker.deliver(messages)
  expect(await slackOf(form)).toMatchObject({ state: 'pending', attempts: 1 })
})

test('a channel that says nothing for half a minute is given up on after five seconds; mails do not wait', async () => {
  const { form, id, messages } = await alerted({ waits: 30_000 })
  const begun = Date.now()
  const all = Promise.all(messages.map((message) => worker.deliver([message])))
  await vi.waitFor(() => expect(mailsAbout(id)).toHaveLength(2), { timeout: 3_000 })
  await all
  expect(Date.now() - begun).toBeLessThan(8_000)
  expect(await slackOf(form)).toMatchObject({ state: 'pending', attempts: 1, error: 'timeout', lease: 0 })
})

test.each([
  [1, 1_000],
  [30, 30_000],
  [86_400, 3_600_000],
])('a channel that wants to be left alone for %i seconds is', async (seconds, wait) => {
  const headers = { 'Retry-After': String(seconds) }
  const { form, hook, messages } = await alerted({ status: 429, headers })
  const now = Date.now()
  await worker.deliver(messages)
  const found = await slackOf(form)
  expect(found).toMatchObject({ state: 'pending', attempts: 1, error: 'slack_429' })
  expect(Math.abs((found?.next ?? 0) - now - wait)).toBeLessThan(1_000)
  await publish({ answers: { [hook]: {} } })
  worker.skew = wait + 2_000
  await worker.deliver(messages)
  expect(await slackOf(form)).toMatchObject({ state: 'done', attempts: 2 })
})

test('a channel takes one message a second; the rest comes later and is told of', async () => {
  const form = await plantForm(org)
  const hook = await plantWebhook(worker, form)
  for (let n = 0; n < 7; n++)
    await apply(worker, form, await application(worker, form, { company: `No ${n}` }))
  const messages = worker.queued.splice(0)
  const begun = Date.now()
  await worker.deliver(messages)
  expect(Date.now() - begun).toBeGreaterThan(3_900)
  expect(await askedAbout(hook)).toHaveLength(5)
  const waiting = (await deliveriesOf(form)).filter(({ state }) => state === 'pending')
  expect(waiting.map(({ attempts, lease }) => [attempts, lease])).toEqual([
    [0, 0],
    [0, 0],
  ])
  expect(worker.queued).toMatchObject([{ kind: 'deliver-slack', deliveryIds: waiting.map(({ id }) => id) }])
  worker.skew = Math.min(...waiting.map(({ next }) => next)) - Date.now()
  await worker.drain()
  expect(await askedAbout(hook)).toHaveLength(7)
  expect((await deliveriesOf(form)).every(({ state }) => state === 'done')).toBe(true)
})

test('a channel that another run posts to is left alone meanwhile, and all that waits for it is told of once', async () => {
  const { form, hook, messages } = await alerted()
  for (let n = 0; n < 2; n++) await apply(worker, form, await application(worker, form, { why: `No ${n}` }))
  messages.push(...worker.queued.splice(0))
  const free = Date.now() + 4_000
  await env.DB.prepare('update forms set slack_free_at = ? where id = ?').bind(free, form.id).run()
  await worker.deliver(messages)
  expect(await askedAbout(hook)).toHaveLength(0)
  const waiting = (await deliveriesOf(form)).filter(({ channel }) => channel === 'slack')
  expect(waiting.map(({ state, attempts, next }) => [state, attempts, next])).toEqual(
    waiting.map(() => ['pending', 0, free]),
  )
  expect(worker.queued).toEqual([
    expect.objectContaining({ kind: 'deliver-slack', deliveryIds: waiting.map(({ id }) => id) }),
  ])
  worker.skew = 4_500
  await worker.drain()
  expect(await askedAbout(hook)).toHaveLength(3)
})

test.each<[string, (form: PlantedForm, id: string) => Promise<unknown>]>([
  ['submission', (_, id) => env.DB.prepare('delete from submissions where id = ?').bind(id).run()],
  ['form', ({ id }) => env.DB.prepare('delete from forms where id = ?').bind(id).run()],
])('nothing is sent any more when the %s is gone', async (_, remove) => {
  const { form, hook, id, messages } = await alerted()
  await remove(form, id)
  await worker.deliver(messages)
  expect(mailsAbout(id)).toHaveLength(0)
  expect(await askedAbout(hook)).toHaveLength(0)
})

test('nothing is sent any more when the organisation is gone', async () => {
  const other = await plantOrganization(worker)
  const form = await plantForm(other, { emails: TWO })
  const { id } = await (await apply(worker, form, await application(worker, form))).json<{ id: string }>()
  await env.DB.prepare('delete from organizations where id = ?').bind(other.id).run()
  await worker.drain()
  expect(mailsAbout(id)).toHaveLength(0)
})

test('a webhook that was taken away, or cannot be read, has failed visibly', async () => {
  const { form, messages } = await alerted()
  await env.DB.prepare('update forms set slack_webhook = null where id = ?').bind(form.id).run()
  await worker.deliver(messages)
  expect(await slackOf(form)).toMatchObject({ state: 'failed', error: 'slack_removed' })
  const other = await alerted()
  await env.DB.prepare("update forms set slack_webhook = 'AAAA' where id = ?").bind(other.form.id).run()
  await worker.deliver(other.messages)
  expect(await slackOf(other.form)).toMatchObject({ state: 'failed', error: 'slack_unreadable' })
})

test('nothing that an applicant writes becomes a mention, a link, markup or a header', async () => {
  for (const payload of payloads(injection)) {
    const company = payload
      .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
      .trim()
      .slice(0, 200)
    const { hook, id, messages } = await alerted(undefined, { company, why: payload })
    await worker.deliver(messages)
    const [mail] = mailsAbout(id)
    expect(mail?.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    expect(
      mail?.html.replaceAll(/<\/?(?:!doctype|html|body|p|a|table|tbody|tr|td)\b[^<>]*>/gi, ''),
    ).not.toMatch(/</)
    const [post] = await askedAbout(hook)
    const body: { text: string; blocks: unknown[] } = JSON.parse(post?.body ?? '')
    expect(body.text).not.toMatch(/[<>]/)
    expect(JSON.stringify(body.blocks)).not.toContain('mrkdwn')
  }
})

test('a very long application is shortened to what Slack takes', async () => {
  const { hook, id, messages } = await alerted(undefined, {
    company: '😀'.repeat(100),
    why: 'é'.repeat(10_000),
  })
  await worker.deliver(messages)
  const [post] = await askedAbout(hook)
  const { blocks } = JSON.parse(post?.body ?? '')
  expect(blocks[0].text.text.length).toBeLessThanOrEqual(150)
  expect(blocks[0].text.text.isWellFormed()).toBe(true)
  expect(post?.body?.length).toBeLessThan(5_000)
  expect(mailsAbout(id)[0]?.subject.isWellFormed()).toBe(true)
})
