import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import {
  application,
  apply,
  applyByPage,
  formToken,
  type PlantedForm,
  plantForm,
} from '#worker/testing/forms.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { address, type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const stored = ({ id }: PlantedForm) =>
  env.DB.prepare('select * from submissions where form_id = ?').bind(id).all()

test('an application is stored once it is acknowledged, with who sent it and where from', async () => {
  const form = await plantForm(org)
  const body = await application(worker, form, {
    company: ' Newco ',
    site: 'https://www.Newco.example/about',
    first: 'Ada',
    last: 'Lovelace',
    mail: 'ADA@newco.example',
  })
  const response = await apply(worker, form, body, { headers: { 'CF-IPCountry': 'DE' } })
  expect(response.status).toBe(201)
  const { id } = await response.json<{ id: string }>()
  const { results } = await stored(form)
  expect(results).toHaveLength(1)
  expect(results[0]).toMatchObject({
    id,
    org_id: org.id,
    form_version: 1,
    state: 'new',
    suspected: 0,
    company_name: 'Newco',
    company_domain: 'newco.example',
    contact_name: 'Ada Lovelace',
    contact_email: 'ada@newco.example',
    country: 'DE',
    partner_id: null,
    agreements: '["terms"]',
  })
  expect(await worker.count('audit_log', "target_id = ? and action = 'submission.create'", id)).toBe(1)
})

test('storing one is one round trip, and few rows', async () => {
  const slack = { slack_webhook: 'encrypted', slack_hint: '…abcd' }
  const form = await plantForm(org, { emails: '["one@vendor.example","two@vendor.example"]', ...slack })
  await apply(worker, form, await application(worker, form, { company: 'Warm' }))
  const body = await application(worker, form, { site: 'newco.example' })
  const before = { ...recording }
  expect((await apply(worker, form, body)).status).toBe(201)
  expect(recording.roundTrips - before.roundTrips).toBe(1)
  expect(recording.rowsWritten - before.rowsWritten).toBeLessThanOrEqual(8 + 3 * 3)
})

test('each target of a form gets its own delivery, with the submission', async () => {
  const slack = { slack_webhook: 'encrypted', slack_hint: '…abcd' }
  const form = await plantForm(org, { emails: '["one@vendor.example","two@vendor.example"]', ...slack })
  const response = await apply(worker, form, await application(worker, form))
  const { id } = await response.json<{ id: string }>()
  const { results } = await env.DB.prepare(
    'select id, channel, recipient, purpose, state from deliveries where submission_id = ? order by id',
  )
    .bind(id)
    .all()
  expect(results.map(({ channel, recipient }) => [channel, recipient])).toEqual([
    ['email', 'one@vendor.example'],
    ['email', 'two@vendor.example'],
    ['slack', '…abcd'],
  ])
  expect(results.every((each) => /^dlv_[0-9a-hjkmnp-tv-z]{26}$/.test(String(each.id)))).toBe(true)
  const ids = results.map((each) => each.id)
  // Nobody's mail waits behind a channel of Slack.
  expect(worker.queued.slice(-2)).toMatchObject([
    { kind: 'deliver', deliveryIds: ids.slice(0, 2) },
    { kind: 'deliver-slack', deliveryIds: ids.slice(2) },
  ])
})

test('a page without script posts a form and is led to the thanks', async () => {
  const form = await plantForm(org)
  const fields = {
    'a.company': 'Newco',
    'a.kind': 'o1',
    'g.terms': 'on',
    token: await formToken(worker, form),
    key: '',
    trap: '',
    seconds: '',
  }
  const headers = { 'CF-Connecting-IP': address() }
  const response = await applyByPage(worker, form, fields, { headers })
  expect(response.status).toBe(303)
  expect(response.headers.get('Location')).toBe(`/apply/${form.slug}/thanks`)
  expect((await stored(form)).results).toHaveLength(1)
  expect((await applyByPage(worker, form, fields, { headers })).status).toBe(303)
  expect((await stored(form)).results).toHaveLength(1)
})
