import { expect, test } from 'vitest'
import { recording, TestWorker } from '#worker/testing/harness.ts'

const asked: string[] = []
/** The built pages, as far as these tests need them. */
const assets = (status: number): Fetcher => ({
  fetch: async (input) => {
    asked.push(new URL(input instanceof Request ? input.url : input).pathname)
    return new Response('<!doctype html><html lang="en"><title>Entente</title></html>', { status })
  },
  connect: () => {
    throw new Error('Pages are fetched.')
  },
})
const worker = new TestWorker({ ASSETS: assets(200) })

test.each([
  ['/login', '/web/admin/index.html'],
  ['/signup', '/web/admin/index.html'],
  ['/reset-password?token=x', '/web/admin/index.html'],
  ['/partners', '/web/admin/index.html'],
  ['/partners/prt_1', '/web/admin/index.html'],
  ['/settings/members', '/web/admin/index.html'],
  ['/portal', '/web/portal/index.html'],
  ['/portal/login', '/web/portal/index.html'],
])('%s is a page of its app, for everybody the same and without D1', async (path, shell) => {
  const { roundTrips } = recording
  const response = await worker.request('GET', path)
  expect([response.status, asked.at(-1)]).toEqual([200, shell])
  expect(recording.roundTrips).toBe(roundTrips)
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  expect(response.headers.getSetCookie()).toEqual([])
  const policy = response.headers.get('Content-Security-Policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
})

test('a page has the colours that the visitor chose from the first paint on, and nothing else of their cookie', async () => {
  for (const theme of ['light', 'dark']) {
    const response = await worker.request('GET', '/login', { cookie: `theme=${theme}` })
    expect(await response.text()).toContain(`<html data-theme="${theme}" lang="en">`)
  }
  for (const theme of ['', 'blue', '"><script>alert(1)</script>', 'dark" onload="x', '$&', '%22'])
    for (const cookie of [`theme=${theme}`, `theme=${encodeURIComponent(theme)}`]) {
      const response = await worker.request('GET', '/login', { cookie })
      expect(await response.text()).toContain('<!doctype html><html lang="en">')
    }
})

test('the start page leads to the directory, whatever the query', async () => {
  for (const path of ['/', '/?next=//evil.invalid', '/?//evil.invalid']) {
    const response = await worker.request('GET', path)
    expect([response.status, response.headers.get('Location')]).toEqual([302, '/partners'])
  }
})

test('pages that were not built yet are worth another try', async () => {
  const response = await new TestWorker({ ASSETS: assets(404) }).request('GET', '/login')
  expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '30'])
  expect(await response.json()).toMatchObject({ type: '/problems/unavailable' })
})
