import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import badDomains from '#worker/testing/corpora/bad_domains.txt?raw'
import ssrfUrls from '#worker/testing/corpora/ssrf_urls.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { Company, PUBLIC, stateOf } from '#worker/testing/outside/company.ts'
import { askedAbout, publish } from '#worker/testing/outside/internet.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'
import { Lanes, Unanswered } from './fetching.ts'
import { Door } from './hosts.ts'

/** By this address what this file asked can be told from what others did. */
const APP_URL = 'http://hosts.tests'
const worker = new TestWorker({ APP_URL })
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
  await publish({ zones: { 'localtest.me': { A: ['127.0.0.1'] } } })
})

const door = () => new Door({ agent: APP_URL, lanes: new Lanes(), signal: AbortSignal.timeout(20_000) })
const REQUEST = { accept: '*/*', timeoutMs: 5_000 }

/** Everything that was asked for, but for the fixed places that may always be asked. */
const KNOWN = new Set(['cloudflare-dns.com', 'dns.google', 'data.iana.org', 'rdap.registry.com'])
async function hostsAsked() {
  const hosts = (await askedAbout('', APP_URL)).map(({ url }) => new URL(url).host)
  return new Set(hosts.filter((host) => !KNOWN.has(host)))
}

const URLS = payloads(ssrfUrls).map((line) => line.split('\t')[0] ?? '')

test('the payloads are read', () => {
  expect(URLS.length).toBeGreaterThan(30)
})

test('no address that leads inside, or is none, is asked for', async () => {
  const before = await hostsAsked()
  for (const text of URLS) {
    const url = URL.parse(text)
    if (url) await expect(door().open(url, REQUEST), text).rejects.toThrow(Unanswered)
  }
  expect(await hostsAsked()).toEqual(before)
})

test('no site leads there, either', async () => {
  const before = await hostsAsked()
  const companies: string[] = []
  for (const [at, Location] of URLS.filter((text) => /^[\x20-\x7e]{1,2000}$/.test(text)).entries()) {
    const company = await Company.found(worker, org)
    companies.push(company.domain)
    // All kinds of redirect in turn.
    const status = [301, 302, 303, 307, 308][at % 5] ?? 302
    await company.show({ '/': { status, headers: { Location } } })
    await company.check()
  }
  const asked = new Set([...(await hostsAsked())].filter((host) => !before.has(host)))
  expect(asked).toEqual(new Set(companies))
})

const inside: [string, object][] = [
  ['an address of this machine', { A: ['127.0.0.1'] }],
  ['a private address', { A: ['10.1.2.3'] }],
  ['a private address beside a public one', { A: [PUBLIC, '192.168.0.1'] }],
  ['a private address of IPv6 beside a public one', { AAAA: ['fd00::1'] }],
  ['an address of this machine inside IPv6', { A: [], AAAA: ['::ffff:127.0.0.1'] }],
  ['where clouds keep their secrets', { A: ['169.254.169.254'] }],
]
test.each(inside)('a name that DNS leads to %s is not visited', async (_, zone) => {
  const company = await Company.found(worker, org)
  await company.show({ '/': '<title>Inside</title>' }, { ...zone })
  const signals = await company.check()
  expect(stateOf(signals, 'website')).toBe('failed')
  expect(await company.visits()).toEqual([])
})

test('a site that leads to a name that leads inside is left there', async () => {
  const [company, other] = [await Company.found(worker, org), await Company.found(worker, org)]
  await other.show({ '/': '<title>Inside</title>' }, { A: ['10.0.0.1'] })
  await company.show({ '/': { status: 302, headers: { Location: `https://${other.domain}/` } } })
  expect(stateOf(await company.check(), 'website')).toBe('failed')
  expect(await other.visits()).toEqual([])
})

test.each([
  'https://user:secret@acme-of-tests.com/',
  'https://acme-of-tests.com:8443/',
  'http://acme-of-tests.com:22/',
  'ftp://acme-of-tests.com/',
  'wss://acme-of-tests.com/',
  'https://acme.example/',
  'https://acme.local/',
  'https://com/',
])('%s is not asked for', async (url) => {
  await publish({ zones: { 'acme-of-tests.com': { A: [PUBLIC] } } })
  await expect(door().open(new URL(url), REQUEST)).rejects.toThrow(Unanswered)
  expect(await askedAbout('//acme-of-tests.com')).toEqual([])
})

test('a name that nobody can have, in a row that should not be there, is never looked up', async () => {
  const before = (await askedAbout('', APP_URL)).length
  const domains = [...new Set(payloads(badDomains)), 'acme.example', 'example', 'localhost', '127.0.0.1']
  const kept: string[] = []
  for (const domain of domains) {
    await env.DB.prepare('insert into domain_checks (org_id, domain, due_at) values (?, ?, 0)')
      .bind(org.id, domain)
      .run()
    await worker.deliver([
      { v: 1, requestId: 'req', kind: 'check-domains', orgId: org.id, domains: [domain] },
    ])
    const left = await worker.count('domain_checks', 'org_id = ? and domain = ?', org.id, domain)
    if (left > 0) kept.push(domain)
  }
  // What is left is the name of something that could be registered, whatever it looks like.
  const asked = (await askedAbout('', APP_URL)).slice(before).map(({ url }) => new URL(url))
  for (const { hostname } of asked) expect(KNOWN).toContain(hostname)
  expect(kept.length).toBeLessThan(domains.length / 2)
  expect(await worker.count('signals', "org_id = ? and domain = 'acme.example'", org.id)).toBe(0)
})
