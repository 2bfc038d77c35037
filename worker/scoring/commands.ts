import { sql } from 'drizzle-orm'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { change, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { lastEditOf, settingsOf } from './queries.ts'
import { ScoringSettings } from './schema.ts'

/**
 * Makes a partner's scores due now.
 * @throws `not-found` when the organisation has no such partner.
 */
export async function refreshScores(tenant: Tenant, partnerId: string, now: number) {
  const found = await tenant.run(
    change(
      sql`update partners set score_due_at = ${now}
        where partners.org_id = ${tenant.orgId} and partners.id = ${partnerId}`,
    ),
  )
  if (found === 0) throw new AppError('not-found')
}

/**
 * Makes everybody due, for the batch of a change that all scores or tiers depend on. What is being computed by the rules
 * of before is dropped, as after an edit. How far it has come is told by `getProgress`.
 */
export const recompute = (orgId: string, now: number): Statement<number>[] => [
  change(
    sql`update partners set input_version = input_version + 1, score_due_at = ${now}
      where partners.org_id = ${orgId}`,
  ),
  change(
    sql`update scoring_settings set recompute_at = ${now}, recompute_total = (
        select coalesce(sum(c.partners), 0) from partner_counts c where c.org_id = ${orgId} and c.facet = 'type')
      where scoring_settings.org_id = ${orgId}`,
  ),
]

/**
 * Saves whom the organisation looks for and what counts how much, and has everybody scored anew.
 * @throws `stale` with the settings as they are and who saved them, when another edit came first.
 */
export async function saveSettings(
  tenant: Tenant,
  { version, idealPartner, fitWeights, healthWeights }: ScoringSettings,
  actor: Actor,
): Promise<ScoringSettings> {
  const { orgId } = tenant
  const of = sql`scoring_settings.org_id = ${orgId}`
  const results = await tenant
    .batch([
      unless(sql`select 1 from scoring_settings where ${of} and version = ${version}`),
      change(
        sql`update scoring_settings set version = version + 1, ideal_partner = ${JSON.stringify(idealPartner)},
            fit_weights = ${JSON.stringify(fitWeights)}, health_weights = ${JSON.stringify(healthWeights)}
          where ${of}`,
      ),
      ...recompute(orgId, actor.now),
      audit(orgId, actor, { action: 'scoring.edit', targetId: null }),
      settingsOf(orgId),
    ])
    .catch(async (error: unknown) => {
      throw isGuardRefusal(error) ? await staleSettings(tenant) : error
    })
  return ScoringSettings.parse(results.at(-1))
}

async function staleSettings(tenant: Tenant): Promise<AppError> {
  const [current, last] = await tenant.batch([settingsOf(tenant.orgId), lastEditOf(tenant.orgId)])
  const changes = last ? [{ field: 'settings', by: { id: last.id, name: last.name }, at: last.at }] : []
  return new AppError('stale', { members: { current, changes } })
}
