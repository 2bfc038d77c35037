import { beforeAll, expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import { addMember, foundOrganization, type Organization, type Person } from '#worker/testing/people.ts'
import type { View, Views } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let manager: Person
let viewer: Person

beforeAll(async () => {
  org = await foundOrganization(worker)
  manager = await addMember(worker, org, 'manager')
  viewer = await addMember(worker, org, 'viewer')
})

const definition = {
  filters: { type: ['reseller'], tag: ['gone'], created: ['this-month'] },
  search: '',
  sort: '-fit',
  groupBy: 'tier',
  columns: ['fit'],
}
const call = (person: Person, method: string, path = '', body?: unknown) =>
  worker.request(method, `/api/views${path}`, {
    cookie: person.cookie,
    ...(body === undefined ? {} : { body }),
  })
const save = async (person: Person, change: object = {}) =>
  (await call(person, 'POST', '', { name: 'Resellers', shared: false, definition, ...change })).json<View>()
const seen = async (person: Person) => (await call(person, 'GET')).json<Views>()

test('a private view is seen by its owner alone, a shared one by everybody', async () => {
  const own = await save(manager)
  const shared = await save(manager, { shared: true })
  expect(own).toMatchObject({ name: 'Resellers', shared: false, definition, version: 1 })
  const ids = async (person: Person) => (await seen(person)).items.map(({ id }) => id)
  expect(await ids(manager)).toEqual(expect.arrayContaining([own.id, shared.id]))
  expect(await ids(viewer)).toContain(shared.id)
  expect(await ids(viewer)).not.toContain(own.id)
  expect((await call(viewer, 'PATCH', `/${own.id}`, { name: 'Mine now', version: 1 })).status).toBe(404)
})

test('a viewer keeps private views and shares none', async () => {
  const own = await save(viewer)
  expect(own.shared).toBe(false)
  expect((await call(viewer, 'POST', '', { name: 'All', shared: true, definition })).status).toBe(403)
  expect((await call(viewer, 'PATCH', `/${own.id}`, { shared: true, version: 1 })).status).toBe(403)
})

test("a manager changes a colleague's shared view, but hides it from nobody", async () => {
  const { id } = await save(org.owner, { shared: true })
  expect((await call(manager, 'PATCH', `/${id}`, { shared: false, version: 1 })).status).toBe(403)
  expect((await seen(viewer)).items.map((view) => view.id)).toContain(id)
  expect((await call(manager, 'PATCH', `/${id}`, { name: 'Ours', version: 1 })).status).toBe(200)
  expect((await call(org.owner, 'PATCH', `/${id}`, { shared: false, version: 2 })).status).toBe(200)
  expect((await seen(viewer)).items.map((view) => view.id)).not.toContain(id)
})

test('the second of two who change a shared view is told, and changes nothing', async () => {
  const { id } = await save(manager, { shared: true })
  expect((await call(org.owner, 'PATCH', `/${id}`, { name: 'First', version: 1 })).status).toBe(200)
  const late = await call(manager, 'PATCH', `/${id}`, { name: 'Second', version: 1 })
  expect(late.status).toBe(409)
  expect(await late.json()).toMatchObject({ type: '/problems/stale', current: { name: 'First', version: 2 } })
})

test('a member keeps 100 views at most, and another one once one of them is deleted', async () => {
  const member = await addMember(worker, org, 'manager')
  const { id } = await save(member)
  for (let kept = 1; kept < 100; kept++) await save(member)
  const body = { name: 'One more', shared: true, definition }
  const refused = await call(member, 'POST', '', body)
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({
    errors: [{ pointer: '/name', detail: 'You keep 100 views already. Delete one of them first.' }],
  })
  expect(await worker.count('views', "name = 'One more'")).toBe(0)
  expect((await call(viewer, 'POST', '', { ...body, shared: false })).status).toBe(201)
  expect((await call(member, 'DELETE', `/${id}`)).status).toBe(204)
  expect((await call(member, 'POST', '', body)).status).toBe(201)
})

test('each member opens with a view of their own choice; one that is gone counts as none', async () => {
  const { id } = await save(manager, { shared: true })
  await call(viewer, 'PUT', '/default', { viewId: id })
  await call(manager, 'PUT', '/default', { viewId: 'attention' })
  expect([(await seen(viewer)).defaultViewId, (await seen(manager)).defaultViewId]).toEqual([id, 'attention'])
  expect((await call(org.owner, 'DELETE', `/${id}`)).status).toBe(204)
  expect((await seen(viewer)).defaultViewId).toBe(null)
  expect((await call(viewer, 'PUT', '/default', { viewId: id })).status).toBe(422)
})

test('a definition with a filter, sort or column that cannot be is refused at its place', async () => {
  const answer = await call(manager, 'POST', '', {
    name: 'Odd',
    shared: false,
    definition: { ...definition, sort: 'passwordHash' },
  })
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/definition/sort' }] })
})
