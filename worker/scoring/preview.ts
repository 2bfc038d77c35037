import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { scoreFit } from './fit.ts'
import { scoreHealth } from './health.ts'
import { DEFAULT_RULES, healthFactsOf, profileOf, SCORABLE, Scorable, StoredRules } from './inputs.ts'
import type { ScoringPreview, ScoringRules } from './schema.ts'

/** Partners that a preview shows. */
const PREVIEWED = 20

const Previewed = Scorable.extend({ id: z.string(), name: z.string() })

/**
 * What other settings would do to the partners that were edited last, of whom people know most: the same engines over the
 * same inputs, by the settings of now and by those that are tried. Nothing is stored.
 */
export async function previewScores(
  tenant: Tenant,
  tried: ScoringRules,
  now: number,
): Promise<ScoringPreview> {
  const { orgId } = tenant
  const [settings, partners] = await tenant.batch([
    row(
      StoredRules,
      sql`select ideal_partner, fit_weights, health_weights from scoring_settings
        where scoring_settings.org_id = ${orgId}`,
    ),
    rows(
      Previewed,
      sql`select id, name, ${SCORABLE} from partners where partners.org_id = ${orgId}
        order by updated_at desc, id desc limit ${PREVIEWED}`,
    ),
  ])
  const scored = (partner: Scorable, { idealPartner, fitWeights, healthWeights }: ScoringRules) => ({
    fit: scoreFit(profileOf(partner), partner.signals, idealPartner, fitWeights, now).value,
    health: scoreHealth(healthFactsOf(partner), healthWeights, now).value,
  })
  const items = partners.map((partner) => {
    const before = scored(partner, settings ?? DEFAULT_RULES)
    const after = scored(partner, tried)
    return {
      partnerId: partner.id,
      name: partner.name,
      domain: partner.domain,
      fit: { before: before.fit, after: after.fit },
      health: { before: before.health, after: after.health },
    }
  })
  return { items }
}
