import { beforeAll, expect, test } from 'vitest'
import { app } from '#worker/app.ts'
import { keyOf, type RouteEntry, registryOf } from '#worker/http/registry.ts'
import { REGISTRY } from '#worker/registry.ts'
import { readColumns } from './catalogue.ts'
import { TestWorker } from './harness.ts'
import { address } from './people.ts'
import { exampleFor } from './world/examples.ts'
import { cookieFor, newWorld, type World } from './world/world.ts'

const worker = new TestWorker()
const ROUTES = [...REGISTRY.values()].map((entry) => [keyOf(entry.method, entry.path), entry] as const)
let world: World

beforeAll(async () => {
  world = await newWorld()
})

/** The example request of a route by an owner, or by nobody. */
async function call({ method, path, ...entry }: RouteEntry, who: 'owner' | 'nobody', as: string = method) {
  const { owner } = world.a.people
  const example = exampleFor({ method, path, ...entry }, world.a, owner)
  return worker.request(as, example.path, {
    headers: { 'CF-Connecting-IP': address() },
    cookie: who === 'owner' ? await cookieFor(worker, owner) : '',
    ...(example.body === undefined ? {} : { body: example.body }),
  })
}

test('the registry knows every route of the app, and no other', () => {
  const mounted = app.routes.filter(({ method }) => method !== 'ALL')
  expect(mounted.length).toBeGreaterThan(20)
  const routes = new Set(mounted.map(({ method, path }) => keyOf(method, path)))
  expect([...routes].toSorted()).toEqual([...REGISTRY.keys()].toSorted())
})

test('only middleware answers to every method', () => {
  const open = app.routes.filter(({ method, path }) => method === 'ALL' && path !== '/*')
  expect(open).toEqual([])
})

test('a route cannot stand in the registry twice', () => {
  const entry: RouteEntry = { method: 'GET', path: '/', who: 'anyone', changes: [] }
  expect(() => registryOf([entry, { ...entry, who: 'owner' }])).toThrow()
})

test('what a route may change are tables that exist, and reading changes none', async () => {
  const tables = new Set((await readColumns()).map(({ table }) => table))
  for (const [key, { method, changes }] of ROUTES) {
    expect([key, changes.filter((table) => !tables.has(table))]).toEqual([key, []])
    if (method === 'GET') expect([key, changes]).toEqual([key, []])
  }
})

/** On every answer, whatever it is. */
const ALWAYS = {
  'X-Content-Type-Options': /^nosniff$/,
  'Referrer-Policy': /^no-referrer$/,
  'Cross-Origin-Opener-Policy': /^same-origin$/,
  'Cross-Origin-Resource-Policy': /^same-origin$/,
  'Permissions-Policy': /camera=\(\)/,
  'Content-Security-Policy': /^default-src 'none';.*frame-ancestors 'none'$/,
  'X-Request-Id': /^req_[0-9a-z]{26}$/,
}

/** What sites load into their own pages. */
const FOR_SITES = /^\/embed\.js$/

function missingHeaders(response: Response, isKept: boolean, path = '') {
  const missing = Object.entries(ALWAYS).filter(
    ([name, value]) =>
      !value.test(response.headers.get(name) ?? '') &&
      !(name === 'Cross-Origin-Resource-Policy' && FOR_SITES.test(path)),
  )
  const cached = response.headers.get('Cache-Control') === 'no-store' ? [] : ['Cache-Control']
  return [...missing.map(([name]) => name), ...(isKept ? [] : cached)]
}

/** Headers that let pages of other sites read the answer. */
const openings = (response: Response) =>
  [...response.headers.keys()].filter((name) => name.startsWith('access-control-'))

test.each(ROUTES)('%s is answered with its safeguards, to an owner and to nobody', async (_, entry) => {
  for (const who of ['owner', 'nobody'] as const) {
    const response = await call(entry, who)
    expect(missingHeaders(response, entry.cache !== undefined && response.ok, entry.path)).toEqual([])
    if (entry.origin !== 'any') expect(openings(response)).toEqual([])
    expect(response.headers.has('Access-Control-Allow-Credentials')).toBe(false)
    if (!response.ok && response.status >= 400) await expectProblem(response)
    if (entry.cache === 'public' || entry.origin === 'any')
      expect(response.headers.getSetCookie()).toEqual([])
  }
  await world.reset()
})

const PUBLIC = ROUTES.filter(([, { cache }]) => cache === 'public')

test.each(PUBLIC)('%s has one address in caches, whoever asks and however', async (_, entry) => {
  const { owner } = world.a.people
  const { path } = exampleFor(entry, world.a, owner)
  const plain = await worker.request('GET', path)
  expect(plain.headers.get('Cache-Control')).toMatch(/^public, max-age=\d+/)
  expect(plain.headers.get('Vary')).toBeNull()
  const signedIn = await worker.request('GET', path, {
    cookie: `theme=dark; ${await cookieFor(worker, owner)}`,
    headers: { 'Accept-Language': 'de', Origin: 'https://elsewhere.example' },
  })
  expect(signedIn.headers.getSetCookie()).toEqual([])
  expect(await signedIn.text()).toBe(await plain.text())
  for (const query of ['utm_source=x', 'v=1', 'embed=2', 'embed=1&x=1', 'theme=dark']) {
    const { headers, status } = await worker.request('GET', `${path}?${query}`)
    expect([query, status >= 300 || headers.get('Cache-Control') === 'no-store']).toEqual([query, true])
  }
})

async function expectProblem(response: Response) {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({
    type: expect.stringMatching(/^\/problems\/[a-z-]+$/),
    title: expect.stringMatching(/\S/),
    status: response.status,
  })
}

test.each([
  ['an address that nobody knows', 'GET', '/nowhere'],
  ['an address under a known one', 'GET', '/api/members/somebody/else'],
  ['a method that a route has not', 'PUT', '/api/partners'],
  ['a route of the credential library', 'POST', '/api/auth/sign-up/email'],
  ['a route of the credential library that lists', 'GET', '/api/auth/list-sessions'],
  ['a slash too many', 'GET', '/api/partners/'],
  ['two slashes', 'GET', '//api/partners'],
  ['another case', 'GET', '/API/partners'],
  ['an asset that was not built', 'GET', '/web/admin/index.html'],
  ['a preflight', 'OPTIONS', '/api/partners'],
  ['a local tool', 'GET', '/dev/mail.json'],
])('%s is answered as nothing', async (_, method, path) => {
  const cookie = await cookieFor(worker, world.a.people.owner)
  const response = await worker.request(method, path, { cookie })
  expect(response.status).toBe(404)
  expect([...missingHeaders(response, false), ...openings(response)]).toEqual([])
  await expectProblem(response)
})

const READS = ROUTES.filter(([, { method }]) => method === 'GET')

test.each(READS)('%s asked for its headers alone is answered without a body', async (_, entry) => {
  const [whole, head] = [await call(entry, 'owner'), await call(entry, 'owner', 'HEAD')]
  expect(head.status).toBe(whole.status)
  expect(head.headers.get('Content-Type')).toBe(whole.headers.get('Content-Type'))
  expect(await head.text()).toBe('')
})

test('over https, browsers are told to stay there', async () => {
  const secure = new TestWorker({ APP_URL: 'https://entente.example' })
  const response = await secure.request('GET', '/login')
  expect(response.headers.get('Strict-Transport-Security')).toMatch(/max-age=31536000/)
  expect((await worker.request('GET', '/login')).headers.has('Strict-Transport-Security')).toBe(false)
})
