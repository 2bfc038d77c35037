import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { enlist, fresh, type Organization, type Person, plantOrganization } from '#worker/testing/people.ts'
import { problemsOf } from './problems.ts'
import type { Form, FormPage, FormVersion } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let manager: Person

beforeAll(async () => {
  org = await plantOrganization(worker)
  manager = await enlist(worker, org, 'manager')
})

const call = (method: string, path: string, body?: unknown, { cookie }: Person = manager) =>
  worker.request(method, `/api/forms${path}`, { cookie, ...(body === undefined ? {} : { body }) })
const made = async (body: object = {}) => {
  const answer = await call('POST', '', { name: fresh('Form'), ...body })
  expect(answer.status).toBe(201)
  return answer.json<Form>()
}
const edited = async (form: Form, body: object) => {
  const answer = await call('PATCH', `/${form.id}`, { version: form.version, ...body })
  expect(answer.status).toBe(200)
  return answer.json<Form>()
}
const read = async (id: string) => (await call('GET', `/${id}`)).json<Form>()
const versionOf = async (id: string, n: number) => {
  const found = await env.DB.prepare(
    "select content from snapshots where org_id = ? and kind = 'form' and subject_id = ? and n = ?",
  )
    .bind(org.id, id, n)
    .first<string>('content')
  const version: FormVersion = JSON.parse(found ?? 'null')
  return version
}
const entries = async (id: string) => {
  const { results } = await env.DB.prepare(
    'select action, detail from audit_log where target_id = ? order by id',
  )
    .bind(id)
    .all<{ action: string; detail: string }>()
  return results.map(({ action, detail }) => ({ action, ...JSON.parse(detail) }))
}
const question = (more: object = {}) => ({
  id: 'q1',
  type: 'text',
  label: 'Company',
  required: true,
  ...more,
})
const fields = (...questions: object[]) => ({ id: 's1', kind: 'fields', title: 'You', questions })

test('a new form is the default form under its name: a draft that lacks nothing', async () => {
  const form = await made({ name: 'Become a partner of Ünïcode & Sons' })
  expect(form).toMatchObject({
    state: 'draft',
    version: 1,
    publishedVersion: null,
    dailyCap: 1_000,
    failing: [],
  })
  expect(form.slug).toMatch(/^become-a-partner-of-unicode-sons/)
  expect(problemsOf(form)).toEqual([])
  expect(await read(form.id)).toEqual(form)
  expect(await versionOf(form.id, 1)).toMatchObject({
    name: form.name,
    sections: form.sections,
    changed: null,
  })
  expect(await entries(form.id)).toEqual([{ action: 'form.create', version: 1, state: 'draft' }])
  const other = await made()
  const ids = ({ sections }: Form) => sections.map(({ id }) => id)
  expect(ids(form).filter((id) => ids(other).includes(id))).toEqual([])
})

test('what the body says of design, content, share and notifications is added to the default', async () => {
  const form = await made({
    content: { title: 'Join' },
    design: { accent: '#AA0000' },
    share: { embed: true },
    notifications: { emails: ['Team@People.example', 'team@people.example'] },
  })
  expect(form).toMatchObject({
    content: { title: 'Join', language: 'en' },
    design: { accent: '#aa0000', font: 'system' },
    share: { public: true, embed: true, sites: [] },
    notifications: { emails: ['team@people.example'], rhythm: 'each', slackWebhookHint: null },
  })
})

test('a form can be made and published at once', async () => {
  const form = await made({ state: 'published', sections: [fields(question())] })
  expect(form).toMatchObject({ state: 'published', version: 1, publishedVersion: 1 })
})

test('an address made from a name gives way to one that is there, a chosen one is refused', async () => {
  const name = fresh('Twice')
  const [first, second] = [await made({ name }), await made({ name })]
  expect(second.slug).toMatch(new RegExp(`^${first.slug}-[a-z0-9]{5}$`))
  const stranger = await plantOrganization(worker)
  const taken = await call('POST', '', { name, slug: first.slug }, stranger.owner)
  expect(taken.status).toBe(409)
  expect(await taken.json()).toMatchObject({
    type: '/problems/duplicate-slug',
    errors: [{ pointer: '/slug' }],
  })
  const renamed = await call('PATCH', `/${second.id}`, { version: 1, slug: first.slug })
  expect(renamed.status).toBe(409)
  expect((await read(second.id)).version).toBe(1)
})

test.each([
  ['Login', /^form-login(-|$)/],
  ['申请', /^form(-|$)/],
  ['A', /^form-a(-|$)/],
  ['x'.repeat(200), /^x{48}(-|$)/],
])('the address made from %s is one that nothing else has', async (name, slug) => {
  expect((await made({ name })).slug).toMatch(slug)
})

test('an edit changes what it holds, keeps the rest, and is kept as a version', async () => {
  const form = await made()
  const next = await edited(form, { name: 'Renamed', content: { title: 'New title' }, dailyCap: 0 })
  expect(next).toEqual({
    ...form,
    name: 'Renamed',
    content: { ...form.content, title: 'New title' },
    dailyCap: 0,
    version: 2,
    updatedAt: next.updatedAt,
  })
  expect(await read(form.id)).toEqual(next)
  expect(await versionOf(form.id, 2)).toMatchObject({
    name: 'Renamed',
    content: { title: 'New title' },
    changed: ['name', 'content', 'dailyCap'],
  })
  expect((await versionOf(form.id, 1)).name).toBe(form.name)
  expect(await entries(form.id)).toMatchObject([
    { action: 'form.create' },
    { action: 'form.edit', version: 2, state: 'draft', fields: 'name content dailyCap' },
  ])
})

test('the second of two who edit a form is told who changed what, and changes nothing', async () => {
  const form = await made()
  await edited(form, { name: 'First', content: { title: 'First' } })
  const late = await call('PATCH', `/${form.id}`, { version: 1, name: 'Second' }, org.owner)
  expect(late.status).toBe(409)
  expect(await late.json()).toMatchObject({
    type: '/problems/stale',
    current: { name: 'First', version: 2 },
    changes: [
      { field: 'name', by: { name: 'Some manager' } },
      { field: 'content', by: { name: 'Some manager' } },
    ],
  })
  expect(await worker.count('snapshots', 'subject_id = ?', form.id)).toBe(2)
})

test('of several who save at once one is first', async () => {
  const form = await made()
  const answers = await Promise.all(
    [1, 2, 3, 4].map((n) => call('PATCH', `/${form.id}`, { version: 1, name: `Number ${n}` })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
  expect(await worker.count('snapshots', 'subject_id = ?', form.id)).toBe(2)
})

test('a form goes from draft to published, closed, and back; each save of a published one is seen', async () => {
  const draft = await made()
  const published = await edited(draft, { state: 'published' })
  expect(published).toMatchObject({ state: 'published', version: 2, publishedVersion: 2 })
  const renamed = await edited(published, { name: 'Renamed' })
  expect(renamed).toMatchObject({ version: 3, publishedVersion: 3 })
  const closed = await edited(renamed, { state: 'closed' })
  expect(closed).toMatchObject({ state: 'closed', version: 4, publishedVersion: 3 })
  const prepared = await edited(closed, { content: { title: 'Once more' } })
  expect(prepared).toMatchObject({ version: 5, publishedVersion: 3 })
  const again = await edited(prepared, { state: 'published' })
  expect(again).toMatchObject({ version: 6, publishedVersion: 6 })
  expect(await edited(again, { state: 'draft' })).toMatchObject({ state: 'draft', publishedVersion: 6 })
  expect((await entries(draft.id)).map(({ action }) => action)).toEqual([
    ...['form.create', 'form.publish', 'form.edit', 'form.edit', 'form.edit', 'form.publish', 'form.edit'],
  ])
})

test('problems keep a form from being published, and from nothing else', async () => {
  const draft = await made({ sections: [fields(question({ label: '' }), question({ type: 'select' }))] })
  const refused = await call('PATCH', `/${draft.id}`, { version: 1, state: 'published' })
  expect(refused.status).toBe(422)
  const { errors } = await refused.json<{ errors: { pointer: string }[] }>()
  expect(errors.map(({ pointer }) => pointer)).toEqual([
    '/sections/0/questions/0/label',
    '/sections/0/questions/1/id',
    '/sections/0/questions/1/options',
  ])
  expect(await read(draft.id)).toEqual(draft)
  const published = await edited(draft, { state: 'published', sections: [fields(question())] })
  const broken = await call('PATCH', `/${draft.id}`, { version: 2, content: { title: '' } })
  expect(broken.status).toBe(422)
  expect(await edited(published, { state: 'closed', content: { title: '' } })).toMatchObject({
    state: 'closed',
  })
  expect((await call('POST', '', { name: 'Broken', state: 'published', sections: [] })).status).toBe(422)
})

test('a version holds the HTML of its Markdown and the fingerprint of what is agreed to', async () => {
  const text = 'Be **kind**. <script>alert(1)</script>'
  const form = await made({
    content: { description: '# Hello' },
    sections: [fields(question()), { id: 'terms', kind: 'agreement', title: 'Terms', text }],
  })
  const { html, fingerprints } = await versionOf(form.id, 1)
  expect(html.description).toBe('<h3>Hello</h3>\n')
  expect(html.agreements.terms).toContain('Be <strong>kind</strong>. &lt;script&gt;')
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  expect(fingerprints).toEqual({ terms: { text: new Uint8Array(sum).toHex(), document: null } })
})

test('forms are listed newest first, page by page, each with its submissions', async () => {
  const own = await plantOrganization(worker)
  const add = async () => (await call('POST', '', { name: fresh('Form') }, own.owner)).json<Form>()
  const forms = [await add(), await add(), await add()]
  const [, , newest] = forms
  await env.DB.batch(
    ['new', 'new', 'approved'].map((state, at) =>
      env.DB.prepare(
        `insert into submissions (id, org_id, form_id, form_version, state, suspected, idempotency_key, body_hash,
          submitted_at, answers, agreements) values (?, ?, ?, 1, ?, ?, ?, '', 0, '[]', '[]')`,
      ).bind(`sub_${at}${own.id}`, own.id, newest?.id, state, at === 0 ? 1 : 0, `${at}`),
    ),
  )
  const page = async (query: string) => (await call('GET', query, undefined, own.owner)).json<FormPage>()
  const first = await page('?limit=2')
  expect(first).toMatchObject({ total: 3, items: [{ id: newest?.id }, { id: forms[1]?.id }] })
  expect(first.items[0]?.counts).toEqual({ new: 1, approved: 1, rejected: 0, suspected: 1, unread: 2 })
  const second = await page(`?limit=2&cursor=${first.nextCursor}`)
  expect(second).toMatchObject({ total: null, nextCursor: null, items: [{ id: forms[0]?.id }] })
})

test('a form that nobody answered is deleted with its versions; one with submissions stays', async () => {
  const form = await made()
  await env.DB.prepare(
    `insert into submissions (id, org_id, form_id, form_version, idempotency_key, body_hash, submitted_at, answers,
      agreements) values ('sub_of_deleted', ?, ?, 1, '', '', 0, '[]', '[]')`,
  )
    .bind(org.id, form.id)
    .run()
  const refused = await call('DELETE', `/${form.id}`)
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ type: '/problems/has-submissions' })
  await env.DB.prepare("delete from submissions where id = 'sub_of_deleted'").run()
  expect((await call('DELETE', `/${form.id}`)).status).toBe(204)
  expect((await call('GET', `/${form.id}`)).status).toBe(404)
  expect((await call('DELETE', `/${form.id}`)).status).toBe(404)
  expect(await worker.count('snapshots', 'subject_id = ?', form.id)).toBe(0)
  expect((await entries(form.id)).map(({ action }) => action)).toEqual(['form.create', 'form.delete'])
})

test('a viewer reads forms and changes none', async () => {
  const viewer = await enlist(worker, org, 'viewer')
  const form = await made()
  expect((await call('GET', '', undefined, viewer)).status).toBe(200)
  expect(await (await call('GET', `/${form.id}`, undefined, viewer)).json()).toEqual(form)
  expect((await call('POST', '', { name: 'Mine' }, viewer)).status).toBe(403)
  expect((await call('PATCH', `/${form.id}`, { version: 1, name: 'Mine' }, viewer)).status).toBe(403)
  expect((await call('DELETE', `/${form.id}`, undefined, viewer)).status).toBe(403)
})

test('to read takes one round trip, to add one, to save two', async () => {
  const trips = async (work: () => Promise<unknown>) => {
    const before = recording.roundTrips
    await work()
    return recording.roundTrips - before
  }
  const form = await made()
  expect(await trips(() => call('GET', ''))).toBe(1)
  expect(await trips(() => read(form.id))).toBe(1)
  expect(await trips(() => made())).toBe(1)
  expect(await trips(() => edited(form, { name: 'Renamed' }))).toBe(2)
  expect(await trips(() => call('DELETE', `/${form.id}`))).toBe(1)
})
