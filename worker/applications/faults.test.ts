import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { Database } from '#worker/db/database.ts'
import { BROKEN, failing, LOST } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'
import { findForm } from './published.ts'
import type { Form } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let form: Form

const call = (method: string, path: string, body?: unknown, by = worker) =>
  by.request(method, `/api/forms${path}`, {
    cookie: org.owner.cookie,
    ...(body === undefined ? {} : { body }),
  })
const rename = (by: TestWorker) => call('PATCH', `/${form.id}`, { version: 1, name: 'Renamed' }, by)
/** Rows of the form, of its versions, and of what is noted about it. */
const rows = async () =>
  JSON.stringify(
    (
      await env.DB.batch([
        env.DB.prepare('select * from forms where org_id = ?').bind(org.id),
        env.DB.prepare('select subject_id, n from snapshots where org_id = ?').bind(org.id),
        env.DB.prepare('select id from audit_log where org_id = ?').bind(org.id),
      ])
    ).map(({ results }) => results),
  )

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(async () => {
  form = await (await call('POST', '', { name: fresh('Form') })).json<Form>()
})

test.each([0, 1, 2, 3, 4])(
  'a save that fails at its statement %i leaves nothing behind',
  async (statement) => {
    const before = await rows()
    const broken = new TestWorker()
    broken.env.DB = failing(env.DB, (n) => (n === 2 ? { when: 'at', statement } : null))
    expect((await rename(broken)).status).toBe(500)
    expect(await rows()).toBe(before)
  },
)

test.each([0, 1, 2, 3])('a new form that fails at its statement %i is none', async (statement) => {
  const before = await rows()
  const broken = new TestWorker()
  broken.env.DB = failing(env.DB, () => ({ when: 'at', statement }))
  expect((await call('POST', '', { name: 'New' }, broken)).status).toBe(500)
  expect(await rows()).toBe(before)
})

test.each([1, 2])('a save whose connection breaks at round trip %i can be tried again', async (at) => {
  const broken = new TestWorker()
  broken.env.DB = failing(env.DB, (n) => (n === at ? { when: 'before', message: LOST } : null))
  const answer = await rename(broken)
  expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '2'])
  expect((await rename(worker)).status).toBe(200)
})

test('a save whose answer is lost stands, and a second try is told that it was oneself', async () => {
  const broken = new TestWorker()
  broken.env.DB = failing(env.DB, (n) => (n === 2 ? { when: 'after', message: LOST } : null))
  expect((await rename(broken)).status).toBe(503)
  const again = await rename(worker)
  expect(again.status).toBe(409)
  expect(await again.json()).toMatchObject({
    current: { name: 'Renamed', version: 2 },
    changes: [{ field: 'name', by: { name: 'Some owner' } }],
  })
})

test('an answer never holds what the database says of its failures', async () => {
  const broken = new TestWorker()
  broken.env.DB = failing(env.DB, () => ({ when: 'before', message: BROKEN }))
  const answer = await rename(broken)
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toContain('secret_column')
})

test('a form is known by its new address and state as soon as it is saved', async () => {
  const db = new Database(env.DB, 'primary')
  const find = (slug: string) => findForm(db, slug, Date.now())
  const slug = fresh('moved').slice(0, 40)
  expect(await find(slug)).toBeNull()
  expect(await find(form.slug)).toMatchObject({ formId: form.id, state: 'draft', version: null })
  await call('PATCH', `/${form.id}`, { version: 1, slug, state: 'published' })
  expect(await find(form.slug)).toBeNull()
  expect(await find(slug)).toMatchObject({ state: 'published', version: 2 })
  await call('PATCH', `/${form.id}`, { version: 2, state: 'closed' })
  expect(await find(slug)).toMatchObject({ state: 'closed', version: 2 })
  await call('DELETE', `/${form.id}`)
  expect(await find(slug)).toBeNull()
})
