import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { application, apply, type PlantedForm, plantForm, plantWebhook } from '#worker/testing/forms.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { askedAbout, publish } from '#worker/testing/outside/internet.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Submission } from './schema.ts'

const worker = new TestWorker()
const ADDRESS = 'alerts@vendor.example'
let org: Organization
let form: PlantedForm

beforeEach(async () => {
  // What earlier tests left waiting is not this one's.
  await env.DB.exec("update deliveries set state = 'done' where state = 'pending'")
  worker.queued.length = 0
  worker.mails.length = 0
  worker.skew = 0
  org = await plantOrganization(worker)
  form = await plantForm(org, { emails: JSON.stringify([ADDRESS]) })
})

/** So many apply right after one another; answers their ids. */
async function come(count: number) {
  const ids: string[] = []
  for (let n = 1; n <= count; n++) {
    const response = await apply(worker, form, await application(worker, form, { company: `No ${n}` }))
    ids.push((await response.json<{ id: string }>()).id)
  }
  return ids
}
/** The same, and nobody heard of it. */
async function comeUnheard(count: number) {
  const ids = await come(count)
  worker.queued.length = 0
  return ids
}
const subjects = () => worker.mails.map(({ subject }) => subject)
async function deliveriesOf(id: string | undefined) {
  const response = await worker.request('GET', `/api/submissions/${id}`, { cookie: org.owner.cookie })
  return (await response.json<Submission>()).deliveries
}

test('of many within a minute the first ten are told of at once, and all others by one message', async () => {
  const hook = await plantWebhook(worker, form)
  const ids = await come(25)
  const announced = worker.queued.filter(({ kind }) => kind === 'deliver')
  expect(announced).toHaveLength(10)
  await worker.deliver(announced)
  expect(subjects().sort()).toEqual(
    ids
      .slice(0, 10)
      .map((_, n) => `No ${n + 1} applied to Become a partner`)
      .sort(),
  )
  worker.queued.length = 0
  worker.mails.length = 0
  await worker.sweep()
  const messages = worker.queued.splice(0)
  expect(messages.map((job) => job.kind.startsWith('deliver') && 'many' in job)).toEqual([true, true])
  await worker.deliver([...messages, ...messages])
  await worker.deliver(messages)
  expect(subjects()).toEqual(['15 new applications to Become a partner'])
  const [mail] = worker.mails
  expect(mail?.text).toMatch(/1: No 11\n2: No 12\n3: No 13\n4: No 14\n5: No 15\nAnd: 10 more\n/)
  expect(mail?.text).toContain(`${env.APP_URL}/partners/applications/${form.id}/submissions\n`)
  // Of its messages none had come yet.
  const posts = await askedAbout(hook)
  expect(posts.map(({ body = '' }) => JSON.parse(body).text)).toEqual([
    '25 new applications to Become a partner',
  ])
  expect(await deliveriesOf(ids[9])).toMatchObject([
    { channel: 'email', state: 'done', digestOf: null },
    { channel: 'slack', state: 'done', digestOf: 25 },
  ])
  expect(await deliveriesOf(ids[24])).toMatchObject([{ state: 'done', digestOf: 15 }, { state: 'done' }])
})

test('ten that wait are told of singly, and so is each of another form', async () => {
  const other = await plantForm(org, { emails: JSON.stringify([ADDRESS]) })
  await apply(worker, other, await application(worker, other, { company: 'Elsewhere' }))
  await comeUnheard(10)
  await worker.sweep()
  await worker.drain()
  expect(subjects()).toHaveLength(11)
  expect(subjects().every((subject) => subject.endsWith(' applied to Become a partner'))).toBe(true)
})

test('a digest that is refused is tried again as one, and one of it is sent again by itself', async () => {
  const hook = await plantWebhook(worker, form)
  await publish({ answers: { [hook]: { status: 500 } } })
  const [first, second] = await comeUnheard(12)
  await worker.sweep()
  await worker.drain()
  const [, failed] = await deliveriesOf(first)
  expect(failed).toMatchObject({ state: 'pending', attempts: 1, lastError: 'slack_500' })
  await publish({ answers: { [hook]: {} } })
  worker.skew = 11_000
  await worker.sweep()
  await worker.drain()
  const [, told] = await deliveriesOf(first)
  expect(told).toMatchObject({ state: 'done', attempts: 2, lastError: null, digestOf: 12 })
  expect(await askedAbout(hook)).toHaveLength(2)
  worker.skew = 20_000
  await worker.request('POST', `/api/deliveries/${told?.id}/resend`, { cookie: org.owner.cookie })
  await worker.drain()
  const posts = await askedAbout(hook)
  expect(posts).toHaveLength(3)
  expect(posts[2]?.body).toContain('No 1 applied to')
  expect((await deliveriesOf(first))[1]).toMatchObject({ state: 'done', attempts: 1, digestOf: null })
  expect((await deliveriesOf(second))[1]).toMatchObject({ state: 'done', digestOf: 12 })
})

test('an address that is refused for good has failed for each of a digest', async () => {
  const refuse = async () => Promise.reject(Object.assign(new Error(), { code: 'E_RECIPIENT_SUPPRESSED' }))
  const refusing = new TestWorker({ EMAIL: { send: refuse } })
  const ids = await comeUnheard(11)
  await refusing.sweep()
  await refusing.drain()
  for (const id of [ids[0], ids[10]])
    expect(await deliveriesOf(id)).toMatchObject([
      { state: 'failed', attempts: 1, lastError: 'E_RECIPIENT_SUPPRESSED' },
    ])
})

test('a digest leaves out what was deleted meanwhile', async () => {
  const [gone] = await comeUnheard(14)
  await env.DB.prepare('delete from submissions where id = ?').bind(gone).run()
  await worker.sweep()
  await worker.drain()
  expect(subjects()).toEqual(['13 new applications to Become a partner'])
})
