import { sql } from 'drizzle-orm'
import { change, type Statement } from '#worker/db/statement.ts'
import { BALANCED_FIT, BALANCED_HEALTH } from './factor-terms.ts'
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

export const DEFAULT_FIT_WEIGHTS: FitWeights = BALANCED_FIT
export const DEFAULT_HEALTH_WEIGHTS: HealthWeights = BALANCED_HEALTH

/** The settings with which a new organisation's partners are scored. */
export const defaultScoring = (orgId: string): Statement<number> =>
  change(
    sql`insert into scoring_settings (org_id, version, ideal_partner, fit_weights, health_weights)
      values (${orgId}, 1, ${JSON.stringify(NOBODY_IN_PARTICULAR)}, ${JSON.stringify(DEFAULT_FIT_WEIGHTS)},
        ${JSON.stringify(DEFAULT_HEALTH_WEIGHTS)})`,
  )
