import { type ProfileFields, profileCompleteness } from '#worker/partners/completeness.ts'
import type { Metrics } from './tiers.ts'

const DAY_MS = 86_400_000
/** A contact who was seen in the portal within this time is active. */
const ACTIVE_DAYS = 90
/** Mean length of a month. */
const MONTH_MS = 30.436_875 * DAY_MS

/** What the metrics of a partner are made from. Times are Unix ms. */
export interface MetricFacts extends ProfileFields {
  fit: number | null
  health: number | null
  /** When the partner was first Activated. */
  activatedAt: number | null
  /** When each contact was last seen in the portal. */
  contactsSeenAt: readonly (number | null)[]
  stage: string
  type: string
  region: string
  tags: readonly string[]
}

/** What rules read. What only a joint plan could tell is unknown, and meets no rule; never activated is no month. */
export const metricsOf = (facts: MetricFacts, now: number): Metrics => ({
  fit: facts.fit,
  health: facts.health,
  revenue: null,
  revenueAttainment: null,
  pipeline: null,
  monthsActive:
    facts.activatedAt === null ? 0 : Math.max(0, Math.floor((now - facts.activatedAt) / MONTH_MS)),
  activeContacts: facts.contactsSeenAt.filter((at) => at !== null && now - at <= ACTIVE_DAYS * DAY_MS).length,
  certifications: facts.certifications,
  profileCompleteness: profileCompleteness(facts),
  stage: facts.stage,
  type: facts.type,
  region: facts.region,
  industry: facts.industry,
  tags: facts.tags,
})
