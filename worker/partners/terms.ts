/** Values as the contract spells them; the order is the order of display. */
export const PARTNER_TYPES = ['technology', 'channel', 'reseller', 'referral'] as const
export type PartnerType = (typeof PARTNER_TYPES)[number]
export const TYPE_LABELS: Record<PartnerType, string> = {
  technology: 'Technology',
  channel: 'Channel',
  reseller: 'Reseller',
  referral: 'Referral',
}

/** Highest first. */
export const TIERS = ['platinum', 'gold', 'silver'] as const
export type Tier = (typeof TIERS)[number]
export const TIER_LABELS: Record<Tier, string> = { platinum: 'Platinum', gold: 'Gold', silver: 'Silver' }

export const TIER_SOURCES = ['auto', 'manual'] as const
export type TierSource = (typeof TIER_SOURCES)[number]
export const TIER_SOURCE_LABELS: Record<TierSource, string> = { auto: 'Auto-evaluated', manual: 'Manual' }

export const STAGES = [
  'prospect',
  'applied',
  'qualified',
  'onboarding',
  'activated',
  'active',
  'scaling',
  'strategic',
  'at-risk',
  'dormant',
  'offboarded',
] as const
export type Stage = (typeof STAGES)[number]
export const STAGE_LABELS: Record<Stage, string> = {
  prospect: 'Prospect',
  applied: 'Applied',
  qualified: 'Qualified',
  onboarding: 'Onboarding',
  activated: 'Activated',
  active: 'Active',
  scaling: 'Scaling',
  strategic: 'Strategic',
  'at-risk': 'At risk',
  dormant: 'Dormant',
  offboarded: 'Offboarded',
}

export const STATUSES = ['active', 'pending', 'inactive'] as const
export type Status = (typeof STATUSES)[number]
export const STATUS_LABELS: Record<Status, string> = {
  active: 'Active',
  pending: 'Pending',
  inactive: 'Inactive',
}

/** Status is what the stage amounts to; the database derives its column by the same lists. */
export const STATUS_OF_STAGE: Record<Stage, Status> = {
  prospect: 'pending',
  applied: 'pending',
  qualified: 'pending',
  onboarding: 'pending',
  activated: 'active',
  active: 'active',
  scaling: 'active',
  strategic: 'active',
  'at-risk': 'active',
  dormant: 'inactive',
  offboarded: 'inactive',
}

export const REGION_LABELS = {
  'north-america': 'North America',
  'latin-america': 'Latin America',
  'uk-ireland': 'UK & Ireland',
  dach: 'DACH',
  nordics: 'Nordics',
  benelux: 'Benelux',
  france: 'France',
  'southern-europe': 'Southern Europe',
  cee: 'Central & Eastern Europe',
  'middle-east': 'Middle East',
  africa: 'Africa',
  'south-asia': 'India & South Asia',
  'southeast-asia': 'Southeast Asia',
  'greater-china': 'Greater China',
  'japan-korea': 'Japan & Korea',
  anz: 'Australia & New Zealand',
  global: 'Global',
} as const
export type Region = keyof typeof REGION_LABELS
export const REGIONS = [
  'north-america',
  'latin-america',
  'uk-ireland',
  'dach',
  'nordics',
  'benelux',
  'france',
  'southern-europe',
  'cee',
  'middle-east',
  'africa',
  'south-asia',
  'southeast-asia',
  'greater-china',
  'japan-korea',
  'anz',
  'global',
] as const satisfies readonly Region[]

// Of no use to the table: what is needed for it alone loads without them.
export {
  CATEGORIES,
  CATEGORY_LABELS,
  type Category,
  INDUSTRIES,
  INDUSTRY_LABELS,
  type Industry,
} from './company-terms.ts'

export const SIDES = ['vendor', 'partner'] as const

/** `pending` only until the first result; `insufficient` when too little is known for a number. */
export const SCORE_STATES = ['pending', 'ready', 'insufficient', 'failed'] as const
export type ScoreState = (typeof SCORE_STATES)[number]

/** Orders of the directory; a minus turns one around. */
export const PARTNER_SORTS = [
  'name',
  '-name',
  'createdAt',
  '-createdAt',
  'tier',
  '-tier',
  'fit',
  '-fit',
  'health',
  '-health',
  'updatedAt',
  '-updatedAt',
] as const
export type PartnerSort = (typeof PARTNER_SORTS)[number]

/** What narrows the directory, beside a search. */
export const FILTER_NAMES = [
  'type',
  'status',
  'stage',
  'tier',
  'region',
  'manager',
  'tag',
  'track',
  'fit',
  'health',
  'created',
  'attention',
] as const

/** When a partner was added, by UTC days. */
export const CREATED = ['this-month', 'last-30-days', 'this-year'] as const
export type Created = (typeof CREATED)[number]

/** Whose health is under 50, or down by 10 in 30 days. */
export const ATTENTION = ['yes'] as const

/** Scores as filters have them: high is 80 and more, low is less than 50. */
export const BANDS = ['high', 'medium', 'low', 'none'] as const
export type Band = (typeof BANDS)[number]

/** What the directory can be grouped by. */
export const GROUPINGS = ['type', 'tier', 'region', 'status', 'stage', 'manager'] as const
export type Grouping = (typeof GROUPINGS)[number]
