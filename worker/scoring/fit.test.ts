import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CATEGORIES, INDUSTRIES, PARTNER_TYPES, REGIONS } from '#worker/partners/terms.ts'
import type { Signals } from '#worker/signals/schema.ts'
import { DEFAULT_FIT_WEIGHTS, NOBODY_IN_PARTICULAR } from './defaults.ts'
import { scoreFit } from './fit.ts'
import { FIT_FACTORS, type FitFactor, type FitProfile, type FitWeights, type IdealPartner } from './schema.ts'

const PROFILE: FitProfile = {
  type: 'technology',
  subtype: null,
  category: null,
  industry: null,
  region: 'dach',
  languages: [],
  jointValueProposition: null,
  rating: null,
  domain: 'acme.example',
  contactEmail: 'ada@acme.example',
  editedAt: '2026-11-22T10:00:00.000Z',
}
const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const fitOf = (profile: FitProfile, ideal: IdealPartner, weights: FitWeights, signals: Signals = {}) =>
  scoreFit(profile, signals, ideal, weights, NOW)
const score = (
  profile: Partial<FitProfile>,
  ideal: Partial<IdealPartner> = {},
  weights = DEFAULT_FIT_WEIGHTS,
) => fitOf({ ...PROFILE, ...profile }, { ...NOBODY_IN_PARTICULAR, ...ideal }, weights)
const factorOf = (factor: FitFactor, profile: Partial<FitProfile>, ideal: Partial<IdealPartner> = {}) =>
  score(profile, ideal).ledger.find((each) => each.factor === factor)
/** All weight on these factors, for tests of one rule. */
const only = (...factors: FitFactor[]): FitWeights => ({
  ...DEFAULT_FIT_WEIGHTS,
  ...Object.fromEntries(FIT_FACTORS.filter((each) => !factors.includes(each)).map((each) => [each, 0])),
})

test('the default weights sum to 100, in the shares that the product names', () => {
  const sum = (...factors: FitFactor[]) => factors.reduce((all, each) => all + DEFAULT_FIT_WEIGHTS[each], 0)
  expect(sum('industry', 'region', 'languages')).toBe(30)
  expect(sum('type', 'category', 'technologies')).toBe(25)
  expect(sum('jointValueProposition', 'rating')).toBe(20)
  expect(sum('domainAge', 'liveSite', 'structuredData', 'siteLanguages', 'partnerPages')).toBe(15)
  expect(sum('contactMail', 'mx', 'spf', 'dmarc')).toBe(10)
  expect(sum(...FIT_FACTORS)).toBe(100)
})

const values: [string, FitFactor, Partial<FitProfile>, Partial<IdealPartner>, number | null][] = [
  ['an industry that is wished for', 'industry', { industry: 'insurance' }, { industries: ['insurance'] }, 1],
  ['another industry', 'industry', { industry: 'education' }, { industries: ['insurance'] }, 0],
  ['an unknown industry is not a wrong one', 'industry', {}, { industries: ['insurance'] }, null],
  ['an industry nobody asked for', 'industry', { industry: 'insurance' }, {}, null],
  ['a region that is wished for', 'region', { region: 'dach' }, { regions: ['dach', 'nordics'] }, 1],
  ['another region', 'region', { region: 'anz' }, { regions: ['dach'] }, 0],
  ['a partner who works everywhere', 'region', { region: 'global' }, { regions: ['dach'] }, 1],
  ['half of the languages', 'languages', { languages: ['de-CH'] }, { languages: ['de', 'fr'] }, 0.5],
  ['a language by its first part', 'languages', { languages: ['pt-BR'] }, { languages: ['pt-PT'] }, 1],
  ['no language known', 'languages', {}, { languages: ['de'] }, null],
  ['the type that is wished for', 'type', { type: 'channel' }, { types: ['channel'] }, 1],
  [
    'the type without the subtype',
    'type',
    { subtype: 'OEM' },
    { types: ['technology'], subtypes: ['ISV'] },
    0.6,
  ],
  [
    'type and subtype, in any case',
    'type',
    { subtype: 'isv' },
    { types: ['technology'], subtypes: ['ISV'] },
    1,
  ],
  ['a subtype of another type', 'type', { subtype: 'ISV' }, { types: ['reseller'], subtypes: ['ISV'] }, 0],
  ['the category that is wished for', 'category', { category: 'sales' }, { categories: ['sales'] }, 1],
  ['technologies that nobody has looked for', 'technologies', {}, { technologies: ['salesforce'] }, null],
  ['a value proposition that is written', 'jointValueProposition', { jointValueProposition: 'x' }, {}, 1],
  ['a value proposition that is not', 'jointValueProposition', {}, {}, null],
  ['the lowest rating', 'rating', { rating: 1 }, {}, 0],
  ['a middling rating', 'rating', { rating: 3 }, {}, 0.5],
  ['the highest rating', 'rating', { rating: 5 }, {}, 1],
  ['no rating', 'rating', {}, {}, null],
  ["a contact at the company's domain", 'contactMail', {}, {}, 1],
  ['a contact below it', 'contactMail', { contactEmail: 'a@mail.acme.example' }, {}, 1],
  ['a contact elsewhere', 'contactMail', { contactEmail: 'a@gmail.example' }, {}, 0],
  ['a contact at a domain that only ends alike', 'contactMail', { contactEmail: 'a@notacme.example' }, {}, 0],
  ['a signal that was not gathered', 'dmarc', {}, {}, null],
]
test.each(values)('%s', (_, factor, profile, ideal, value) => {
  const found = factorOf(factor, profile, ideal)
  expect(found?.value).toBe(value)
  expect(found?.evidence).toHaveLength(value === null ? 0 : 1)
})

test('a wish that is left empty is not asked for, and needs no hint while there are others', () => {
  const found = factorOf('industry', { industry: 'insurance' }, { types: ['reseller'] })
  expect(found).toMatchObject({ asked: false, value: null, points: 0 })
  expect(found?.hint).toBe(undefined)
})

test('as long as nobody is described, that is the first hint of every ledger', () => {
  expect(score({}).ledger[0]?.hint).toBe('Describe your ideal partner.')
})

test('what is unknown leaves the sum, and the known share stands for the whole', () => {
  // Known: rating 12 (worth 1) and contactMail 4 (worth 0).
  const result = score({ rating: 5, contactEmail: 'a@elsewhere.example' }, {}, only('rating', 'contactMail'))
  expect(result).toMatchObject({ state: 'ready', value: 75, confidence: 1 })
})

test.each([
  ['nothing is asked', {}, only(), 'insufficient', null, 0],
  // Known 12 of 48.
  ['just a quarter is known', { rating: 3 }, { ...only('rating'), mx: 36 }, 'ready', 50, 0.25],
  [
    'less than a quarter is known',
    { rating: 3 },
    { ...only('rating'), mx: 37 },
    'insufficient',
    null,
    0.2449,
  ],
] as const)('where %s, the score says so', (_, profile, weights, state, value, confidence) => {
  expect(score(profile, {}, weights)).toMatchObject({ state, value, confidence })
})

test('evidence names its source, what it was and when it was edited', () => {
  expect(factorOf('rating', { rating: 4 })?.evidence).toEqual([
    { source: 'profile', detail: '4 of 5', at: '2026-11-22T10:00:00.000Z' },
  ])
})

test('languages are called by their names', () => {
  const found = factorOf('languages', { languages: ['en', 'pt-BR', 'tlh'] }, { languages: ['de'] })
  expect(found?.evidence[0]?.detail).toBe('English, Brazilian Portuguese, Klingon')
})

const profiles: fc.Arbitrary<FitProfile> = fc.record({
  type: fc.constantFrom(...PARTNER_TYPES),
  subtype: fc.option(fc.constantFrom('ISV', 'OEM', 'VAR')),
  category: fc.option(fc.constantFrom(...CATEGORIES)),
  industry: fc.option(fc.constantFrom(...INDUSTRIES)),
  region: fc.constantFrom(...REGIONS),
  languages: fc.uniqueArray(fc.constantFrom('de', 'en', 'pt-BR', 'fr-CH'), { maxLength: 3 }),
  jointValueProposition: fc.option(fc.constant('Together.')),
  rating: fc.option(fc.integer({ min: 1, max: 5 })),
  domain: fc.constantFrom('acme.example', 'other.example'),
  contactEmail: fc.constantFrom('a@acme.example', 'b@gmail.example', ''),
  editedAt: fc.constant(PROFILE.editedAt),
})
const ideals: fc.Arbitrary<IdealPartner> = fc.record({
  industries: fc.uniqueArray(fc.constantFrom(...INDUSTRIES), { maxLength: 4 }),
  regions: fc.uniqueArray(fc.constantFrom(...REGIONS), { maxLength: 4 }),
  languages: fc.uniqueArray(fc.constantFrom('de', 'en', 'fr', 'pt'), { maxLength: 3 }),
  types: fc.uniqueArray(fc.constantFrom(...PARTNER_TYPES), { maxLength: 3 }),
  subtypes: fc.uniqueArray(fc.constantFrom('ISV', 'OEM'), { maxLength: 2 }),
  categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES), { maxLength: 2 }),
  technologies: fc.uniqueArray(fc.constantFrom('salesforce'), { maxLength: 1 }),
})
const weightings: fc.Arbitrary<FitWeights> = fc
  .array(
    fc.oneof(fc.constant(0), fc.double({ min: 0, max: 100, noNaN: true }), fc.integer({ min: 0, max: 100 })),
    {
      minLength: FIT_FACTORS.length,
      maxLength: FIT_FACTORS.length,
    },
  )
  .map((list) => ({
    ...DEFAULT_FIT_WEIGHTS,
    ...Object.fromEntries(FIT_FACTORS.map((factor, at) => [factor, list[at] ?? 0])),
  }))
const RUNS = { numRuns: 1_000 }

test('whatever goes in, the score is a whole number from 0 to 100 that its ledger sums to', () => {
  fc.assert(
    fc.property(profiles, ideals, weightings, (profile, ideal, weights) => {
      const { state, value, confidence, ledger } = fitOf(profile, ideal, weights)
      expect(confidence).toBeGreaterThanOrEqual(0)
      expect(confidence).toBeLessThanOrEqual(1)
      expect(ledger.map(({ factor }) => factor)).toEqual([...FIT_FACTORS])
      const points = ledger.reduce((all, each) => all + each.points, 0)
      expect(state).toBe(value === null ? 'insufficient' : 'ready')
      if (value === null) return
      expect(Number.isInteger(value) && value >= 0 && value <= 100).toBe(true)
      // Points are rounded to four digits each.
      expect(Math.abs(points - value)).toBeLessThanOrEqual(0.5 + 0.0001 * FIT_FACTORS.length)
    }),
    RUNS,
  )
})

test('the same input gives the same ledger, in whatever order the keys and lists stand', () => {
  const shuffled = <T extends object>(object: T): T =>
    Object.assign(
      Object.create(null),
      ...Object.entries(object)
        .toReversed()
        .map(([key, value]) => ({ [key]: value })),
    )
  fc.assert(
    fc.property(profiles, ideals, weightings, (profile, ideal, weights) => {
      const first = fitOf(profile, ideal, weights)
      expect(fitOf(profile, ideal, weights)).toEqual(first)
      expect(fitOf(shuffled(profile), shuffled(ideal), shuffled(weights))).toEqual(first)
      const reversed = {
        ...ideal,
        industries: ideal.industries.toReversed(),
        regions: ideal.regions.toReversed(),
      }
      expect(fitOf(profile, reversed, weights)).toEqual(first)
    }),
    RUNS,
  )
})

test('a factor of weight zero changes neither score nor confidence', () => {
  fc.assert(
    fc.property(profiles, ideals, weightings, profiles, (profile, ideal, weights, other) => {
      const without = { ...weights, rating: 0, jointValueProposition: 0, category: 0 }
      const { rating, jointValueProposition, category } = other
      const [one, two] = [
        fitOf(profile, ideal, without),
        fitOf({ ...profile, rating, jointValueProposition, category }, ideal, without),
      ]
      expect([two.value, two.confidence, two.state]).toEqual([one.value, one.confidence, one.state])
    }),
    RUNS,
  )
})

test('not knowing a factor never scores lower than knowing the worst of it', () => {
  fc.assert(
    fc.property(profiles, ideals, weightings, (profile, ideal, weights) => {
      const worst = fitOf({ ...profile, rating: 1 }, ideal, weights)
      const unknown = fitOf({ ...profile, rating: null }, ideal, weights)
      if (worst.value === null || unknown.value === null) return
      expect(unknown.value).toBeGreaterThanOrEqual(worst.value)
      expect(unknown.confidence).toBeLessThanOrEqual(worst.confidence)
    }),
    RUNS,
  )
})

test('a better rating never scores lower', () => {
  fc.assert(
    fc.property(profiles, ideals, weightings, (profile, ideal, weights) => {
      const scores = [1, 2, 3, 4, 5].map((rating) => fitOf({ ...profile, rating }, ideal, weights).value ?? 0)
      expect(scores).toEqual(scores.toSorted((a, b) => a - b))
    }),
    RUNS,
  )
})
