import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import badEmails from '#worker/testing/corpora/bad_emails.txt?raw'
import goodEmails from '#worker/testing/corpora/good_emails.txt?raw'
import notifications from '#worker/testing/corpora/notify_injection.txt?raw'
import unicode from '#worker/testing/corpora/unicode.txt?raw'
import xss from '#worker/testing/corpora/xss.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { type SentMail, TestWorker } from '#worker/testing/harness.ts'
import { acme, address, fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(async () => {
  await env.DB.exec('delete from limits')
  worker.queued.splice(0)
})

const HOSTILE_NAMES = [...payloads(notifications), ...payloads(xss), ...payloads(unicode), '😀'.repeat(100)]
const signUp = (name: string, ownerName: string, email: string) =>
  worker.request('POST', '/api/organizations', {
    body: { name, owner: { name: ownerName, email } },
    headers: { 'CF-Connecting-IP': address() },
  })
/** What a reader of the HTML sees. */
const shown = (html: string) =>
  html
    .replace(/<!doctype[^>]*>|<\/?(html|body|p|a)\b[^<>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** One mail to one address, with one link, one line of subject, and a name in it that is text and nothing else. */
function expectPlain({ to, subject, text, html }: SentMail, email: string, name: string) {
  expect(to).toBe(email)
  expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
  expect(subject.length).toBeLessThanOrEqual(200)
  expect(subject.isWellFormed()).toBe(true)
  expect(text).toContain(name)
  expect(shown(html)).toContain(name)
  const tags = html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/ .*/, '').toLowerCase()) ?? []
  expect(tags.join('')).toMatch(/^<!doctype<html<body<p><\/p><p><a<\/a><\/p><p<\/p><\/body><\/html>$/)
  expect(html.match(/href="[^"]*"/g)).toEqual([
    expect.stringContaining(`href="${env.APP_URL}/reset-password?token=`),
  ])
}

test('whatever somebody calls their organisation, its mails stay what they are', async () => {
  const accepted: [name: string, email: string][] = []
  for (const name of HOSTILE_NAMES) {
    const email = `${fresh('founder')}@vendor.example`
    const response = await signUp(name, 'Fiona Founder', email)
    if (response.status === 202) accepted.push([name.trim(), email])
    else {
      expect([name, response.status]).toEqual([name, 422])
      const { errors } = await response.json<Problem>()
      for (const { pointer } of errors ?? []) expect(pointer).toBe('/name')
    }
  }
  await worker.drain()
  expect(accepted.length).toBeGreaterThan(100)
  for (const [name, email] of accepted) {
    const mails = worker.mails.filter(({ to }) => to === email)
    expect(mails).toHaveLength(1)
    for (const mail of mails) expectPlain(mail, email, name)
  }
})

test('an invitation stays what it is even if a row holds a name that no form would take', async () => {
  for (const name of HOSTILE_NAMES.filter((each) => each.isWellFormed() && !each.includes('\0'))) {
    await env.DB.prepare('update organizations set name = ? where id = ?').bind(name, org.id).run()
    const email = `${fresh('invited')}@vendor.example`
    await worker.request('POST', '/api/members', {
      body: { email, role: 'viewer' },
      cookie: org.owner.cookie,
    })
    await worker.drain()
    const mails = worker.mails.filter(({ to }) => to === email)
    expect(mails).toHaveLength(1)
    for (const mail of mails) expectPlain(mail, email, name)
  }
})

/** Everywhere that an address is taken. */
const takers: [string, (email: string) => Promise<Response>, string][] = [
  [
    'a contact',
    (email) =>
      worker.request('POST', '/api/partners', {
        body: acme({ primaryContact: { firstName: 'A', lastName: 'B', email } }),
        cookie: org.owner.cookie,
      }),
    '/primaryContact/email',
  ],
  [
    'a stakeholder',
    (email) =>
      worker.request('POST', '/api/partners', {
        body: acme({ keyStakeholders: [{ name: 'A', role: '', side: 'vendor', email }] }),
        cookie: org.owner.cookie,
      }),
    '/keyStakeholders/0/email',
  ],
  [
    'a member',
    (email) =>
      worker.request('POST', '/api/members', { body: { email, role: 'viewer' }, cookie: org.owner.cookie }),
    '/email',
  ],
  ['a founder', (email) => signUp('Northwind', 'Fiona Founder', email), '/owner/email'],
  [
    'a reset',
    (email) =>
      worker.request('POST', '/api/auth/request-password-reset', {
        body: { email },
        headers: { 'CF-Connecting-IP': address() },
      }),
    '/email',
  ],
]

test.each(takers)(
  'an address for %s is refused, or taken in its one normal form',
  async (_, take, pointer) => {
    const accepted = []
    for (const email of payloads(badEmails)) {
      const response = await take(email)
      if (response.status >= 300 && response.status !== 409) {
        expect([email, response.status]).toEqual([email, 422])
        expect(await response.json()).toMatchObject({ errors: [{ pointer }] })
      } else accepted.push(email)
      await env.DB.exec('delete from limits')
    }
    for (const email of accepted) expect(email.trim().toLowerCase()).toMatch(/^[!-~]+@[a-z0-9.-]+$/)
    await worker.drain()
    for (const { to } of worker.mails) {
      expect(to).toMatch(/^[!-~]+@[a-z0-9.-]+$/)
      expect(to).not.toMatch(/[,;<>()]/)
    }
  },
)

test.each(takers)('a good address for %s is taken', async (_, take) => {
  for (const email of payloads(goodEmails)) {
    const response = await take(email)
    expect([email, response.ok || response.status === 409]).toEqual([email, true])
    await env.DB.exec('delete from limits')
  }
})

test('addresses that people take for one are one', async () => {
  const email = `${fresh('kate')}@acme.example`
  const spellings = [email.toUpperCase(), ` ${email}\u00a0`, `\t${email}\n`, email.replace('k', '\u212a')]
  const first = await worker.request('POST', '/api/members', {
    body: { email, role: 'viewer' },
    cookie: org.owner.cookie,
  })
  expect(first.status).toBe(201)
  for (const each of spellings) {
    const response = await worker.request('POST', '/api/members', {
      body: { email: each, role: 'viewer' },
      cookie: org.owner.cookie,
    })
    expect([each, response.status]).toEqual([each, 409])
  }
  expect(await worker.count('users', 'email like ?', `${email.slice(0, 12)}%`)).toBe(1)
})
