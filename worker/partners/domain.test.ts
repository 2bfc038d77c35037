import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import badDomains from '#worker/testing/corpora/bad_domains.txt?raw'
import goodDomains from '#worker/testing/corpora/good_domains.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, type Organization, plantOrganization } from '#worker/testing/people.ts'
import { normalDomain } from './domain.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const post = (domain: string) =>
  worker.request('POST', '/api/partners', { body: acme({ domain }), cookie: org.owner.cookie })
const NORMAL = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/

test.each([
  ['the scheme', 'https://acme.com', 'acme.com'],
  ['www', 'www.acme.com', 'acme.com'],
  ['case', 'ACME.Com', 'acme.com'],
  ['path, query and fragment', 'http://www.acme.com/path?x#y', 'acme.com'],
  ['the port', 'acme.com:8443', 'acme.com'],
  ['blanks around it', '  acme.com\t', 'acme.com'],
  ['the final dot', 'acme.com.', 'acme.com'],
  ['characters that nobody sees', 'acme\u00ad.com\u200b', 'acme.com'],
])('a domain loses %s', async (_, given, stored) => {
  expect(await normalDomain(given)).toBe(stored)
})

test.each([
  ['a host below the registered name', 'eu.acme.co.uk', 'eu.acme.co.uk'],
  ['a name that a hosting service hands out', 'acme.github.io', 'acme.github.io'],
  ['umlauts, as punycode', 'Bücher.example', 'xn--bcher-kva.example'],
  ['a look-alike, as the punycode that tells it apart', '\u0430cme.com', 'xn--cme-5cd.com'],
  ['full-width characters, as what they stand for', 'ａｃｍｅ．com', 'acme.com'],
  ['a company that is called www', 'www.com', 'www.com'],
  ['its www', 'www.www.com', 'www.com'],
  ['one with www twice', 'www.www.acme.com', 'acme.com'],
  ['a documentation name', 'acme.example', 'acme.example'],
])('a domain may be %s', async (_, given, stored) => {
  expect(await normalDomain(given)).toBe(stored)
})

test.each([
  'localhost',
  '127.0.0.1',
  '10.0.0.1:80',
  '0x7f.1',
  '2130706433',
  '[::1]',
  'co.uk',
  'github.io',
  'com',
  'acme.internal',
  'acme.local',
  'acme.test',
  'acme.invalid',
  'acme.localhost',
  'acme.onion',
  '4.3.2.1.in-addr.arpa',
  'ada@acme.com',
  'ftp://acme.com',
  'javascript:alert(1)',
  'acme com',
  '',
  '.',
  `${'a'.repeat(64)}.com`,
  `${'abcdefgh.'.repeat(30)}com`,
])('%j is no domain of a company', async (given) => {
  expect(await normalDomain(given)).toBeNull()
  expect(await (await post(given)).json()).toMatchObject({ status: 422, errors: [{ pointer: '/domain' }] })
})

test.each(payloads(goodDomains).map((line) => line.split('\t')))(
  '%j is stored as %j',
  async (given, stored) => {
    const response = await post(given ?? '')
    expect(await response.json()).toMatchObject({ domain: stored })
    await env.DB.prepare('delete from partners where domain = ?').bind(stored).run()
  },
)

test('whatever is typed for a domain is refused at the field, or stored as a plain host name', async () => {
  const typed = payloads(badDomains)
  expect(typed.length).toBeGreaterThan(40)
  for (const given of typed) {
    const response = await post(given)
    if (response.status === 201) {
      const { domain } = await response.json<{ domain: string }>()
      expect(domain).toMatch(NORMAL)
      expect(await normalDomain(domain)).toBe(domain)
      await env.DB.prepare('delete from partners where domain = ?').bind(domain).run()
    } else {
      expect([given, response.status]).toEqual([given, 422])
      expect(await response.json()).toMatchObject({ errors: [{ pointer: '/domain' }] })
    }
  }
})

test('a normal form is its own normal form, whatever it was made from', async () => {
  const label = fc.oneof(fc.constant('www'), fc.stringMatching(/^[a-zA-Z0-9äöüßéя例-]{1,12}$/))
  const host = fc
    .tuple(
      fc.constantFrom('', 'http://', 'https://', 'HTTPS://www.', 'www.'),
      fc.array(label, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('com', 'co.uk', 'example', 'de', 'github.io', 'internal'),
      fc.constantFrom('', '/', '/a/b?c#d', ':443', '.'),
    )
    .map(([scheme, labels, suffix, rest]) => `${scheme}${labels.join('.')}.${suffix}${rest}`)
  await fc.assert(
    fc.asyncProperty(fc.oneof(host, fc.string({ unit: 'grapheme' })), async (given) => {
      const once = await normalDomain(given)
      if (once === null) return
      expect(once).toMatch(NORMAL)
      expect(await normalDomain(once)).toBe(once)
      expect(await normalDomain(`https://www.${once.toUpperCase()}/x`)).toBe(once)
    }),
    { numRuns: 1_000 },
  )
})
