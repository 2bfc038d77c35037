import { beforeAll, beforeEach, expect, test } from 'vitest'
import spoofHeaders from '#worker/testing/corpora/spoof_headers.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { address } from '#worker/testing/people.ts'
import { cookieFor, newWorld, type World } from '#worker/testing/world/world.ts'

/** Headers that a client may send, each with its value. */
const LINES = payloads(spoofHeaders).map((line) => {
  const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? []
  return [line, name, value] as const
})

const worker = new TestWorker()
let world: World

beforeAll(async () => {
  world = await newWorld()
})
beforeEach(() => world.reset())

const email = () => world.a.people.owner.email
/** What the answer's own headers say, apart from what is of this request only. */
const lasting = ({ headers, status }: Response) =>
  [
    status,
    ...[...headers].filter(([name]) => name !== 'x-request-id').map((each) => each.join(': ')),
  ].toSorted()

test('the headers are read', () => {
  expect(LINES.length).toBeGreaterThan(20)
  expect(LINES.filter(([, name]) => name === '')).toEqual([])
})

test.each(LINES)('%s leaves mailed links on our own site', async (_, name, value) => {
  const response = await worker.request('POST', '/api/auth/request-password-reset', {
    body: { email: email() },
    headers: { 'CF-Connecting-IP': address(), [name]: value },
  })
  const refusal = name === 'Origin' ? 403 : name === 'Content-Type' && value === '' ? 415 : null
  expect(response.status).toBe(refusal ?? 202)
  worker.mails.length = 0
  await worker.drain()
  expect(worker.mails).toHaveLength(refusal === null ? 1 : 0)
  for (const { text, html, subject } of worker.mails) {
    const links = `${text} ${html}`.match(/\bhttps?:\/\/[^\s"<]+/g) ?? []
    expect(links).toHaveLength(2)
    expect(links.filter((link) => !link.startsWith(`${worker.env.APP_URL}/reset-password?token=`))).toEqual(
      [],
    )
    expect(`${subject} ${text} ${html}`).not.toContain('evil')
  }
})

test('a mail asked for under a foreign host name leads to our own site', async () => {
  worker.mails.length = 0
  for (const host of [
    'http://evil.invalid',
    'http://localhost:8787@evil.invalid',
    'https://entente.evil.invalid:8787',
  ]) {
    const request = new Request(`${host.replace(/\w+:8787@/, '')}/api/auth/request-password-reset`, {
      method: 'POST',
      headers: {
        Origin: worker.env.APP_URL,
        'Content-Type': 'application/json',
        'CF-Connecting-IP': address(),
      },
      body: JSON.stringify({ email: email() }),
    })
    expect((await worker.fetch(request)).status).toBe(202)
    await worker.drain()
    expect(worker.mails.at(-1)?.text).toContain(`${worker.env.APP_URL}/reset-password?token=`)
    expect(worker.mails.at(-1)?.text).not.toContain('evil')
  }
})

test('no header gives a caller another ten tries', async () => {
  const spoofs = LINES.filter(([, name]) => !['CF-Connecting-IP', 'Origin', 'Content-Type'].includes(name))
  const tries = [...spoofs, ...spoofs].slice(0, 24)
  const statuses: number[] = []
  for (const [at, [, name, value]] of tries.entries()) {
    const response = await worker.request('POST', '/api/auth/request-password-reset', {
      body: { email: `somebody-${at}@people.example` },
      headers: { [name]: value, 'CF-Connecting-IP': '192.0.2.1' },
    })
    statuses.push(response.status)
  }
  expect(statuses).toEqual([...Array(10).fill(202), ...Array(tries.length - 10).fill(429)])
  const elsewhere = await worker.request('POST', '/api/auth/request-password-reset', {
    body: { email: 'somebody@people.example' },
    headers: { 'CF-Connecting-IP': '192.0.2.2' },
  })
  expect(elsewhere.status).toBe(202)
})

test.each(LINES)('%s signs nobody in', async (_, name, value) => {
  const response = await worker.request('GET', '/api/members', { headers: { [name]: value } })
  expect(response.status).toBe(401)
})

test.each(LINES)('%s changes nothing in what a signed-in person reads', async (_, name, value) => {
  const own = await cookieFor(worker, world.a.people.viewer)
  const cookie = name === 'Cookie' ? `${value}; ${own}` : own
  for (const path of ['/api/partners', '/login', '/']) {
    const plain = await worker.request('GET', path, { cookie: own })
    const spoofed = await worker.request('GET', path, { headers: { [name]: value }, cookie })
    expect(lasting(spoofed)).toEqual(lasting(plain))
    expect(await spoofed.text()).toBe(await plain.text())
  }
})
