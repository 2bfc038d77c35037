import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DnsFacts, Fact, RdapFacts, Signals, WebsiteFacts } from '#worker/signals/schema.ts'
import { DEFAULT_FIT_WEIGHTS, NOBODY_IN_PARTICULAR } from './defaults.ts'
import { scoreFit } from './fit.ts'
import { FIT_FACTORS, type FitFactor, type FitProfile, type IdealPartner } from './schema.ts'

const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const AT = NOW - 86_400_000
const PROFILE: FitProfile = {
  type: 'technology',
  subtype: null,
  category: null,
  industry: null,
  region: 'dach',
  languages: [],
  jointValueProposition: null,
  rating: 3,
  domain: 'acme.example',
  contactEmail: 'ada@acme.example',
  editedAt: '2026-11-22T10:00:00.000Z',
}

const absent = { state: 'absent' } as const
const unknown = { state: 'unknown' } as const
const found = <T>(value: T): Fact<T> => ({ state: 'found', value })

const NO_DNS: DnsFacts = {
  mx: absent,
  spf: absent,
  dmarc: absent,
  ns: absent,
  caa: absent,
  technologies: absent,
}
const NO_RDAP: RdapFacts = { registeredAt: absent, expiresAt: absent, registrar: absent }
const NO_SITE: WebsiteFacts = {
  url: absent,
  https: absent,
  title: absent,
  description: absent,
  languages: absent,
  organization: absent,
  technologies: absent,
  partnerPage: absent,
  careersPage: absent,
  pricingPage: absent,
  logo: absent,
}
const dns = (facts: Partial<DnsFacts>): Signals => ({ dns: { at: AT, facts: { ...NO_DNS, ...facts } } })
const rdap = (facts: Partial<RdapFacts>): Signals => ({ rdap: { at: AT, facts: { ...NO_RDAP, ...facts } } })
const site = (facts: Partial<WebsiteFacts>): Signals => ({
  website: { at: AT, facts: { ...NO_SITE, ...facts } },
})

const factorOf = (factor: FitFactor, signals: Signals, ideal: Partial<IdealPartner> = {}) =>
  scoreFit(PROFILE, signals, { ...NOBODY_IN_PARTICULAR, ...ideal }, DEFAULT_FIT_WEIGHTS, NOW).ledger.find(
    (each) => each.factor === factor,
  )

const wished: Partial<IdealPartner> = { technologies: ['salesforce', 'hubspot'] }
const rules: [string, FitFactor, Signals, Partial<IdealPartner>, number | null, string | null][] = [
  ['nobody has looked', 'mx', {}, {}, null, 'not-checked'],
  ['it could not be looked up', 'mx', dns({ mx: unknown }), {}, null, 'could-not-check'],
  ['there is no mail server', 'mx', dns({}), {}, 0, null],
  ['there is a mail server', 'mx', dns({ mx: found(['mx.acme.example']) }), {}, 1, null],
  ['there is a sender policy', 'spf', dns({ spf: found([]) }), {}, 1, null],
  ['there is no policy of DMARC', 'dmarc', dns({}), {}, 0, null],
  ['DMARC only watches', 'dmarc', dns({ dmarc: found('none') }), {}, 0.3, null],
  ['DMARC puts aside', 'dmarc', dns({ dmarc: found('quarantine') }), {}, 0.7, null],
  ['DMARC rejects', 'dmarc', dns({ dmarc: found('reject') }), {}, 1, null],
  ['the registry did not answer', 'domainAge', rdap({ registeredAt: unknown }), {}, null, 'could-not-check'],
  ['the domain is of today', 'domainAge', rdap({ registeredAt: found('2026-11-22T00:00:00Z') }), {}, 0, null],
  ['the domain is old', 'domainAge', rdap({ registeredAt: found('1999-01-01T00:00:00Z') }), {}, 1, null],
  ['the site answers over HTTPS', 'liveSite', site({ https: found(true) }), {}, 1, null],
  ['the site answers without HTTPS only', 'liveSite', site({ https: found(false) }), {}, 0, null],
  ['no site answers', 'liveSite', site({}), {}, 0, null],
  [
    'the site describes its company',
    'structuredData',
    site({ organization: found({ name: null, country: null }) }),
    {},
    1,
    null,
  ],
  [
    'half of the wished languages are there',
    'siteLanguages',
    site({ languages: found(['de-CH', 'it']) }),
    { languages: ['de', 'fr'] },
    0.5,
    null,
  ],
  [
    'three languages, and none is wished for',
    'siteLanguages',
    site({ languages: found(['de', 'fr', 'it']) }),
    {},
    1,
    null,
  ],
  [
    'there is a careers page only',
    'partnerPages',
    site({ careersPage: found('https://acme.example/jobs') }),
    {},
    1,
    null,
  ],
  ['there is neither page', 'partnerPages', site({}), {}, 0, null],
  ['no technology is wished for', 'technologies', dns({}), {}, null, 'not-asked'],
  ['one of two is seen', 'technologies', dns({ technologies: found(['hubspot']) }), wished, 0.5, null],
  ['none is seen, and the site was not looked at', 'technologies', dns({}), wished, null, 'could-not-check'],
  ['none is seen anywhere', 'technologies', { ...dns({}), ...site({}) }, wished, 0, null],
]
test.each(rules)('where %s, the ledger says so', (_, factor, signals, ideal, value, because) => {
  const entry = factorOf(factor, signals, ideal)
  expect([entry?.value, entry?.unknown]).toEqual([value, because])
  expect(entry?.evidence).toHaveLength(value === null ? 0 : 1)
})

test('what was looked up says where, and when', () => {
  const partnerPage = found('https://acme.example/partners')
  expect(factorOf('partnerPages', site({ partnerPage }))?.evidence).toEqual([
    {
      source: 'signal',
      detail: 'Has a partner page',
      at: new Date(AT).toISOString(),
      url: 'https://acme.example/partners',
    },
  ])
})

test('the older a domain, the better, up to ten years', () => {
  const ages = [0, 30, 365, 1_000, 3_000, 3_653, 9_000].map((days) => {
    const registeredAt = found(new Date(NOW - days * 86_400_000).toISOString())
    return factorOf('domainAge', rdap({ registeredAt }))?.value ?? Number.NaN
  })
  expect(ages).toEqual(ages.toSorted((a, b) => a - b))
  expect(ages.at(-2)).toBe(1)
})

const fact = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> =>
  fc.oneof(fc.constant(absent), fc.constant(unknown), value.map(found))
const texts = fc.constantFrom('a', 'b.example')
const signalSets: fc.Arbitrary<Signals> = fc.record(
  {
    dns: fc.record({
      at: fc.constant(AT),
      facts: fc.record({
        mx: fact(fc.array(texts, { maxLength: 2 })),
        spf: fact(fc.array(texts, { maxLength: 2 })),
        dmarc: fact(fc.constantFrom('none', 'quarantine', 'reject')),
        ns: fc.constant(absent),
        caa: fc.constant(absent),
        technologies: fact(fc.subarray(['salesforce', 'hubspot', 'zoom'])),
      }),
    }),
    rdap: fc.record({
      at: fc.constant(AT),
      facts: fc.record({
        registeredAt: fact(fc.constantFrom('2001-01-01T00:00:00Z', '2026-01-01T00:00:00Z')),
        expiresAt: fc.constant(absent),
        registrar: fc.constant(absent),
      }),
    }),
  },
  { requiredKeys: [] },
)

/** The same signals, as if one source had not answered. */
const without = (signals: Signals): Signals => ({
  ...signals,
  dns: signals.dns && {
    at: AT,
    facts: { mx: unknown, spf: unknown, dmarc: unknown, ns: unknown, caa: unknown, technologies: unknown },
  },
})

test('a source that does not answer lowers confidence, and leaves the points of what is known in proportion', () => {
  const ideal = { ...NOBODY_IN_PARTICULAR, technologies: ['salesforce' as const] }
  fc.assert(
    fc.property(signalSets, (signals) => {
      const all = scoreFit(PROFILE, signals, ideal, DEFAULT_FIT_WEIGHTS, NOW)
      const some = scoreFit(PROFILE, without(signals), ideal, DEFAULT_FIT_WEIGHTS, NOW)
      expect(some.confidence).toBeLessThanOrEqual(all.confidence)
      const none = { ...all, ledger: all.ledger.filter(({ factor }) => factor === 'rating') }
      expect(some.ledger.find(({ factor }) => factor === 'rating')?.points).toBeGreaterThanOrEqual(
        none.ledger[0]?.points ?? 0,
      )
      expect(all.ledger.map(({ factor }) => factor)).toEqual([...FIT_FACTORS])
    }),
    { numRuns: 500 },
  )
})
