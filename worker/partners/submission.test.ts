import { beforeAll, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import type { Submission } from '#worker/submissions/schema.ts'
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
import { type PlantedSubmission, plantForm, plantSubmissions } from '#worker/testing/submissions.ts'
import type { Partner } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let form: string
let manager: Person

beforeAll(async () => {
  org = await plantOrganization(worker)
  form = await plantForm(org)
  manager = await enlist(worker, org, 'manager')
})

async function add(submission: PlantedSubmission = {}) {
  const domain = `${fresh('company')}.example`
  const [id = ''] = await plantSubmissions(org, form, [{ companyDomain: domain, ...submission }])
  return id
}
const open = async (id: string) =>
  (await worker.request('GET', `/api/submissions/${id}`, { cookie: manager.cookie })).json<Submission>()

test('applications and partners of one domain know of each other', async () => {
  const domain = `${fresh('same')}.example`
  const first = await add({ companyDomain: domain, state: 'rejected', companyName: 'First try' })
  await add({ companyDomain: domain, suspected: true })
  const second = await add({ companyDomain: domain })
  const made = await worker.request('POST', '/api/partners', {
    cookie: manager.cookie,
    body: acme({ domain }),
  })
  const partner = await made.json<Partner>()
  const submission = await open(second)
  expect(submission.related).toMatchObject([{ id: first, state: 'rejected', companyName: 'First try' }])
  expect(submission.existingPartner).toEqual({ id: partner.id, name: 'Acme' })
  expect(submission.partnerId).toBeNull()
})

const addPartner = (submissionId: string, changes: object = {}, headers = {}) =>
  worker.request('POST', '/api/partners', {
    ...{ cookie: manager.cookie, headers },
    body: acme({ submissionId, ...changes }),
  })

test('a partner made from an approved application is qualified, and both name each other', async () => {
  const id = await add({ state: 'approved' })
  const cost = await costOf(() => addPartner(id))
  const partner = await cost.result.json<Partner>()
  expect([cost.result.status, cost.trips]).toEqual([201, 1])
  expect(partner).toMatchObject({ stage: 'qualified', status: 'pending', submissionId: id })
  const submission = await open(id)
  expect(submission).toMatchObject({ partnerId: partner.id, existingPartner: { id: partner.id }, version: 1 })
  expect(submission.history.at(-1)).toMatchObject({ kind: 'partner', by: { name: 'Some manager' } })
  await worker.request('DELETE', `/api/partners/${partner.id}`, { cookie: org.owner.cookie })
  expect((await open(id)).partnerId).toBeNull()
})

test('a stage that somebody chose stays, and what nobody approved makes a prospect', async () => {
  const chosen = await addPartner(await add({ state: 'approved' }), { stage: 'onboarding' })
  expect(await chosen.json()).toMatchObject({ stage: 'onboarding' })
  expect(await (await addPartner(await add())).json()).toMatchObject({ stage: 'prospect' })
})

test('an application that is not there, not ours, spam or taken is refused, and no partner is made', async () => {
  const stranger = await plantOrganization(worker)
  const [foreign = ''] = await plantSubmissions(stranger, await plantForm(stranger), [{ state: 'approved' }])
  const taken = await add({ state: 'approved' })
  await addPartner(taken)
  const before = await worker.count('partners')
  const unknown = 'sub_01jz0000000000000000000000'
  for (const id of [unknown, foreign, taken, await add({ suspected: true })]) {
    const response = await addPartner(id)
    expect(response.status).toBe(422)
    expect((await response.json<Problem>()).errors).toMatchObject([{ pointer: '/submissionId' }])
  }
  expect(await worker.count('partners')).toBe(before)
})

test('of two who add a partner from one application at once, one does', async () => {
  const id = await add({ state: 'approved' })
  const answers = await Promise.all([addPartner(id), addPartner(id), addPartner(id)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422])
})

test('a repeated request with its key gets its first answer, although the application is taken by then', async () => {
  const id = await add({ state: 'approved' })
  const [key, body] = [{ 'Idempotency-Key': fresh('key') }, { domain: `${fresh('again')}.example` }]
  const contact = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@again.example' }
  const first = await addPartner(id, { ...body, primaryContact: contact }, key)
  const second = await addPartner(id, { ...body, primaryContact: contact }, key)
  expect([second.status, second.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect((await second.json<Partner>()).id).toBe((await first.json<Partner>()).id)
})
