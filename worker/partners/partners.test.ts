import { beforeAll, expect, test } from 'vitest'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { acme, foundOrganization, type Organization } from '#worker/testing/people.ts'
import type { Partner, PartnerPage } from './schema.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await foundOrganization(worker)
})

test('a new partner is in the list at once, with its contact and its analysis due', async () => {
  const body = acme({ name: 'Émile & Sons' })
  const response = await worker.request('POST', '/api/partners', { body, cookie: org.owner.cookie })
  expect(await response.clone().json()).toMatchObject({
    name: 'Émile & Sons',
    fitState: 'pending',
    tierSource: 'auto',
  })
  expect(response.status).toBe(201)
  const partner = await response.json<Partner>()
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', partnerIds: [partner.id] }])
  const before = recording.roundTrips
  const list = await worker.request('GET', '/api/partners', { cookie: org.owner.cookie })
  expect(recording.roundTrips - before).toBe(1)
  const page = await list.json<PartnerPage>()
  expect(page).toMatchObject({ total: 1, nextCursor: null, items: [{ id: partner.id }] })
  await worker.drain()
  const scores = await worker.request('GET', `/api/partners/${partner.id}/scores`, {
    cookie: org.owner.cookie,
  })
  expect(await scores.json()).toMatchObject({ fit: { state: 'insufficient' } })
})
