import * as z from 'zod'
import { Name } from '#worker/http/schema.ts'
import { Language } from '#worker/partners/schema.ts'
import {
  CATEGORIES,
  type Category,
  INDUSTRIES,
  type Industry,
  PARTNER_TYPES,
  type PartnerType,
  REGIONS,
  type Region,
  SCORE_STATES,
  type Stage,
} from '#worker/partners/terms.ts'
import { TECHNOLOGIES } from '#worker/signals/terms.ts'

export const EVIDENCE_SOURCES = ['profile', 'signal', 'plan', 'portal'] as const

/**
 * Why a factor has no value: the ideal profile does not ask for it, the profile does not say, nobody has looked yet, the
 * source did not answer, it does not apply to this partner, or there is no joint plan to read it from.
 */
export const UNKNOWN_BECAUSE = [
  'not-asked',
  'not-filled',
  'not-checked',
  'could-not-check',
  'does-not-apply',
  'no-plan',
] as const
export type UnknownBecause = (typeof UNKNOWN_BECAUSE)[number]

export const Factor = z.object({
  factor: z.string(),
  label: z.string(),
  /** Share of 100 that the organisation gives this factor. */
  weight: z.number(),
  /** False when the ideal profile leaves this wish empty: such a factor counts neither way. */
  asked: z.boolean(),
  /** 0 to 1; null when unknown, which is never a zero. */
  value: z.number().nullable(),
  /** What the factor adds to the score, of 100. */
  points: z.number(),
  evidence: z.array(
    z.object({
      source: z.enum(EVIDENCE_SOURCES),
      detail: z.string(),
      url: z.string().optional(),
      at: z.iso.datetime(),
    }),
  ),
  /** Why the value is null. */
  unknown: z.enum(UNKNOWN_BECAUSE).nullable(),
  /** What would raise this factor. */
  hint: z.string().optional(),
  /** Points by which the score would rise if the factor were full; only beside a hint. */
  gain: z.number().optional(),
})
export type Factor = z.infer<typeof Factor>

export const Score = z.object({
  state: z.enum(SCORE_STATES),
  /** True while newer inputs wait to be scored. */
  refreshing: z.boolean(),
  /** 0 to 100; null while pending or when too little is known. */
  value: z.number().int().min(0).max(100).nullable(),
  /** Weight known over weight asked for, 0 to 1. */
  confidence: z.number().min(0).max(1).nullable(),
  computedAt: z.iso.datetime().nullable(),
  ruleVersion: z.string().nullable(),
  ledger: z.array(Factor),
  history: z.array(z.object({ at: z.iso.datetime(), value: z.number() })),
  /** Against 30 days ago, with the factor that moved it most; null while there was no score then. */
  change: z
    .object({
      days: z.literal(30),
      points: z.number().int(),
      driver: z.object({ factor: z.string(), label: z.string(), points: z.number() }).nullable(),
    })
    .nullable(),
})
export type Score = z.infer<typeof Score>

/** Answer of `GET /api/partners/{id}/scores`. */
export const Scores = z.object({ fit: Score, health: Score })
export type Scores = z.infer<typeof Scores>

const unknown = 'Choose one of the values offered.'
/** Each value once: of a wish that stands there twice, half would be missing in every partner. */
const list = <S extends z.ZodType>(item: S) =>
  z
    .array(item, 'Enter a list.')
    .max(100, 'At most 100.')
    .transform((values) => [...new Set(values)])

/** Whom the organisation looks for. An empty list is no wish, and is not asked of anybody. */
export const IdealPartner = z.strictObject({
  industries: list(z.enum(INDUSTRIES, unknown)),
  regions: list(z.enum(REGIONS, unknown)),
  languages: list(Language),
  types: list(z.enum(PARTNER_TYPES, unknown)),
  subtypes: list(Name),
  categories: list(z.enum(CATEGORIES, unknown)),
  /** Products whose traces a domain shows, such as `salesforce`. */
  technologies: list(z.enum(TECHNOLOGIES, unknown)),
})
export type IdealPartner = z.infer<typeof IdealPartner>

export const FIT_FACTORS = [
  'industry',
  'region',
  'languages',
  'type',
  'category',
  'technologies',
  'jointValueProposition',
  'rating',
  'domainAge',
  'liveSite',
  'structuredData',
  'siteLanguages',
  'partnerPages',
  'contactMail',
  'mx',
  'spf',
  'dmarc',
] as const
export type FitFactor = (typeof FIT_FACTORS)[number]

export const HEALTH_FACTORS = [
  'planAttainment',
  'recency',
  'planExecution',
  'pipelineCoverage',
  'portalUse',
  'stageProgress',
  'upkeep',
  'pulse',
] as const
export type HealthFactor = (typeof HEALTH_FACTORS)[number]

const Weight = z.number('Enter a number.').min(0, 'Enter 0 or more.').max(100, 'Enter 100 at most.')
const weights = <const F extends readonly [string, ...string[]]>(factors: F) =>
  z
    .record(z.enum(factors), Weight, 'Enter a weight for each factor.')
    .refine(
      (given) => Object.values<number>(given).some((weight) => weight > 0),
      'Give at least one factor a weight.',
    )

/** What each factor counts beside the others; 0 leaves it out. The sum need not be 100. */
export const FitWeights = weights(FIT_FACTORS)
export type FitWeights = z.infer<typeof FitWeights>
export const HealthWeights = weights(HEALTH_FACTORS)
export type HealthWeights = z.infer<typeof HealthWeights>

/** Body of `POST /api/scoring/preview`. */
export const ScoringRules = z.strictObject({
  idealPartner: IdealPartner,
  fitWeights: FitWeights,
  healthWeights: HealthWeights,
})
export type ScoringRules = z.infer<typeof ScoringRules>

/** Answer of `GET /api/scoring`, body and answer of `PUT`; `version` is the one that was edited. */
export const ScoringSettings = ScoringRules.extend({
  version: z.int('Send the version that you edited.').min(0),
})
export type ScoringSettings = z.infer<typeof ScoringSettings>

const Effect = z.object({ before: z.number().nullable(), after: z.number().nullable() })
/** Answer of `POST /api/scoring/preview`: up to 20 partners, as they are scored now and as they would be. */
export const ScoringPreview = z.object({
  items: z.array(
    z.object({ partnerId: z.string(), name: z.string(), domain: z.string(), fit: Effect, health: Effect }),
  ),
})
export type ScoringPreview = z.infer<typeof ScoringPreview>

/** Answer of `GET /api/scoring/progress`: the last change of the settings; `done` reaches `total`. */
export const ScoringProgress = z.object({ total: z.number().int(), done: z.number().int() })
export type ScoringProgress = z.infer<typeof ScoringProgress>

/** What the profile says that fit reads. Null and empty lists are unknown. */
export interface FitProfile {
  type: PartnerType
  subtype: string | null
  category: Category | null
  industry: Industry | null
  region: Region
  languages: readonly string[]
  jointValueProposition: string | null
  rating: number | null
  domain: string
  /** Of the primary contact. */
  contactEmail: string
  /** When the profile was last edited, ISO 8601. */
  editedAt: string
}

/** What health reads. Times are Unix ms; null and empty lists are unknown. */
export interface HealthFacts {
  stage: Stage
  stageChangedAt: number
  createdAt: number
  /** When somebody last logged a meeting, call or e-mail for. */
  twoSidedAt: number | null
  contacts: readonly { claimedAt: number | null; lastSeenAt: number | null }[]
  /** True when a member manages the partner. */
  managed: boolean
  industry: Industry | null
  languages: readonly string[]
  jointValueProposition: string | null
  pulse: number | null
  pulseAt: number | null
  /** Share of the profile that is filled, 0 to 1. */
  completeness: number
  /** When the profile was last edited, ISO 8601. */
  editedAt: string
}
