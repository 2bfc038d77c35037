import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type ProfileFields, profileCompleteness } from '#worker/partners/completeness.ts'
import {
  CATEGORIES,
  INDUSTRIES,
  PARTNER_TYPES,
  REGIONS,
  STAGES,
  TIER_SOURCES,
  TIERS,
} from '#worker/partners/terms.ts'
import type { MetricFacts } from '#worker/program/metrics.ts'
import type { Held } from '#worker/program/tiers.ts'
import { Signals } from '#worker/signals/schema.ts'
import { DEFAULT_FIT_WEIGHTS, DEFAULT_HEALTH_WEIGHTS, NOBODY_IN_PARTICULAR } from './defaults.ts'
import {
  type FitProfile,
  FitWeights,
  type HealthFacts,
  HealthWeights,
  IdealPartner,
  type ScoringRules,
} from './schema.ts'

const parsed = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)

const Contacts = z.array(
  z.object({
    email: z.string(),
    primary: z.number(),
    claimedAt: z.number().nullable(),
    lastSeenAt: z.number().nullable(),
  }),
)

/** Everything that scores and tiers read of a partner, as SQLite answers it. */
export const Scorable = z.object({
  type: z.enum(PARTNER_TYPES),
  subtype: z.string().nullable(),
  category: z.enum(CATEGORIES).nullable(),
  industry: z.enum(INDUSTRIES).nullable(),
  stage: z.enum(STAGES),
  stage_changed_at: z.number(),
  activated_at: z.number().nullable(),
  region: z.enum(REGIONS),
  regions: parsed(z.array(z.string())),
  languages: parsed(z.array(z.string())),
  tags: parsed(z.array(z.string())),
  joint_value_proposition: z.string().nullable(),
  key_stakeholders: parsed(z.array(z.unknown())),
  manager_id: z.string().nullable(),
  partner_lead_id: z.string().nullable(),
  logo_key: z.string().nullable(),
  rating: z.number().nullable(),
  pulse: z.number().nullable(),
  pulse_at: z.number().nullable(),
  certifications: z.number().nullable(),
  domain: z.string(),
  two_sided_at: z.number().nullable(),
  created_at: z.number(),
  updated_at: z.number(),
  tier: z.enum(TIERS).nullable(),
  tier_source: z.enum(TIER_SOURCES),
  program_tier_id: z.string().nullable(),
  track_id: z.string().nullable(),
  tier_falls_at: z.number().nullable(),
  contacts: parsed(Contacts),
  signals: parsed(Signals),
})
export type Scorable = z.output<typeof Scorable>

/** Columns of `Scorable` over the table `partners`. */
export const SCORABLE =
  sql.raw(`type, subtype, category, industry, stage, stage_changed_at, activated_at, region,
  regions, languages, tags, joint_value_proposition, key_stakeholders, manager_id,
  partner_lead_id, logo_key, rating, pulse, pulse_at, certifications, domain, two_sided_at, created_at, updated_at, tier,
  tier_source, program_tier_id, track_id, tier_falls_at,
  (select json_group_array(json_object('email', c.email, 'primary', c.is_primary, 'claimedAt', c.claimed_at,
      'lastSeenAt', c.last_seen_at))
    from contacts c where c.org_id = partners.org_id and c.partner_id = partners.id) as contacts,
  (select json_group_object(s.source, json_object('at', s.checked_at, 'facts', json(s.facts)))
    from signals s where s.org_id = partners.org_id and s.domain = partners.domain) as signals`)

export const StoredRules = z
  .object({
    ideal_partner: parsed(IdealPartner),
    fit_weights: parsed(FitWeights),
    health_weights: parsed(HealthWeights),
  })
  .transform(
    ({ ideal_partner, fit_weights, health_weights }): ScoringRules => ({
      idealPartner: ideal_partner,
      fitWeights: fit_weights,
      healthWeights: health_weights,
    }),
  )
export const DEFAULT_RULES: ScoringRules = {
  idealPartner: NOBODY_IN_PARTICULAR,
  fitWeights: DEFAULT_FIT_WEIGHTS,
  healthWeights: DEFAULT_HEALTH_WEIGHTS,
}

const fieldsOf = (partner: Scorable): ProfileFields => ({
  subtype: partner.subtype,
  category: partner.category,
  industry: partner.industry,
  region: partner.region,
  regions: partner.regions,
  languages: partner.languages,
  tags: partner.tags,
  jointValueProposition: partner.joint_value_proposition,
  keyStakeholders: partner.key_stakeholders,
  managerId: partner.manager_id,
  partnerLeadId: partner.partner_lead_id,
  logoKey: partner.logo_key,
  rating: partner.rating,
  pulse: partner.pulse,
  certifications: partner.certifications,
})

/** What the evaluator reads, with the scores that were just made. */
export const metricFactsOf = (partner: Scorable, fit: number | null, health: number | null): MetricFacts => ({
  ...fieldsOf(partner),
  fit,
  health,
  activatedAt: partner.activated_at,
  contactsSeenAt: partner.contacts.map(({ lastSeenAt }) => lastSeenAt),
  stage: partner.stage,
  type: partner.type,
  region: partner.region,
  tags: partner.tags,
})

export const heldOf = (partner: Scorable): Held => ({
  source: partner.tier_source,
  tier: partner.tier,
  programTierId: partner.program_tier_id,
  trackId: partner.track_id,
  fallsAt: partner.tier_falls_at,
})

/** What fit reads. */
export const profileOf = (partner: Scorable): FitProfile => ({
  type: partner.type,
  subtype: partner.subtype,
  category: partner.category,
  industry: partner.industry,
  region: partner.region,
  languages: partner.languages,
  jointValueProposition: partner.joint_value_proposition,
  rating: partner.rating,
  domain: partner.domain,
  contactEmail: partner.contacts.find(({ primary }) => primary === 1)?.email ?? '',
  editedAt: new Date(partner.updated_at).toISOString(),
})

/** What health reads. */
export const healthFactsOf = (partner: Scorable): HealthFacts => ({
  stage: partner.stage,
  stageChangedAt: partner.stage_changed_at,
  createdAt: partner.created_at,
  twoSidedAt: partner.two_sided_at,
  contacts: partner.contacts,
  managed: partner.manager_id !== null,
  industry: partner.industry,
  languages: partner.languages,
  jointValueProposition: partner.joint_value_proposition,
  pulse: partner.pulse,
  pulseAt: partner.pulse_at,
  completeness: profileCompleteness(fieldsOf(partner)) / 100,
  editedAt: new Date(partner.updated_at).toISOString(),
})
