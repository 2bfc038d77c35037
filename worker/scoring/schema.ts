import * as z from 'zod'
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
} from '#worker/partners/terms.ts'

export const EVIDENCE_SOURCES = ['profile', 'signal', 'plan', 'portal'] as const

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
  /** What would raise this factor. */
  hint: z.string().optional(),
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
})
export type Score = z.infer<typeof Score>

/** Answer of `GET /api/partners/{id}/scores`. */
export const Scores = z.object({ fit: Score, health: Score })
export type Scores = z.infer<typeof Scores>

/** Whom the organisation looks for. An empty list is no wish, and is not asked of anybody. */
export const IdealPartner = z.strictObject({
  industries: z.array(z.enum(INDUSTRIES)),
  regions: z.array(z.enum(REGIONS)),
  languages: z.array(z.string()),
  types: z.array(z.enum(PARTNER_TYPES)),
  subtypes: z.array(z.string()),
  categories: z.array(z.enum(CATEGORIES)),
  /** Products whose traces a domain shows, such as `salesforce`. */
  technologies: z.array(z.string()),
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

/** Share of 100 of each factor. */
export const FitWeights = z.record(z.enum(FIT_FACTORS), z.number().min(0).max(100))
export type FitWeights = z.infer<typeof FitWeights>

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
