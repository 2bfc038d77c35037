import { expect, test } from 'vitest'
import { BALANCED_FIT, BALANCED_HEALTH } from '#worker/scoring/factor-terms.ts'
import { FIT_FACTORS, HEALTH_FACTORS, ScoringRules } from '#worker/scoring/schema.ts'
import { inWords } from './effect.ts'
import { FIT_PRESETS, HEALTH_PRESETS, leaning, presetOf } from './presets.ts'
import { mergeRules, rulesOf, valuesOf, visiblyWrong } from './rules.ts'
import { FIT_SCALE, factorsOf, HEALTH_SCALE, WEIGHT_FIELDS } from './scales.ts'

const RULES: ScoringRules = {
  idealPartner: {
    industries: ['insurance'],
    regions: ['dach'],
    languages: ['de'],
    types: ['reseller'],
    subtypes: ['VAR, regional'],
    categories: [],
    technologies: ['slack'],
  },
  fitWeights: BALANCED_FIT,
  healthWeights: BALANCED_HEALTH,
}
const values = valuesOf(RULES)

test('every factor stands on the page once', () => {
  const expected = [
    ...FIT_FACTORS.map((factor) => `fitWeights/${factor}`),
    ...HEALTH_FACTORS.map((factor) => `healthWeights/${factor}`),
  ]
  expect([...WEIGHT_FIELDS].sort()).toEqual(expected.sort())
})

test('what the form holds is what is sent', () => {
  expect(ScoringRules.parse(rulesOf(values))).toEqual(RULES)
})

test.each([
  ['', 'Enter a number from 0 to 100.'],
  ['101', 'Enter a number from 0 to 100.'],
  ['-1', 'Enter a number from 0 to 100.'],
  ['twelve', 'Enter a number from 0 to 100.'],
])('the weight “%s” is wrong, and nothing is sent', (text, message) => {
  const wrong = { ...values, 'fitWeights/dmarc': text }
  expect(visiblyWrong(wrong)).toEqual({ 'fitWeights/dmarc': message })
  expect(rulesOf(wrong)).toBeNull()
})

test('a score of which everything is left out is wrong', () => {
  const none = { ...values }
  for (const { field } of factorsOf(HEALTH_SCALE)) none[field] = '0'
  expect(visiblyWrong(none)).toEqual({
    'healthWeights/planAttainment': 'Give at least one factor a weight.',
  })
})

test.each([...FIT_PRESETS, ...HEALTH_PRESETS])('the preset $label sums to 100', ({ weights }) => {
  expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(100)
})

test('a preset gives its dimension the share that it says, and leaves out nobody', () => {
  const weights = leaning(FIT_SCALE, 'Trust', 50)
  const trust = FIT_SCALE.dimensions.find(({ label }) => label === 'Trust')?.factors ?? []
  expect(trust.reduce((sum, { field }) => sum + (weights[field] ?? 0), 0)).toBe(50)
  expect(Object.values(weights).every((weight) => weight > 0)).toBe(true)
})

test('weights are known by the preset that they are', () => {
  const numbers = (text: Record<string, string>) => (field: string) => Number(text[field])
  expect(presetOf(FIT_PRESETS, numbers(values))).toBe('balanced')
  expect(presetOf(FIT_PRESETS, numbers({ ...values, 'fitWeights/mx': '9' }))).toBeNull()
})

test('of two edits of the rules nothing is lost, and what both changed is named', () => {
  const mine = { ...values, 'fitWeights/mx': '9', 'fitWeights/spf': '5' }
  const theirs = { ...values, 'fitWeights/mx': '7', 'healthWeights/pulse': '0' }
  const merged = mergeRules(values, mine, theirs)
  expect(merged.values).toEqual({ ...mine, 'healthWeights/pulse': '0' })
  expect(merged.changed).toEqual(['fitWeights/mx', 'healthWeights/pulse'])
  expect(merged.disputed).toEqual(['fitWeights/mx'])
})

test('the effect is told in words, with those who gain or lose a number apart', () => {
  const same = { before: 50, after: 50 }
  const item = (before: number | null, after: number | null) => ({
    partnerId: 'prt_1',
    name: 'Basalt',
    domain: 'basalt.example',
    fit: { before, after },
    health: same,
  })
  expect(inWords([item(50, 60), item(50, 48), item(null, 70), item(40, null), item(1, 1)])).toBe(
    'Fit changes for 4 of 5 partners: 1 up, 1 down, 1 with a number for the first time, and 1 left without a number.',
  )
  expect(inWords([item(50, 50)])).toBe('No score of these partners changes.')
})
