import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, cookieOf, type Organization, plantOrganization } from '#worker/testing/people.ts'

/** How each request's session of D1 began. */
const starts: (string | undefined)[] = []
const worker = new TestWorker({
  DB: {
    prepare: (query) => env.DB.prepare(query),
    batch: (statements) => env.DB.batch(statements),
    exec: (query) => env.DB.exec(query),
    dump: () => env.DB.dump(),
    withSession: (start) => {
      starts.push(start)
      return env.DB.withSession(start)
    },
  },
})
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const add = (cookie: string) => worker.request('POST', '/api/partners', { body: acme(), cookie })
const list = (cookie: string) => worker.request('GET', '/api/partners', { cookie })
const seen = (response: Response) =>
  response.headers.getSetCookie().find((each) => each.startsWith('entente-seen='))

test('whoever has written sees it in the next read, whichever replica serves it', async () => {
  const { cookie } = org.owner
  const written = await add(cookie)
  const [value, ...attributes] = seen(written)?.split('; ') ?? []
  expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=300', 'Path=/', 'SameSite=Lax'])
  await list(`${cookie}; ${value}`)
  expect(starts.at(-1)).toBe(value?.slice('entente-seen='.length))
})

test('whoever has written nothing may be served by any replica, and gets no cookie', async () => {
  const response = await list(org.owner.cookie)
  expect(response.headers.getSetCookie()).toEqual([])
  expect(starts.at(-1)).toBe('first-unconstrained')
})

test('a bookmark that is none is not passed on, and none of any shape fails a request', async () => {
  const { cookie } = org.owner
  for (const value of ['x', "' or 1=1", '%00', 'first-primary', '0'.repeat(101), ' ']) {
    expect((await list(`${cookie}; entente-seen=${encodeURIComponent(value)}`)).status).toBe(200)
    expect([value, starts.at(-1)]).toEqual([value, 'first-unconstrained'])
  }
  for (const value of ['0', '-', 'ffffffff-ffffffff-ffffffff-ffffffffffffffffffffffffffffffff'])
    expect((await list(`${cookie}; entente-seen=${value}`)).status).toBe(200)
})

test('over https the bookmark travels over https only', async () => {
  const https = new TestWorker({ APP_URL: 'https://partners.vendor.example' })
  const { owner } = await plantOrganization(https)
  const response = await https.request('POST', '/api/partners', { body: acme(), cookie: owner.cookie })
  expect(response.status).toBe(201)
  expect(seen(response)).toContain('; Secure')
  expect(cookieOf(response)).toContain('entente-seen=')
})
