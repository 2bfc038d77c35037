import { sql } from 'drizzle-orm'
import { change, type Statement } from '#worker/db/statement.ts'
import type { FitWeights, HealthWeights, IdealPartner } from './schema.ts'

/** A new organisation has described nobody yet. */
export const NOBODY_IN_PARTICULAR: IdealPartner = {
  industries: [],
  regions: [],
  languages: [],
  types: [],
  subtypes: [],
  categories: [],
  technologies: [],
}

/** Market 30, offering 25, strategy 20, reach 15, trust 10. */
export const DEFAULT_FIT_WEIGHTS: FitWeights = {
  industry: 12,
  region: 12,
  languages: 6,
  type: 12,
  category: 5,
  technologies: 8,
  jointValueProposition: 8,
  rating: 12,
  domainAge: 4,
  liveSite: 3,
  structuredData: 3,
  siteLanguages: 3,
  partnerPages: 2,
  contactMail: 4,
  mx: 2,
  spf: 2,
  dmarc: 2,
}

/** Plan 30 + 10 + 10, recency 20, portal and stage 10 each, upkeep and pulse 5 each. */
export const DEFAULT_HEALTH_WEIGHTS: HealthWeights = {
  planAttainment: 30,
  recency: 20,
  planExecution: 10,
  pipelineCoverage: 10,
  portalUse: 10,
  stageProgress: 10,
  upkeep: 5,
  pulse: 5,
}

/** The settings with which a new organisation's partners are scored. */
export const defaultScoring = (orgId: string): Statement<number> =>
  change(
    sql`insert into scoring_settings (org_id, version, ideal_partner, fit_weights, health_weights)
      values (${orgId}, 1, ${JSON.stringify(NOBODY_IN_PARTICULAR)}, ${JSON.stringify(DEFAULT_FIT_WEIGHTS)},
        ${JSON.stringify(DEFAULT_HEALTH_WEIGHTS)})`,
  )
