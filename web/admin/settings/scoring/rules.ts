import { readList, writeList } from '#web/admin/partners/edit/lists.ts'
import { CATEGORIES, INDUSTRIES, PARTNER_TYPES, REGIONS } from '#worker/partners/terms.ts'
import type { FitWeights, HealthWeights, IdealPartner, ScoringRules } from '#worker/scoring/schema.ts'
import { TECHNOLOGIES } from '#worker/signals/terms.ts'
import { FIT_SCALE, factorsOf, HEALTH_SCALE, type Scale, WEIGHT_FIELDS, type WeightField } from './scales.ts'

export type Wish = keyof IdealPartner
type WishField = `idealPartner/${Wish}`
export type RuleField = WishField | WeightField
/** What the form holds: text for each field, under the JSON pointers of the request's body. */
export type RuleValues = Record<RuleField, string>

export const WISHES: readonly Wish[] = [
  'types',
  'subtypes',
  'categories',
  'industries',
  'regions',
  'languages',
  'technologies',
]
export const RULE_FIELDS: readonly RuleField[] = [
  ...WISHES.map((wish): WishField => `idealPartner/${wish}`),
  ...WEIGHT_FIELDS,
]

const isWhole = (values: Partial<RuleValues>): values is RuleValues =>
  RULE_FIELDS.every((field) => values[field] !== undefined)

function valuesFrom(read: (field: RuleField) => string): RuleValues {
  const values: Partial<RuleValues> = {}
  for (const field of RULE_FIELDS) values[field] = read(field)
  if (!isWhole(values)) throw new Error('A field without a value.')
  return values
}

/** The rules as the form holds them. */
export function valuesOf({ idealPartner, fitWeights, healthWeights }: ScoringRules): RuleValues {
  const texts = new Map<string, string>([
    ...Object.entries(idealPartner).map(([wish, list]) => [`idealPartner/${wish}`, writeList(list)] as const),
    ...weightTexts('fitWeights', fitWeights),
    ...weightTexts('healthWeights', healthWeights),
  ])
  return valuesFrom((field) => texts.get(field) ?? '')
}

const weightTexts = (part: string, weights: Record<string, number>) =>
  Object.entries(weights).map(([factor, weight]) => [`${part}/${factor}`, String(weight)] as const)

/** The weight that a text stands for; null for none. */
export function weightIn(text: string): number | null {
  const weight = text.trim() === '' ? Number.NaN : Number(text)
  return weight >= 0 && weight <= 100 ? weight : null
}

/** What can be seen to be wrong. The rest is for the server to judge. */
export function visiblyWrong(values: RuleValues): Partial<RuleValues> {
  const wrong: Partial<RuleValues> = {}
  for (const field of WEIGHT_FIELDS)
    if (weightIn(values[field]) === null) wrong[field] = 'Enter a number from 0 to 100.'
  for (const scale of [FIT_SCALE, HEALTH_SCALE]) {
    const [first] = factorsOf(scale)
    const isEmpty = factorsOf(scale).every(({ field }) => weightIn(values[field]) === 0)
    if (first && isEmpty) wrong[first.field] = 'Give at least one factor a weight.'
  }
  return wrong
}

/** The body of a request; null while something is visibly wrong. */
export function rulesOf(values: RuleValues): ScoringRules | null {
  if (Object.keys(visiblyWrong(values)).length > 0) return null
  const fitWeights = weightsIn(values, FIT_SCALE)
  const healthWeights = weightsIn(values, HEALTH_SCALE)
  if (!(isFit(fitWeights) && isHealth(healthWeights))) return null
  return { idealPartner: idealIn(values), fitWeights, healthWeights }
}

const weightsIn = (values: RuleValues, scale: Scale): Record<string, number> =>
  Object.fromEntries(factorsOf(scale).map(({ field }) => [field.split('/')[1], weightIn(values[field]) ?? 0]))
const holdsAll = (weights: Record<string, number>, scale: Scale) =>
  factorsOf(scale).every(({ field }) => Object.hasOwn(weights, field.split('/')[1] ?? ''))
const isFit = (weights: Record<string, number>): weights is FitWeights => holdsAll(weights, FIT_SCALE)
const isHealth = (weights: Record<string, number>): weights is HealthWeights =>
  holdsAll(weights, HEALTH_SCALE)

function idealIn(values: RuleValues): IdealPartner {
  const among = <T extends string>(wish: Wish, offered: readonly T[]): T[] =>
    readList(values[`idealPartner/${wish}`]).flatMap((one) => offered.find((each) => each === one) ?? [])
  return {
    industries: among('industries', INDUSTRIES),
    regions: among('regions', REGIONS),
    languages: readList(values['idealPartner/languages']),
    types: among('types', PARTNER_TYPES),
    subtypes: readList(values['idealPartner/subtypes']),
    categories: among('categories', CATEGORIES),
    technologies: among('technologies', TECHNOLOGIES),
  }
}

/**
 * Two edits of the same rules in one: what only one of them changed is as that one left it; what both changed, and not to
 * the same, stays mine and is named.
 */
export function mergeRules(base: RuleValues, mine: RuleValues, theirs: RuleValues) {
  const values = valuesFrom((field) => (mine[field] === base[field] ? theirs[field] : mine[field]))
  const changed = RULE_FIELDS.filter((field) => theirs[field] !== base[field])
  const disputed = changed.filter((field) => values[field] !== theirs[field])
  return { values, changed, disputed }
}
