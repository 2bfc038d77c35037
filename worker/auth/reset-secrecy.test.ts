import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import hostileTargets from '#worker/testing/corpora/open_redirect.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  address,
  enlist,
  foundOrganization,
  fresh,
  givePassword,
  type Organization,
  tokenFor,
} from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
let other: Organization

beforeAll(async () => {
  org = await foundOrganization(worker)
  other = await foundOrganization(worker)
})

beforeEach(async () => {
  await env.DB.exec('delete from limits')
})

const ask = (email: string, extra = {}) =>
  worker.request('POST', '/api/auth/request-password-reset', {
    body: { email, ...extra },
    headers: { 'CF-Connecting-IP': address() },
  })

/** One request with its job: everything that anybody could tell a known address by, and the mails that went out. */
async function traceOf(email: string) {
  await env.DB.exec('delete from limits')
  const [statements, roundTrips] = [recording.statements.length, recording.roundTrips]
  const { rowsWritten } = recording
  const rows = await rowCounts()
  const mails = worker.mails.length
  const response = await ask(email)
  const answer = {
    status: response.status,
    body: await response.text(),
    headers: [...response.headers.keys()],
    roundTrips: recording.roundTrips - roundTrips,
    statements: recording.statements.slice(statements),
    rowsWritten: recording.rowsWritten - rowsWritten,
    messages: worker.queued.map(({ kind }) => kind),
  }
  await worker.drain()
  return {
    answer,
    wholeWork: recording.statements.slice(statements).map((sql) => sql.replace(/\s+/g, ' ')),
    newRows: (await rowCounts()).map(([table, count], at) => [table, count - (rows[at]?.[1] ?? 0)] as const),
    mails: worker.mails.length - mails,
  }
}

async function rowCounts() {
  const contents = await dump()
  const lengths = [...contents].map(([table, json]): [string, number] => {
    const parsed: unknown = JSON.parse(json)
    return [table, Array.isArray(parsed) ? parsed.length : 0]
  })
  return lengths
}

test('nobody can tell from a reset request whether the address is known, or as what', async () => {
  const contact = `${fresh('contact')}@partner.example`
  await worker.request('POST', '/api/partners', {
    body: acme({ primaryContact: { firstName: 'Cora', lastName: 'Contact', email: contact } }),
    cookie: org.owner.cookie,
  })
  const invited = `${fresh('invited')}@vendor.example`
  await worker.request('POST', '/api/members', {
    body: { email: invited, role: 'viewer' },
    cookie: org.owner.cookie,
  })
  await worker.drain()
  const member = await enlist(worker, org, 'manager')
  await givePassword(member.email)
  const unknown = await traceOf(`${fresh('nobody')}@vendor.example`)
  expect(unknown).toMatchObject({ mails: 0, answer: { status: 202, body: '{}', messages: ['deliver'] } })
  expect(unknown.newRows.filter(([, count]) => count > 0).sort()).toEqual([
    ['deliveries', 1],
    ['limits', 2],
    ['mail_links', 1],
  ])
  for (const email of [contact, invited, member.email, org.owner.email, other.owner.email]) {
    const known = await traceOf(email)
    expect({ ...known, mails: 0 }).toEqual(unknown)
    expect(known.mails).toBe(1)
  }
})

test('no column and no log line holds the token of a link, or a password', async () => {
  const logged = vi.spyOn(console, 'log')
  const password = 'a secret that stands nowhere'
  const email = `${fresh('secret')}@vendor.example`
  await worker.request('POST', '/api/organizations', {
    body: { name: fresh('Secret'), owner: { name: 'Sue Secret', email } },
    headers: { 'CF-Connecting-IP': address() },
  })
  await worker.request('POST', '/api/members', {
    body: { email: `invited-${email}`, role: 'viewer' },
    cookie: org.owner.cookie,
  })
  await worker.drain()
  const tokens = [tokenFor(worker, email), tokenFor(worker, `invited-${email}`)]
  await worker.request('POST', '/api/auth/reset-password', {
    body: { token: tokens[0], newPassword: password },
    headers: { 'CF-Connecting-IP': address() },
  })
  await ask(email)
  await worker.drain()
  tokens.push(tokenFor(worker, email))
  expect(new Set(tokens).size).toBe(3)
  const everything = [...(await dump()).values(), ...logged.mock.calls.flat()].join('\n')
  logged.mockRestore()
  for (const secret of [...tokens, password]) {
    expect(secret.length).toBeGreaterThan(20)
    expect(everything).not.toContain(secret)
  }
  // The scan reads what is stored: it finds the address.
  expect(everything).toContain(email)
})

test('the link leads to our own address whatever host the request names', async () => {
  const path = '/api/auth/request-password-reset'
  const spoofed = [
    new Request(`http://evil.invalid${path}`, { method: 'POST' }),
    new Request(`${worker.env.APP_URL}${path}`, {
      method: 'POST',
      headers: {
        Host: 'evil.invalid',
        'X-Forwarded-Host': 'evil.invalid',
        'X-Forwarded-Server': 'evil.invalid',
        'X-HTTP-Host-Override': 'evil.invalid',
        'X-Original-URL': 'http://evil.invalid/',
        Forwarded: 'host=evil.invalid',
        Referer: 'https://evil.invalid/',
      },
    }),
  ]
  const { email } = org.owner
  for (const request of spoofed) {
    const mails = worker.mails.length
    const headers = new Headers(request.headers)
    headers.set('Origin', worker.env.APP_URL)
    headers.set('Content-Type', 'application/json')
    await worker.fetch(new Request(request, { headers, body: JSON.stringify({ email }) }))
    await worker.drain()
    const mail = worker.mails[mails]
    expect(mail?.to).toBe(email)
    expect(mail?.text).toContain(`${worker.env.APP_URL}/reset-password?token=`)
    expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toContain('evil')
  }
})

test('a link leads on to one of our two sign-in pages, and a request for any other is refused', async () => {
  const before = await dump()
  const targets = [
    ...payloads(hostileTargets),
    '',
    '/',
    '/login/',
    '/login?next=//evil.invalid',
    '/LOGIN',
    '/partners',
    'login',
  ]
  expect(targets.length).toBeGreaterThan(20)
  for (const redirectTo of targets) {
    const response = await ask(org.owner.email, { redirectTo })
    expect([redirectTo, response.status]).toEqual([redirectTo, 422])
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/redirectTo' }] })
  }
  expect(changedTables(before, await dump())).toEqual([])
  expect(worker.queued).toEqual([])
})
