import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { keyOf, type RouteEntry } from '#worker/http/registry.ts'
import { REGISTRY } from '#worker/registry.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { address } from '#worker/testing/people.ts'
import { exampleFor } from '#worker/testing/world/examples.ts'
import { cookieFor, newWorld, type World } from '#worker/testing/world/world.ts'
import { fieldsOf, objectsOf, pointerOf, shapeOf, type Wrong, withValue, wrongsOf } from './fields.ts'

/** A route with many fields is asked some hundred times. */
const MANY_MS = 30_000

const worker = new TestWorker()
let world: World
let cookie: string
let untouched: Map<string, string>

beforeAll(async () => {
  world = await newWorld()
  cookie = await cookieFor(worker, world.a.people.owner)
  untouched = await dump()
})

const log = vi.spyOn(console, 'log')
beforeEach(() => log.mockClear())

const WRITES = [...REGISTRY.values()].filter(({ method }) => method !== 'GET' && method !== 'OPTIONS')
const TAKERS = WRITES.filter(({ body }) => body !== undefined)
const named = (entries: readonly RouteEntry[]) =>
  entries.map((entry) => [keyOf(entry.method, entry.path), entry] as const)

const exampleOf = (entry: RouteEntry) => exampleFor(entry, world.a, world.a.people.owner)

interface Sent {
  readonly headers?: Record<string, string>
  readonly body?: BodyInit
}
/** A request of an owner with exactly these headers and this body. */
function send(entry: RouteEntry, { headers = {}, body }: Sent): Promise<Response> {
  const all = new Headers({ 'CF-Connecting-IP': address(), Cookie: cookie, ...headers })
  const init: RequestInit = { method: entry.method, headers: all, ...(body === undefined ? {} : { body }) }
  return worker.fetch(new Request(`${worker.env.APP_URL}${exampleOf(entry).path}`, init))
}

const JSON_TYPE = { 'Content-Type': 'application/json' }
const ours = () => ({ Origin: worker.env.APP_URL, ...JSON_TYPE })
const bytes = (text: string) => new TextEncoder().encode(text)
const sendText = (entry: RouteEntry, text: string) => send(entry, { headers: ours(), body: bytes(text) })
const sendJson = (entry: RouteEntry, body: unknown) => sendText(entry, JSON.stringify(body))

/** A bad request changes nothing, and counts as nobody's failure but the caller's. */
async function expectUntouched() {
  expect(log.mock.calls.flat().filter((line) => String(line).includes('request_failed'))).toEqual([])
  expect(changedTables(untouched, await dump()).filter((table) => table !== 'limits')).toEqual([])
}

/** Words of a library, not of the product. */
const RAW = /^(?:Invalid|Unrecognized|Too (?:big|small))|\breceived\b|\bexpected (?:to|string|object|array)\b/

async function errorsOf(response: Response) {
  const { errors = [] } = await response.json<{ errors?: { pointer: string; detail: string }[] }>()
  return errors.filter(({ detail }) => detail !== '')
}

/** What is wrong with how the route answers this body; empty when it points at the field. */
async function complaint(entry: RouteEntry, { what, path, value }: Wrong): Promise<string[]> {
  const response = await sendJson(entry, withValue(exampleOf(entry).body, path, value))
  if (response.status !== 422) return [`${what}: ${response.status}`]
  const errors = await errorsOf(response)
  const raw = errors.filter(({ detail }) => RAW.test(detail)).map(({ detail }) => `${what} says ${detail}`)
  const found = errors.map(({ pointer }) => pointer)
  const at = pointerOf(path)
  if (raw.length > 0) return raw
  return found.some((pointer) => pointer === at || pointer.startsWith(`${at}/`)) ? [] : [`${what}: ${found}`]
}

const complaints = async (entry: RouteEntry, wrongs: readonly Wrong[]) => {
  const all: string[] = []
  for (const wrong of wrongs) all.push(...(await complaint(entry, wrong)))
  return all
}

test.each(named(TAKERS))('%s points at every field that it does not know', async (_, entry) => {
  if (!entry.body) return
  const places = objectsOf(shapeOf(entry.body))
  const wrongs = places
    .map((place) => [...place, 'surprise'])
    .map((path) => ({ what: pointerOf(path), path, value: 1 }))
  expect(wrongs.length).toBeGreaterThan(0)
  expect(await complaints(entry, wrongs)).toEqual([])
  await expectUntouched()
})

test.each(named(TAKERS))(
  '%s points at every field that is missing, of another type or too long',
  async (_, entry) => {
    if (!entry.body) return
    const wrongs = fieldsOf(shapeOf(entry.body)).flatMap(wrongsOf)
    expect(wrongs.length).toBeGreaterThan(5)
    expect(await complaints(entry, wrongs)).toEqual([])
    await expectUntouched()
  },
  MANY_MS,
)

/** Bodies that are no JSON, or no JSON of ours, by what is wrong with them. */
const UNREADABLE: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a blank', ' '],
  ['an open object', '{'],
  ['a comma too many', '{"a":1,}'],
  ['no number', 'NaN'],
  ['single quotes', "{'a':1}"],
  ['a form', 'a=1&b=2'],
  ['two values', '{}{}'],
  ['one level too many', `${'['.repeat(13)}${']'.repeat(13)}`],
  ['a hundred thousand brackets', '['.repeat(100_000)],
  ['a hundred thousand objects', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
]

test.each(named(TAKERS))('%s refuses what is not JSON', async (_, entry) => {
  for (const [what, text] of UNREADABLE)
    expect([what, (await sendText(entry, text)).status]).toEqual([what, 400])
  const cut = JSON.stringify(exampleOf(entry).body).slice(0, -1)
  expect((await sendText(entry, cut)).status).toBe(400)
  await expectUntouched()
})

/** JSON that is no object, or one that hides something. */
const MISSHAPEN = [
  'null',
  '[]',
  '7',
  '"text"',
  'true',
  '[[[[[[[[[[[[]]]]]]]]]]]]',
  '[{}]',
  '{}',
  '{"__proto__":{"role":"owner"}}',
  '{"constructor":1}',
]

test.each(named(TAKERS))('%s refuses JSON that is no body of its own', async (_, entry) => {
  const whole = JSON.stringify(exampleOf(entry).body).slice(0, -1)
  const hiding = [
    `${whole},"__proto__":{"role":"owner"}}`,
    `${whole},"":1}`,
    `${whole},"a":{"__proto__":null}}`,
  ]
  for (const text of [...MISSHAPEN, ...hiding])
    expect([text.slice(-60), (await sendText(entry, text)).status]).toEqual([text.slice(-60), 422])
  expect(Reflect.get({}, 'role')).toBeUndefined()
  await expectUntouched()
})

test.each(named(TAKERS))('%s names few of very many wrong fields', async (_, entry) => {
  const many = Array.from({ length: 20_000 }, (_, at) => `"k${at}":0`).join()
  const response = await sendText(entry, `{${many}}`)
  expect(response.status).toBe(422)
  expect((await response.text()).length).toBeLessThan(32_000)
  await expectUntouched()
})

test.each(named(TAKERS))('%s takes JSON that says so, and nothing else', async (_, entry) => {
  const body = bytes(JSON.stringify(exampleOf(entry).body))
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'text/json',
    '',
  ]
  for (const type of types) {
    const headers = { Origin: worker.env.APP_URL, ...(type === '' ? {} : { 'Content-Type': type }) }
    // Pages without script post forms, of which JSON is none.
    const status = entry.origin === 'any' && type === 'application/x-www-form-urlencoded' ? 422 : 415
    expect([type, (await send(entry, { headers, body })).status]).toEqual([type, status])
  }
  await expectUntouched()
})

const MAX = 256_000
/** A body that comes in pieces, so that nobody knows its length before its end. */
function stream(length: number): ReadableStream<Uint8Array> {
  const piece = bytes(' '.repeat(16_000))
  let left = length
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close()
      controller.enqueue(piece.subarray(0, Math.min(left, piece.length)))
      left -= piece.length
    },
  })
}

test.each(named(TAKERS))('%s refuses more than 256 kB, however it comes', async (_, entry) => {
  const whole = JSON.stringify(exampleOf(entry).body)
  const large = bytes(whole.padEnd(MAX + 1))
  const declared = { ...ours(), 'Content-Length': String(large.length) }
  expect((await send(entry, { headers: declared, body: large })).status).toBe(413)
  expect((await send(entry, { headers: ours(), body: large })).status).toBe(413)
  expect((await send(entry, { headers: ours(), body: stream(MAX + 1) })).status).toBe(413)
  expect((await send(entry, { headers: ours(), body: stream(40 * MAX) })).status).toBe(413)
  await expectUntouched()
})

test.each(named(TAKERS))('%s reads a body of exactly 256 kB', async (_, entry) => {
  expect((await send(entry, { headers: ours(), body: stream(MAX) })).status).toBe(400)
})

const ORIGINS = [
  ...['https://evil.invalid', 'null', 'http://localhost', 'http://localhost:87', 'https://localhost:8787'],
  ...[
    'http://localhost:8787.evil.invalid',
    'http://evil.invalid/http://localhost:8787',
    'http://localhost:8787/',
    '',
  ],
]

const OURS = WRITES.filter(({ origin }) => origin !== 'any')

test.each(named(OURS))('%s is refused to pages of other sites', async (_, entry) => {
  const { body } = exampleOf(entry)
  const sent = body === undefined ? {} : { body: bytes(JSON.stringify(body)) }
  for (const origin of ORIGINS) {
    const response = await send(entry, { headers: { ...JSON_TYPE, Origin: origin }, ...sent })
    expect([origin, response.status]).toEqual([origin, 403])
  }
  expect((await send(entry, { headers: JSON_TYPE, ...sent })).status).toBe(403)
  await expectUntouched()
})
