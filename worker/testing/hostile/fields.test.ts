import { beforeAll, beforeEach, expect, test } from 'vitest'
import { keyOf, type RouteEntry } from '#worker/http/registry.ts'
import { REGISTRY } from '#worker/registry.ts'
import {
  fieldsOf,
  objectsOf,
  type Path,
  pointerOf,
  shapeOf,
  withValue,
} from '#worker/testing/bodies/fields.ts'
import jsonBodies from '#worker/testing/corpora/json_bodies.txt?raw'
import massAssignment from '#worker/testing/corpora/mass_assignment_fields.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { address } from '#worker/testing/people.ts'
import { exampleFor } from '#worker/testing/world/examples.ts'
import { cookieFor, newWorld, type World } from '#worker/testing/world/world.ts'

const FIELDS = payloads(massAssignment)
const BODIES = payloads(jsonBodies)
const TAKERS = [...REGISTRY.values()]
  .filter(({ body }) => body !== undefined)
  .map((entry) => [keyOf(entry.method, entry.path), entry] as const)
/** Some hundred requests to a route with nested fields. */
const MANY_MS = 30_000

const worker = new TestWorker()
let world: World
let untouched: Map<string, string>

beforeAll(async () => {
  world = await newWorld()
  untouched = await dump()
})
beforeEach(() => world.reset())

async function send(entry: RouteEntry, body: string, signedIn = true): Promise<Response> {
  const { owner } = world.a.people
  const cookie = signedIn ? await cookieFor(worker, owner) : ''
  const { path } = exampleFor(entry, world.a, owner)
  return worker.request(entry.method, path, { body, cookie, headers: { 'CF-Connecting-IP': address() } })
}

const exampleBody = (entry: RouteEntry) => exampleFor(entry, world.a, world.a.people.owner).body

async function expectUntouched() {
  expect(changedTables(untouched, await dump()).filter((table) => table !== 'limits')).toEqual([])
}

/** The text of a body with more members in the object at `place`, even ones that no object can hold. */
const withMembers = (body: unknown, place: Path, members: string) =>
  JSON.stringify(withValue(body, [...place, 'HERE'], 0)).replace('"HERE":0', members)

/** The names of a text's members. */
const namesIn = (text: string) => [...text.matchAll(/"([^"]*)":/g)].map(([, name]) => name ?? '')

test('the payloads are read', () => {
  expect(FIELDS.length).toBeGreaterThan(40)
  expect(BODIES.length).toBeGreaterThan(25)
  expect(withMembers({ a: { b: 1 } }, ['a'], '"c":2')).toBe('{"a":{"b":1,"c":2}}')
})

test.each(TAKERS)(
  '%s takes no field that is for the server to set',
  async (_, entry) => {
    if (!entry.body) return
    const shape = shapeOf(entry.body)
    const known = new Set(fieldsOf(shape).map(({ path }) => pointerOf(path)))
    for (const place of objectsOf(shape))
      for (const field of FIELDS) {
        const pointer = pointerOf([...place, field])
        const member = `${JSON.stringify(field)}:${JSON.stringify(world.b.orgId)}`
        // Fields of the body itself are the people's to set; `bodies` tries those.
        if (known.has(pointer)) continue
        const response = await send(entry, withMembers(exampleBody(entry), place, member))
        const { errors } = await response.json<{ errors?: { pointer: string }[] }>()
        const at = field === '__proto__' ? '/__proto__' : pointer
        expect([pointer, errors?.map((each) => each.pointer)]).toEqual([pointer, [at]])
      }
    await expectUntouched()
  },
  MANY_MS,
)

test.each(TAKERS)('%s takes no such field from somebody who is not signed in', async (_, entry) => {
  for (const field of FIELDS) {
    const member = `${JSON.stringify(field)}:${JSON.stringify(world.b.orgId)}`
    const response = await send(entry, withMembers(exampleBody(entry), [], member), false)
    if (entry.who !== 'anyone') expect([field, response.status]).toEqual([field, 401])
    else expect([field, response.status >= 400 && response.status < 500]).toEqual([field, true])
  }
  await expectUntouched()
})

/** Sends a hostile body; one that happens to be right is no attack, and what it did is taken back. */
async function expectRefused(entry: RouteEntry, text: string, members: string) {
  const { status } = await send(entry, text)
  const own = new Set(Object.keys(Object(exampleBody(entry))))
  if (status < 300 && namesIn(members).every((name) => own.has(name))) await world.reset()
  else expect([members, [400, 422].includes(status)]).toEqual([members, true])
}

test.each(TAKERS)('%s refuses hostile bodies by themselves', async (_, entry) => {
  for (const body of BODIES) await expectRefused(entry, body, body)
  await expectUntouched()
})

test.each(TAKERS)('%s refuses hostile members in a body that is right', async (_, entry) => {
  for (const body of BODIES.filter((each) => each.startsWith('{') && each.endsWith('}'))) {
    const members = body.slice(1, -1)
    await expectRefused(entry, withMembers(exampleBody(entry), [], members), members)
  }
  await expectUntouched()
  expect(Reflect.get({}, 'role')).toBeUndefined()
})

test('of two values for one field the last one counts, for the check as for the row', async () => {
  const admin = await cookieFor(worker, world.a.people.admin)
  const headers = { 'CF-Connecting-IP': address() }
  const path = `/api/members/${world.a.ids.member}`
  const raised = await worker.request('PATCH', path, {
    body: '{"role":"viewer","role":"owner"}',
    cookie: admin,
    headers,
  })
  expect(raised.status).toBe(403)
  await expectUntouched()
  const changed = await worker.request('PATCH', path, {
    body: '{"role":"owner","role":"manager"}',
    cookie: admin,
    headers,
  })
  expect(await changed.json()).toMatchObject({ role: 'manager' })
})
