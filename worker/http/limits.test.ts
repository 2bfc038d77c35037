import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { address, fresh } from '#worker/testing/people.ts'

const worker = new TestWorker()
const HOUR_SECONDS = 3_600

const ask = (headers: Record<string, string>, email = `${fresh('nobody')}@vendor.example`) =>
  worker.request('POST', '/api/auth/request-password-reset', { body: { email }, headers })
const from = (ip: string, email?: string) => ask({ 'CF-Connecting-IP': ip }, email)
const anHourPasses = () => env.DB.prepare('update limits set started_at = started_at - 3600000').run()

test('one address asks for ten mails an hour, and is told how long to wait for more', async () => {
  const ip = address()
  for (let asked = 0; asked < 10; asked++) expect((await from(ip)).status).toBe(202)
  const response = await from(ip)
  expect(response.status).toBe(429)
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await response.json<Problem>()).toMatchObject({ type: '/problems/too-many-requests', status: 429 })
  const wait = Number(response.headers.get('Retry-After'))
  expect(wait).toBeGreaterThan(HOUR_SECONDS - 60)
  expect(wait).toBeLessThanOrEqual(HOUR_SECONDS)
  expect((await from(address())).status).toBe(202)
  await anHourPasses()
  expect((await from(ip)).status).toBe(202)
})

test('a refused request writes no mail', async () => {
  const ip = address()
  for (let asked = 0; asked < 10; asked++) await from(ip)
  worker.queued.splice(0)
  const [links, deliveries] = [await worker.count('mail_links'), await worker.count('deliveries')]
  expect((await from(ip)).status).toBe(429)
  expect([await worker.count('mail_links'), await worker.count('deliveries')]).toEqual([links, deliveries])
  expect(worker.queued).toEqual([])
})

test('one mailbox gets three mails an hour, wherever they are asked for and whichever form asks', async () => {
  const email = `${fresh('flooded')}@vendor.example`
  const found = () =>
    worker.request('POST', '/api/organizations', {
      body: { name: 'Flood', owner: { name: 'Flo', email: ` ${email.toUpperCase()}` } },
      headers: { 'CF-Connecting-IP': address() },
    })
  expect((await from(address(), email)).status).toBe(202)
  expect((await found()).status).toBe(202)
  expect((await from(address(), `  ${email.toUpperCase()}`)).status).toBe(202)
  const response = await from(address(), email)
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(HOUR_SECONDS - 60)
  expect((await found()).status).toBe(429)
  expect((await from(address())).status).toBe(202)
  await anHourPasses()
  expect((await from(address(), email)).status).toBe(202)
})

test('a thousand addresses of one customer line share one limit', async () => {
  const line = '2001:db8:4567:89ab'
  const hex = () => Math.floor(Math.random() * 65_536).toString(16)
  const statuses: number[] = []
  for (let at = 0; at < 1_000; at += 50)
    statuses.push(
      ...(await Promise.all(
        Array.from({ length: 50 }, async () => {
          const { status } = await from(`${line}:${hex()}:${hex()}:${hex()}:${hex()}`)
          return status
        }),
      )),
    )
  expect(statuses.filter((status) => status === 202)).toHaveLength(10)
  expect(statuses.filter((status) => status === 429)).toHaveLength(990)
  expect((await from('2001:db8:4567:89ac::1')).status).toBe(202)
})

test.each([
  [
    'an IPv6 line',
    [
      '2001:db8:0:7::1',
      '2001:DB8:0:7::1',
      '2001:0db8:0000:0007:0000:0000:0000:0001',
      '2001:db8:0:7:ffff:ffff:ffff:ffff',
      '2001:db8::7:0:0:0:1',
      '2001:db8:0:7::192.0.2.1',
      '2001:db8:0:7::1%eth0',
      ' 2001:db8:0:7:: ',
    ],
  ],
  [
    'an IPv4 address',
    ['192.0.2.77', '::ffff:192.0.2.77', '::FFFF:192.0.2.77', '::ffff:c000:24d', '0:0:0:0:0:ffff:c000:024d'],
  ],
])('%s is one caller however it is spelled', async (_, spellings) => {
  const statuses = []
  for (let asked = 0; asked < 11; asked++)
    statuses.push((await from(spellings[asked % spellings.length] ?? '')).status)
  expect(statuses).toEqual([...Array(10).fill(202), 429])
})

test('what a client claims about its address counts for nothing', async () => {
  const ip = address()
  const statuses = []
  for (let asked = 0; asked < 11; asked++) {
    const claimed = `198.51.100.${asked}`
    const response = await ask({
      'CF-Connecting-IP': ip,
      'X-Forwarded-For': `${claimed}, 203.0.113.9`,
      'X-Real-IP': claimed,
      'True-Client-IP': claimed,
      Forwarded: `for=${claimed}`,
      'CF-Connecting-IPv6': `2001:db8:${asked}::1`,
    })
    statuses.push(response.status)
  }
  expect(statuses).toEqual([...Array(10).fill(202), 429])
})

test.each([
  ['/api/auth/request-password-reset', { email: 'a@b.co' }, 2, 5],
  ['/api/organizations', { name: 'A', owner: { name: 'B', email: 'b@c.co' } }, 2, 5],
  ['/api/auth/link', { token: 'x' }, 2, 2],
  ['/api/auth/reset-password', { token: 'x', newPassword: 'a long enough phrase' }, 2, 2],
  ['/api/auth/sign-in/email', { email: 'c@d.co', password: 'x' }, 3, 3],
])('%s costs D1 little, whoever asks', async (path, body, roundTrips, statements) => {
  const before = { roundTrips: recording.roundTrips, statements: recording.statements.length }
  await worker.request('POST', path, { body, headers: { 'CF-Connecting-IP': address() } })
  expect(recording.roundTrips - before.roundTrips).toBeLessThanOrEqual(roundTrips)
  expect(recording.statements.length - before.statements).toBeLessThanOrEqual(statements)
})

test('whose tries are counted cannot be read from the table', async () => {
  const [ip, email] = ['203.0.113.200', `${fresh('private')}@vendor.example`]
  await from(ip, email)
  const { results } = await env.DB.prepare('select key from limits').all<{ key: string }>()
  for (const { key } of results) expect(key).toMatch(/^[\w-]{43}$/)
})
