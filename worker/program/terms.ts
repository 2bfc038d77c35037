import { INDUSTRY_LABELS, REGION_LABELS, STAGE_LABELS, TYPE_LABELS } from '#worker/partners/terms.ts'

/**
 * What rules can ask about. `number` metrics take at least, at most, between and equals; `choice` metrics one of a list;
 * `tags` any or all of a list.
 */
export const METRICS = {
  fit: { label: 'Fit', kind: 'number', unit: '' },
  health: { label: 'Health', kind: 'number', unit: '' },
  revenue: { label: 'Revenue to date', kind: 'number', unit: 'money' },
  revenueAttainment: { label: 'Revenue attainment', kind: 'number', unit: '%' },
  pipeline: { label: 'Pipeline', kind: 'number', unit: 'money' },
  monthsActive: { label: 'Months active', kind: 'number', unit: '' },
  activeContacts: { label: 'Active contacts', kind: 'number', unit: '' },
  certifications: { label: 'Certifications', kind: 'number', unit: '' },
  profileCompleteness: { label: 'Profile completeness', kind: 'number', unit: '%' },
  stage: { label: 'Stage', kind: 'choice', unit: '' },
  type: { label: 'Type', kind: 'choice', unit: '' },
  region: { label: 'Primary region', kind: 'choice', unit: '' },
  industry: { label: 'Industry', kind: 'choice', unit: '' },
  tags: { label: 'Tags', kind: 'tags', unit: '' },
} as const
export type Metric = keyof typeof METRICS
export const METRIC_NAMES = [
  'fit',
  'health',
  'revenue',
  'revenueAttainment',
  'pipeline',
  'monthsActive',
  'activeContacts',
  'certifications',
  'profileCompleteness',
  'stage',
  'type',
  'region',
  'industry',
  'tags',
] as const satisfies readonly Metric[]

export const OPS = ['gte', 'lte', 'between', 'eq', 'anyOf', 'allOf'] as const
export type Op = (typeof OPS)[number]
export const OP_LABELS: Record<Op, string> = {
  gte: 'at least',
  lte: 'at most',
  between: 'between',
  eq: 'equals',
  anyOf: 'any of',
  allOf: 'all of',
}

/** The operators that make sense for each kind of metric. */
export const OPS_OF = {
  number: ['gte', 'lte', 'between', 'eq'],
  choice: ['anyOf'],
  tags: ['anyOf', 'allOf'],
} as const satisfies Record<(typeof METRICS)[Metric]['kind'], readonly Op[]>

/** Of one organisation. */
export const TRACKS_MAX = 20
export const RULES_MAX = 20
/** Longest grace period. */
export const GRACE_DAYS_MAX = 365

/** What the slugs of a metric are called; a tag is called what it is. */
const CHOICES: { readonly [M in Metric]?: Readonly<Record<string, string>> } = {
  stage: STAGE_LABELS,
  type: TYPE_LABELS,
  region: REGION_LABELS,
  industry: INDUSTRY_LABELS,
}
/** The values that a metric of kind `choice` can have. */
export const choicesOf = (metric: Metric): readonly string[] => Object.keys(CHOICES[metric] ?? {})

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
/** A value of a metric in words. */
export const valueLabel = (metric: Metric, value: number | string) => {
  if (typeof value === 'string') return CHOICES[metric]?.[value] ?? value
  return `${NUMBERS.format(value)}${METRICS[metric].unit === '%' ? '%' : ''}`
}

/** A rule in words: "Fit at least 75", "Stage any of Active, Scaling". */
export function ruleLabel({ metric, op, value }: RuleParts): string {
  const all = Array.isArray(value)
    ? value.map((each) => valueLabel(metric, each))
    : [valueLabel(metric, value)]
  return `${METRICS[metric].label} ${OP_LABELS[op]} ${all.join(op === 'between' ? ' and ' : ', ')}`
}
interface RuleParts {
  metric: Metric
  op: Op
  value: number | string | (number | string)[]
}
