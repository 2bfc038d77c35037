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
