import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { app } from '#worker/app.ts'
import { newId } from '#worker/db/ids.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Form, FormVersion } from './schema.ts'
import { openWebhook } from './webhook.ts'

const DAY_MS = 86_400_000

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const call = (method: string, path: string, body?: unknown) =>
  worker.request(method, `/api/forms${path}`, {
    cookie: org.owner.cookie,
    ...(body === undefined ? {} : { body }),
  })
const made = async (body: object = {}) =>
  (await call('POST', '', { name: fresh('Form'), ...body })).json<Form>()
const edited = async (form: Form, body: object) =>
  (await call('PATCH', `/${form.id}`, { version: form.version, ...body })).json<Form>()
const read = async ({ id }: Form) => (await call('GET', `/${id}`)).json<Form>()

test('the webhook is read by nobody: people see what it ends with, the database holds it encrypted', async () => {
  const slackWebhook = 'https://hooks.slack.com/services/T00SECRET/B00SECRET/verysecretx9Zk'
  const form = await made({ notifications: { slackWebhook } })
  expect(form.notifications.slackWebhookHint).toBe('hooks.slack.com/…/x9Zk')
  const kept = await edited(form, { notifications: { rhythm: 'daily', slackWebhookHint: 'ignored' } })
  expect(kept.notifications).toEqual({ ...form.notifications, rhythm: 'daily' })
  const tables = ['forms', 'snapshots', 'audit_log']
  for (const table of tables) {
    const { results } = await env.DB.prepare(`select * from ${table}`).all()
    expect([table, JSON.stringify(results).includes('SECRET')]).toEqual([table, false])
  }
  expect(JSON.stringify([form, kept])).not.toContain('SECRET')
  const none = await edited(kept, { notifications: { slackWebhook: null } })
  expect(none.notifications).toEqual({ emails: [], slackWebhookHint: null, rhythm: 'daily' })
  expect(await worker.count('forms', 'id = ? and slack_webhook is null', form.id)).toBe(1)
  const content = await env.DB.prepare('select content from snapshots where subject_id = ? and n = 3')
    .bind(form.id)
    .first<string>('content')
  const version: FormVersion = JSON.parse(content ?? 'null')
  expect(version.changed).toEqual(['notifications'])
})

test('a webhook can be opened again with the secret of the deployment, for its own form alone', async () => {
  const slackWebhook = 'https://hooks.slack.com/services/T1/B1/abcd'
  const { id } = await made({ notifications: { slackWebhook } })
  const sealed = await env.DB.prepare('select slack_webhook from forms where id = ?')
    .bind(id)
    .first<string>('slack_webhook')
  const { AUTH_SECRET } = worker.env
  expect(await openWebhook(AUTH_SECRET, id, sealed ?? '')).toBe(slackWebhook)
  expect(await openWebhook(AUTH_SECRET, newId('frm'), sealed ?? '')).toBeNull()
  expect(await openWebhook(`${AUTH_SECRET}!`, id, sealed ?? '')).toBeNull()
})

test('another webhook that ends alike is a change, too', async () => {
  const address = (channel: string) => `https://hooks.slack.com/services/T1/${channel}/same`
  const form = await made({ notifications: { slackWebhook: address('B1') } })
  await edited(form, { notifications: { slackWebhook: address('B2') } })
  const late = await call('PATCH', `/${form.id}`, { version: 1, name: 'Late' })
  expect(await late.json()).toMatchObject({ changes: [{ field: 'notifications' }] })
})

interface Failed {
  readonly channel?: 'email' | 'slack'
  readonly to: string
  readonly at: number
  readonly state?: string
  readonly error?: string
}
/** A submission of the form, and an alert of it. */
async function alert(form: Form, { channel = 'email', to, at, state = 'failed', error = 'E' }: Failed) {
  const [submission, delivery] = [newId('sub'), newId('dlv')]
  await env.DB.batch([
    env.DB.prepare(
      `insert into submissions (id, org_id, form_id, form_version, idempotency_key, body_hash, submitted_at, answers,
        agreements) values (?1, ?2, ?3, 1, ?1, '', 0, '[]', '[]')`,
    ).bind(submission, org.id, form.id),
    env.DB.prepare(
      `insert into deliveries (id, org_id, purpose, channel, recipient, state, last_error, next_try_at, request_id,
        created_at, submission_id) values (?, ?, 'application', ?, ?, ?, ?, 0, '', ?, ?)`,
    ).bind(delivery, org.id, channel, to, state, error, at, submission),
  ])
}

test('a form tells where its alerts fail: of each target the newest of the last seven days', async () => {
  const now = Date.now()
  const notifications = {
    emails: ['a@people.example', 'b@people.example', 'c@people.example'],
    slackWebhook: 'https://hooks.slack.com/services/T1/B1/abcd',
  }
  const [form, other] = [await made({ notifications }), await made({ notifications })]
  const slack = form.notifications.slackWebhookHint ?? ''
  await alert(form, { to: 'a@people.example', at: now - 2 * DAY_MS, error: 'older' })
  await alert(form, { to: 'a@people.example', at: now - DAY_MS, error: 'newer' })
  await alert(form, { channel: 'slack', to: slack, at: now, error: '404' })
  await alert(form, { to: 'b@people.example', at: now - 8 * DAY_MS })
  await alert(form, { to: 'c@people.example', at: now, state: 'done' })
  await alert(other, { to: 'b@people.example', at: now })
  await env.DB.prepare(
    `insert into deliveries (id, org_id, purpose, channel, recipient, state, last_error, next_try_at, request_id,
      created_at, detail) values (?, ?, 'application-summary', 'email', 'c@people.example', 'failed', 'summary', 0, '', ?, ?)`,
  )
    .bind(newId('dlv'), org.id, now - 1, JSON.stringify({ formId: form.id }))
    .run()
  const { failing } = await read(form)
  expect(failing).toEqual([
    { channel: 'slack', to: slack, error: '404', at: new Date(now).toISOString() },
    { channel: 'email', to: 'c@people.example', error: 'summary', at: new Date(now - 1).toISOString() },
    { channel: 'email', to: 'a@people.example', error: 'newer', at: new Date(now - DAY_MS).toISOString() },
  ])
  await edited(await read(form), { notifications: { emails: [], slackWebhook: null } })
  expect((await read(form)).failing).toEqual([])
})

test('what the edge keeps of a form is dropped with each save, and a save is one without such a cache', async () => {
  const form = await made()
  const purged: unknown[] = []
  const cache = {
    purge: async (options: CachePurgeOptions) => {
      purged.push(options)
      return { success: true, errors: [] }
    },
  }
  const send = async (method: string, body?: object) => {
    const context = createExecutionContext()
    const request = new Request(`${worker.env.APP_URL}/api/forms/${form.id}`, {
      method,
      headers: { Origin: worker.env.APP_URL, Cookie: org.owner.cookie, 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer = await app.fetch(request, worker.env, Object.assign(context, { cache }))
    await waitOnExecutionContext(context)
    return answer.status
  }
  expect(await send('PATCH', { version: 1, name: 'Renamed' })).toBe(200)
  expect(await send('PATCH', { version: 1, name: 'Late' })).toBe(409)
  expect(await send('DELETE')).toBe(204)
  expect(purged).toEqual([{ tags: [form.id] }, { tags: [form.id] }])
})
