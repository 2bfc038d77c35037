import type { FilterName } from '#web/admin/partners/definition.ts'
import {
  ATTENTION,
  BANDS,
  type Band,
  CREATED,
  type Created,
  PARTNER_TYPES,
  REGION_LABELS,
  REGIONS,
  STAGE_LABELS,
  STAGES,
  STATUS_LABELS,
  STATUSES,
  TIER_LABELS,
  TIERS,
  TYPE_LABELS,
} from '#worker/partners/terms.ts'

export const FILTER_LABELS: Record<FilterName, string> = {
  type: 'Type',
  status: 'Status',
  stage: 'Stage',
  tier: 'Tier',
  region: 'Region',
  manager: 'Manager',
  tag: 'Tag',
  track: 'Track',
  fit: 'Fit',
  health: 'Health',
  created: 'Created',
  attention: 'Attention',
}

export interface FilterValue {
  value: string
  label: string
}

const labelled = <T extends string>(values: readonly T[], labels: Record<T, string>): FilterValue[] =>
  values.map((value) => ({ value, label: labels[value] }))

const CREATED_LABELS: Record<Created, string> = {
  'this-month': 'This month',
  'last-30-days': 'Last 30 days',
  'this-year': 'This year',
}
const ATTENTION_LABELS = { yes: 'Health under 50, or down 10' }
const BAND_LABELS: Record<Band, string> = {
  high: 'High (80 to 100)',
  medium: 'Medium (50 to 79)',
  low: 'Low (under 50)',
  none: 'No score',
}
const BAND_VALUES = labelled(BANDS, BAND_LABELS)

/** The values that every organisation has; managers, tracks and tags are its own. */
export const FIXED_VALUES: Record<FilterName, readonly FilterValue[]> = {
  type: labelled(PARTNER_TYPES, TYPE_LABELS),
  status: labelled(STATUSES, STATUS_LABELS),
  stage: labelled(STAGES, STAGE_LABELS),
  tier: [...labelled(TIERS, TIER_LABELS), { value: 'none', label: 'No tier' }],
  region: labelled(REGIONS, REGION_LABELS),
  manager: [
    { value: 'me', label: 'Me' },
    { value: 'none', label: 'Nobody' },
  ],
  tag: [],
  track: [{ value: 'none', label: 'No track' }],
  fit: BAND_VALUES,
  health: BAND_VALUES,
  created: labelled(CREATED, CREATED_LABELS),
  attention: labelled(ATTENTION, ATTENTION_LABELS),
}

/** As many values as a chip names; more are counted. */
const NAMED_MAX = 2

/** What a chip says of the values of its filter. */
export const inWords = (labels: readonly string[]) =>
  labels.length <= NAMED_MAX ? labels.join(' or ') : `any of ${labels.length}`
