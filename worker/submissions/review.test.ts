import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import type { Partner } from '#worker/partners/schema.ts'
import vnodes from '#worker/testing/corpora/vnode_json.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { costOf } from '#worker/testing/directory.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  enlist,
  fresh,
  type Organization,
  type Person,
  plantOrganization,
} from '#worker/testing/people.ts'
import {
  type PlantedSubmission,
  plantForm,
  plantSubmissions,
  plantVersion,
  SECTIONS,
} from '#worker/testing/submissions.ts'
import type { Submission, SubmissionCounts } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let form: string
let manager: Person

beforeAll(async () => {
  org = await plantOrganization(worker)
  form = await plantForm(org)
  manager = await enlist(worker, org, 'manager')
})

const call = (method: string, path: string, body?: unknown, { cookie } = manager) =>
  worker.request(method, `/api/submissions${path}`, { cookie, ...(body === undefined ? {} : { body }) })
async function add(submission: PlantedSubmission = {}) {
  const domain = `${fresh('company')}.example`
  const [id = ''] = await plantSubmissions(org, form, [{ companyDomain: domain, ...submission }])
  return id
}
const open = async (id: string, who?: Person) =>
  (await call('GET', `/${id}`, undefined, who)).json<Submission>()
const review = (id: string, body: object, who?: Person) => call('PATCH', `/${id}`, body, who)
const audits = async (id: string) => {
  const { results } = await env.DB.prepare(
    'select action, detail from audit_log where target_id = ? order by id',
  )
    .bind(id)
    .all<{ action: string; detail: string }>()
  return results.map(({ action, detail }) => [action, JSON.parse(detail)])
}

test('an application says what was asked and answered, in words', async () => {
  const answers = [
    { questionId: 'name', value: 'Acme' },
    { questionId: 'site', value: 'https://acme.example/about' },
    { questionId: 'country', value: 'DE' },
    { questionId: 'founded', value: '1999-03-31' },
    { questionId: 'people', value: 1_200.5 },
    { questionId: 'sells', value: ['o2', 'o1'] },
    { questionId: 'resells', value: true },
    { questionId: 'first', value: 'Ada' },
    { questionId: 'last', value: 'Lovelace' },
    { questionId: 'email', value: 'ada@acme.example' },
  ]
  const id = await add({ answers, companyDomain: 'said.example' })
  const submission = await open(id)
  expect(submission.answers.map(({ label, section, display }) => [section, label, display])).toEqual([
    ['Your company', 'Company', 'Acme'],
    ['Your company', 'Website', 'https://acme.example/about'],
    ['Your company', 'Country', 'Germany'],
    ['Your company', 'Founded', '31 March 1999'],
    ['Your company', 'People', '1200.5'],
    ['Your company', 'What do you sell?', 'Services, Software'],
    ['Your company', 'Do you resell?', 'Yes'],
    ['You', 'First name', 'Ada'],
    ['You', 'Last name', 'Lovelace'],
    ['You', 'E-mail', 'ada@acme.example'],
  ])
  expect(submission.answers[4]).toMatchObject({ questionId: 'people', type: 'number', value: 1_200.5 })
  expect(submission.agreements).toEqual([
    {
      ...{ sectionId: 'terms', title: 'Programme terms', text: 'Be **kind**.', sha256: 'ab'.repeat(32) },
      ...{ documentUrl: null, documentSha256: null, acceptedAt: submission.submittedAt, country: 'DE' },
    },
  ])
  expect(submission.prefill).toEqual({
    ...{ name: 'Acme', domain: 'said.example', firstName: 'Ada', lastName: 'Lovelace' },
    email: 'ada@acme.example',
  })
  expect(submission).toMatchObject({ notes: [], deliveries: [], related: [], existingPartner: null })
  expect(submission.history).toEqual([
    { id, kind: 'submitted', from: null, to: null, reason: null, by: null, at: submission.submittedAt },
  ])
})

test('an application keeps the words of the version that its applicant saw', async () => {
  const id = await add()
  const sections = [
    { ...SECTIONS[0], questions: [{ id: 'name', type: 'text', label: 'Firm', required: true }] },
  ]
  await plantVersion(org.id, form, 2, { name: 'Newer', sections, content: {} })
  await env.DB.prepare('update forms set version = 2, published_version = 2 where id = ?').bind(form).run()
  expect((await open(id)).answers[0]?.label).toBe('Company')
})

test.each(payloads(vnodes))('%s in the place of an answer is text at most', async (text) => {
  const id = await add({ answers: [{ questionId: 'name', value: JSON.parse(text) }] })
  const response = await call('GET', `/${id}`)
  expect(response.status).toBe(200)
  const { answers } = await response.json<Submission>()
  expect(['string', 'number', 'boolean', 'object']).toContain(typeof answers[0]?.value)
  expect(typeof answers[0]?.display).toBe('string')
})

test('opening reads an application, and a viewer who looks leaves it unread', async () => {
  const id = await add()
  const counts = async () => (await call('GET', '/counts')).json<SubmissionCounts>()
  const before = await counts()
  const viewer = await enlist(worker, org, 'viewer')
  expect((await open(id, viewer)).unread).toBe(true)
  expect((await counts()).unread).toBe(before.unread)
  const cost = await costOf(() => open(id))
  expect([cost.result.unread, cost.result.version, cost.trips]).toEqual([false, 0, 1])
  expect((await counts()).unread).toBe(before.unread - 1)
  expect((await review(id, { state: 'approved', version: 0 }, viewer)).status).toBe(403)
})

test('a decision goes in any direction, with its reason, and makes no partner', async () => {
  const id = await add()
  const partners = await worker.count('partners')
  const cost = await costOf(() => review(id, { state: 'approved', version: 0 }))
  expect([cost.result.status, cost.trips]).toEqual([200, 1])
  expect(await cost.result.json()).toMatchObject({ state: 'approved', version: 1, partnerId: null })
  await review(id, { state: 'rejected', reason: 'out-of-region', note: ' Too far. ', version: 1 })
  const last = await review(id, { state: 'new', version: 2 })
  const submission = await last.json<Submission>()
  expect(submission).toMatchObject({ state: 'new', version: 3, unread: false })
  expect(submission.history.map(({ kind, from, to, reason }) => [kind, from, to, reason])).toEqual([
    ['submitted', null, null, null],
    ['state', 'new', 'approved', null],
    ['state', 'approved', 'rejected', 'out-of-region'],
    ['state', 'rejected', 'new', null],
  ])
  expect(submission.history.at(-1)?.by).toMatchObject({ name: 'Some manager' })
  expect(submission.notes).toMatchObject([{ text: 'Too far.', author: { name: 'Some manager' } }])
  expect(await worker.count('partners')).toBe(partners)
  expect((await audits(id))[1]).toEqual([
    'submission.review',
    { state: 'rejected', reason: 'out-of-region', notes: 1, released: 0 },
  ])
})

test.each([
  ['a reason without a rejection', { state: 'approved', reason: 'competitor' }, '/reason'],
  ['a reason alone', { reason: 'competitor' }, '/reason'],
  ['a state that there is not', { state: 'pending' }, '/state'],
  ['suspicion', { suspected: true }, '/suspected'],
  ['an unknown field', { partnerId: null }, '/partnerId'],
  ['no version', { version: undefined }, '/version'],
])('%s is refused at its field, and nothing changes', async (_, body, pointer) => {
  const id = await add()
  const response = await review(id, { version: 0, ...body })
  expect(response.status).toBe(422)
  expect((await response.json<Problem>()).errors).toMatchObject([{ pointer }])
  expect(await worker.count('submission_events', 'submission_id = ?', id)).toBe(0)
  expect(await audits(id)).toEqual([])
})

test('of two who decide at once the second is told who was first, and what stands', async () => {
  const id = await add()
  await review(id, { state: 'approved', note: 'Good.', version: 0 }, org.owner)
  const response = await review(id, { state: 'rejected', version: 0 })
  expect(response.status).toBe(409)
  const problem = await response.json<Problem & { current: Submission; changes: unknown[] }>()
  expect(problem.type).toMatch(/\/stale$/)
  expect(problem.current).toMatchObject({ id, state: 'approved', version: 1 })
  expect(problem.changes).toMatchObject([
    { field: 'state', by: { name: 'Some owner' } },
    { field: 'notes', by: { name: 'Some owner' } },
  ])
  expect((await open(id)).history).toHaveLength(2)
})

test('what looks like spam says why and until when, and is decided about once it is said to be none', async () => {
  const id = await add({ suspected: true })
  const held = await open(id)
  const kept = Date.parse(held.keptUntil ?? '') - Date.parse(held.submittedAt)
  expect([held.suspicions, kept]).toEqual([['too-fast'], 30 * 86_400_000])
  const early = await review(id, { state: 'approved', version: 0 })
  expect((await early.json<Problem>()).errors).toMatchObject([{ pointer: '/state' }])
  expect(await worker.count('deliveries', 'submission_id = ?', id)).toBe(0)
  worker.queued.splice(0)
  const freed = await review(id, { suspected: false, state: 'approved', version: 0 })
  const submission = await freed.json<Submission>()
  expect(submission).toMatchObject({
    ...{ suspected: false, state: 'approved', keptUntil: null },
    deliveries: [{ channel: 'email', to: 'alerts@vendor.example', state: 'pending' }],
  })
  expect(worker.queued).toMatchObject([{ kind: 'deliver', deliveryIds: [submission.deliveries[0]?.id] }])
  expect(submission.history.map(({ kind }) => kind)).toEqual(['submitted', 'not-suspected', 'state'])
})

test('what a daily summary would pass over alerts at once when it is said to be no spam', async () => {
  const daily = await plantForm(org)
  const [old = '', young = ''] = await plantSubmissions(org, daily, [
    { suspected: true },
    { suspected: true },
  ])
  await env.DB.prepare(
    `update forms set rhythm = 'daily', summary_due_at = 9e15, summary_from = ? where id = ?`,
  )
    .bind(Date.now() - 60_000, daily)
    .run()
  await env.DB.prepare('update submissions set submitted_at = 0 where id = ?').bind(old).run()
  const freed = async (id: string) => (await review(id, { suspected: false, version: 0 })).json<Submission>()
  expect((await freed(old)).deliveries).toHaveLength(1)
  expect((await freed(young)).deliveries).toEqual([])
})

test('saying again that it is no spam alerts nobody twice', async () => {
  const id = await add()
  await env.DB.prepare(`update forms set emails = '["another@vendor.example"]' where id = ?`).bind(form).run()
  const response = await review(id, { suspected: false, note: 'Fine.', version: 0 })
  expect(await response.json()).toMatchObject({ version: 1, deliveries: [], notes: [{ text: 'Fine.' }] })
})

test('an admin deletes an application with all that hangs on it; its partner stays', async () => {
  const id = await add({ suspected: true })
  await review(id, { suspected: false, note: 'Hm.', version: 0 })
  const made = await worker.request('POST', '/api/partners', {
    cookie: manager.cookie,
    body: acme({ submissionId: id }),
  })
  const partner = await made.json<Partner>()
  expect((await call('DELETE', `/${id}`)).status).toBe(403)
  expect((await call('DELETE', `/${id}`, undefined, org.owner)).status).toBe(204)
  for (const [table, column] of [
    ['submissions', 'id'],
    ['submission_events', 'submission_id'],
    ['deliveries', 'submission_id'],
  ])
    expect(await worker.count(String(table), `${column} = ?`, id)).toBe(0)
  const left = await worker.request('GET', `/api/partners/${partner.id}`, { cookie: manager.cookie })
  expect(await left.json()).toMatchObject({ submissionId: null })
  expect((await audits(id)).at(-1)?.[0]).toBe('submission.delete')
  expect((await call('DELETE', `/${id}`, undefined, org.owner)).status).toBe(404)
  expect((await call('GET', `/${id}`)).status).toBe(404)
})

test('another organisation finds no application of ours', async () => {
  const id = await add()
  const { owner } = await plantOrganization(worker)
  for (const [method, body] of [['GET'], ['PATCH', { state: 'approved', version: 0 }], ['DELETE']] as const)
    expect((await call(method, `/${id}`, body, owner)).status).toBe(404)
  expect(await worker.count('submissions', `id = ? and state = 'new'`, id)).toBe(1)
})
