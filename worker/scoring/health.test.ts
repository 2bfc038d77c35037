import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STAGES } from '#worker/partners/terms.ts'
import { DEFAULT_HEALTH_WEIGHTS } from './defaults.ts'
import { scoreHealth } from './health.ts'
import { HEALTH_FACTORS, type HealthFacts, type HealthWeights } from './schema.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-11-22T12:00:00.000Z')
const ago = (days: number) => NOW - days * DAY
const nobody = { claimedAt: null, lastSeenAt: null }
const seen = (days: number) => ({ claimedAt: ago(days), lastSeenAt: ago(days) })

/** A year old, active, nothing else known. */
const FACTS: HealthFacts = {
  stage: 'active',
  stageChangedAt: ago(200),
  createdAt: ago(365),
  twoSidedAt: null,
  contacts: [nobody],
  managed: false,
  industry: null,
  languages: [],
  jointValueProposition: null,
  pulse: null,
  pulseAt: null,
  completeness: 0,
  editedAt: '2026-11-22T10:00:00.000Z',
}
const health = (facts: Partial<HealthFacts>, weights: HealthWeights = DEFAULT_HEALTH_WEIGHTS) =>
  scoreHealth({ ...FACTS, ...facts }, weights, NOW)
const factorOf = (factor: string, facts: Partial<HealthFacts>) =>
  health(facts).ledger.find((each) => each.factor === factor)

const fresh = { createdAt: ago(10), stage: 'prospect', stageChangedAt: ago(10) } as const
const rules: [string, string, Partial<HealthFacts>, number | null][] = [
  ['a meeting of today', 'recency', { twoSidedAt: NOW }, 1],
  ['a meeting of 30 days ago', 'recency', { twoSidedAt: ago(30) }, 0.5],
  ['a meeting of 60 days ago', 'recency', { twoSidedAt: ago(60) }, 0.25],
  ['a contact who came back later', 'recency', { twoSidedAt: ago(60), contacts: [seen(30)] }, 0.5],
  ['no dealings since it was added', 'recency', { createdAt: ago(120) }, 0.0625],
  ['nobody in the portal', 'portalUse', {}, 0],
  ['an account that was claimed long ago', 'portalUse', { contacts: [seen(200)] }, 0.4],
  ['a contact seen this month', 'portalUse', { contacts: [seen(5), nobody] }, 0.8],
  ['two contacts seen, one this month', 'portalUse', { contacts: [seen(5), seen(80)] }, 1],
  ['an active partner', 'stageProgress', {}, 1],
  ['a partner just activated', 'stageProgress', { stage: 'activated' }, 0.8],
  ['a partner at risk', 'stageProgress', { stage: 'at-risk' }, 0.2],
  ['a dormant partner', 'stageProgress', { stage: 'dormant' }, 0],
  ['60 days in onboarding', 'stageProgress', { stage: 'onboarding', stageChangedAt: ago(60) }, 1],
  ['120 days in onboarding', 'stageProgress', { stage: 'onboarding', stageChangedAt: ago(120) }, 0.5],
  ['200 days in onboarding', 'stageProgress', { stage: 'onboarding', stageChangedAt: ago(200) }, 0],
  ['an empty profile', 'upkeep', {}, 0],
  ['two of five kept up', 'upkeep', { managed: true, contacts: [nobody, nobody] }, 0.4],
  ['a pulse of this month', 'pulse', { pulse: 4, pulseAt: ago(20) }, 0.75],
  ['a pulse of the last quarter', 'pulse', { pulse: 4, pulseAt: ago(91) }, null],
  ['no plan, of a partner of a year', 'planAttainment', {}, null],
  ['nothing done in the first weeks', 'onboarding', fresh, 0],
  ['two steps of five', 'onboarding', { ...fresh, managed: true, twoSidedAt: ago(1) }, 0.4],
]
test.each(rules)('%s', (_, factor, facts, value) => {
  const entry = factorOf(factor, facts)
  expect(entry?.value).toBe(value)
  expect(entry?.evidence).toHaveLength(value === null ? 0 : 1)
})

test('for 90 days the checklist has the place and the weight of the three plan factors', () => {
  const early = health({ createdAt: ago(89) })
  expect(early.ledger[0]).toMatchObject({ factor: 'onboarding', weight: 50, asked: true })
  expect(early.ledger.filter(({ unknown }) => unknown === 'does-not-apply')).toHaveLength(3)
  const later = health({ createdAt: ago(90) })
  expect(later.ledger.some(({ factor }) => factor === 'onboarding')).toBe(false)
  expect(later.ledger.filter(({ unknown }) => unknown === 'no-plan')).toHaveLength(3)
})

test('without a plan half of the weight is unknown, which is no zero', () => {
  const result = health({ twoSidedAt: NOW, contacts: [seen(1), seen(1)], pulse: 5, pulseAt: NOW })
  expect(result).toMatchObject({ state: 'ready', confidence: 0.5 })
  // All of recency 20, portal 10, stage 10, pulse 5; one fifth of upkeep 5.
  expect(result.value).toBe(92)
})

test('an offboarded partner has no health', () => {
  expect(health({ stage: 'offboarded' })).toEqual({
    state: 'insufficient',
    value: null,
    confidence: 0,
    ledger: [],
  })
})

test('the hint of a factor says what to do, and what it would give', () => {
  expect(factorOf('upkeep', { managed: true })).toMatchObject({ hint: 'Add the industry.', gain: 9 })
})

const days = fc.integer({ min: 0, max: 400 }).map(ago)
const facts: fc.Arbitrary<HealthFacts> = fc.record({
  stage: fc.constantFrom(...STAGES.filter((stage) => stage !== 'offboarded')),
  stageChangedAt: days,
  createdAt: days,
  twoSidedAt: fc.option(days),
  contacts: fc.array(fc.record({ claimedAt: fc.option(days), lastSeenAt: fc.option(days) }), {
    maxLength: 3,
  }),
  managed: fc.boolean(),
  industry: fc.option(fc.constant('insurance' as const)),
  languages: fc.subarray(['de', 'en']),
  jointValueProposition: fc.option(fc.constant('Together.')),
  pulse: fc.option(fc.integer({ min: 1, max: 5 })),
  pulseAt: fc.option(days),
  completeness: fc.double({ min: 0, max: 1, noNaN: true }),
  editedAt: fc.constant(FACTS.editedAt),
})
const weightings: fc.Arbitrary<HealthWeights> = fc
  .array(fc.integer({ min: 0, max: 100 }), {
    minLength: HEALTH_FACTORS.length,
    maxLength: HEALTH_FACTORS.length,
  })
  .map((list) => ({
    ...DEFAULT_HEALTH_WEIGHTS,
    ...Object.fromEntries(HEALTH_FACTORS.map((factor, at) => [factor, list[at] ?? 0])),
  }))

test('whatever is known, health is a whole number from 0 to 100 that its ledger sums to', () => {
  fc.assert(
    fc.property(facts, weightings, (given, weights) => {
      const { state, value, confidence, ledger } = scoreHealth(given, weights, NOW)
      expect(confidence).toBeGreaterThanOrEqual(0)
      expect(confidence).toBeLessThanOrEqual(1)
      expect(state).toBe(value === null ? 'insufficient' : 'ready')
      if (value === null) return
      expect(Number.isInteger(value) && value >= 0 && value <= 100).toBe(true)
      const points = ledger.reduce((sum, each) => sum + each.points, 0)
      expect(Math.abs(points - value)).toBeLessThanOrEqual(0.501)
      expect(scoreHealth(given, weights, NOW).ledger).toEqual(ledger)
    }),
    { numRuns: 500 },
  )
})

test('a later meeting never scores lower', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (given, a, b) => {
      const of = (back: number) =>
        scoreHealth({ ...given, twoSidedAt: ago(back) }, DEFAULT_HEALTH_WEIGHTS, NOW).value ?? 0
      expect(of(Math.min(a, b))).toBeGreaterThanOrEqual(of(Math.max(a, b)))
    }),
    { numRuns: 500 },
  )
})

test('a pulse that is there, but too old to count, is asked for anew', () => {
  const hint = (facts: Partial<HealthFacts>) =>
    health(facts).ledger.find(({ factor }) => factor === 'pulse')?.hint
  expect(hint({ pulse: 4, pulseAt: ago(91) })).toBe('Say anew how it goes: the pulse is older than 90 days.')
  expect(hint({})).toBe('Say how it goes: the pulse from 1 to 5.')
})

test('a pulse that is unknown never scores lower than the worst one', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const worst = scoreHealth({ ...given, pulse: 1, pulseAt: NOW }, DEFAULT_HEALTH_WEIGHTS, NOW)
      const unknown = scoreHealth({ ...given, pulse: null }, DEFAULT_HEALTH_WEIGHTS, NOW)
      if (worst.value === null || unknown.value === null) return
      expect(unknown.value).toBeGreaterThanOrEqual(worst.value)
      expect(unknown.confidence).toBeLessThanOrEqual(worst.confidence)
    }),
    { numRuns: 500 },
  )
})

test('a factor of weight zero is out', () => {
  const weights = { ...DEFAULT_HEALTH_WEIGHTS, recency: 0 }
  fc.assert(
    fc.property(facts, fc.option(days), (given, other) => {
      const [one, two] = [given.twoSidedAt, other].map((twoSidedAt) =>
        scoreHealth({ ...given, createdAt: ago(200), twoSidedAt }, weights, NOW),
      )
      expect([one?.value, one?.confidence]).toEqual([two?.value, two?.confidence])
    }),
    { numRuns: 500 },
  )
})
