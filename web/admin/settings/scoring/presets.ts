import { BALANCED_FIT, BALANCED_HEALTH } from '#worker/scoring/factor-terms.ts'
import { FIT_SCALE, factorsOf, HEALTH_SCALE, type Scale, type WeightField } from './scales.ts'

export type Weights = Partial<Record<WeightField, number>>

interface Preset {
  value: string
  label: string
  weights: Weights
}

const DEFAULTS: Weights = Object.fromEntries([
  ...Object.entries(BALANCED_FIT).map(([factor, weight]) => [`fitWeights/${factor}`, weight]),
  ...Object.entries(BALANCED_HEALTH).map(([factor, weight]) => [`healthWeights/${factor}`, weight]),
])

const balanced = (scale: Scale): Weights =>
  Object.fromEntries(factorsOf(scale).map(({ field }) => [field, DEFAULTS[field] ?? 0]))

/**
 * The default weights, with `percent` of the whole for one dimension; inside it and among the others, proportions stay.
 * Whole numbers that sum to 100: what rounding leaves goes to those who lost most by it.
 */
export function leaning(scale: Scale, dimension: string, percent: number): Weights {
  const before = balanced(scale)
  const leads = scale.dimensions.find(({ label }) => label === dimension)?.factors ?? []
  const leading = new Set(leads.map(({ field }) => field))
  const sumOf = (wanted: boolean) =>
    factorsOf(scale)
      .filter(({ field }) => leading.has(field) === wanted)
      .reduce((sum, { field }) => sum + (before[field] ?? 0), 0)
  const [led, others] = [sumOf(true), sumOf(false)]
  const exact = factorsOf(scale).map(({ field }) => {
    const weight = before[field] ?? 0
    return {
      field,
      share: leading.has(field) ? (weight * percent) / led : (weight * (100 - percent)) / others,
    }
  })
  const left = 100 - exact.reduce((sum, { share }) => sum + Math.floor(share), 0)
  const byLoss = exact.toSorted((one, other) => (other.share % 1) - (one.share % 1))
  const raised = new Set(byLoss.slice(0, left).map(({ field }) => field))
  return Object.fromEntries(
    exact.map(({ field, share }) => [field, Math.floor(share) + (raised.has(field) ? 1 : 0)]),
  )
}

const lean = (scale: Scale, dimension: string, percent: number): Preset => ({
  value: dimension,
  label: `${dimension} first`,
  weights: leaning(scale, dimension, percent),
})
const BALANCED = 'balanced'
const even = (scale: Scale): Preset => ({
  value: BALANCED,
  label: 'Balanced (default)',
  weights: balanced(scale),
})

export const FIT_PRESETS: readonly Preset[] = [
  even(FIT_SCALE),
  ...['Market', 'Offering', 'Strategy', 'Reach', 'Trust'].map((name) => lean(FIT_SCALE, name, 50)),
]
export const HEALTH_PRESETS: readonly Preset[] = [
  even(HEALTH_SCALE),
  lean(HEALTH_SCALE, 'Joint plan', 75),
  lean(HEALTH_SCALE, 'Relationship', 60),
  lean(HEALTH_SCALE, 'Progress', 50),
]

/** The preset that these weights are; null for weights of one's own. */
export const presetOf = (presets: readonly Preset[], weightOf: (field: WeightField) => number | null) =>
  presets.find(({ weights }) => {
    const fields = Object.keys(weights).filter(isWeight)
    return fields.every((field) => weightOf(field) === weights[field])
  })?.value ?? null

const isWeight = (field: string): field is WeightField => Object.hasOwn(DEFAULTS, field)
