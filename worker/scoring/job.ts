import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import { rows } from '#worker/db/statement.ts'
import type { Log } from '#worker/http/log.ts'
import { metricsOf } from '#worker/program/metrics.ts'
import { programsOf } from '#worker/program/queries.ts'
import type { Track } from '#worker/program/schema.ts'
import { evaluate } from '#worker/program/tiers.ts'
import { isLookedUp } from '#worker/signals/reserved.ts'
import { scoreFit } from './fit.ts'
import { scoreHealth } from './health.ts'
import {
  DEFAULT_RULES,
  healthFactsOf,
  heldOf,
  metricFactsOf,
  profileOf,
  SCORABLE,
  Scorable,
  StoredRules,
} from './inputs.ts'
import type { ScoringRules } from './schema.ts'
import { type Claimed, LEASE_MS, type Outcome, store } from './store.ts'

const ClaimedRow = z.looseObject({
  id: z.string(),
  org_id: z.string(),
  input_version: z.number(),
  domain: z.string(),
  checked: z.number(),
  scores_hash: z.string().nullable(),
})
const StoredSettings = z.looseObject({ org_id: z.string() })
type ParsedRules = z.ZodSafeParseResult<ScoringRules>

/** A partner that is due, by organisation. */
export interface PartnerRef {
  orgId: string
  partnerId: string
}
/** A domain of which nothing is known yet, by organisation. */
export interface DomainRef {
  orgId: string
  domain: string
}

/**
 * Scores those of `refs` that are due, at most 100 of them, and puts them on the tiers that the rules give, in two round
 * trips: one takes them, one stores the results. Safe to call any number of times and in any order: what is not due any
 * more is left alone, and a result is dropped when the inputs were edited meanwhile, which leaves the partner due, or when
 * the lease ran out and another run took over. A partner whose domain nobody has looked at is scored without, at once;
 * its check is made due, and answered so that it can be announced.
 */
export async function scorePartners(db: Database, refs: readonly PartnerRef[], now: number, log: Log) {
  const [claimed, settings, programs] = await db.batch(claim(refs, now))
  if (claimed.length === 0) return []
  const rulesOf = new Map(settings.map((each) => [each.org_id, StoredRules.safeParse(each)]))
  const tracksOf = new Map(programs.map(({ orgId, tracks }) => [orgId, tracks]))
  const outcomes = claimed.map((partner) =>
    outcomeOf(partner, rulesOf.get(partner.org_id), tracksOf.get(partner.org_id) ?? [], now, log),
  )
  const unchecked = claimed.filter(({ checked, domain }) => checked === 0 && isLookedUp(domain))
  await db.batch(await store(outcomes, unchecked, now))
  log('scored', { partners: outcomes.length })
  return unchecked.map(({ org_id: orgId, domain }): DomainRef => ({ orgId, domain }))
}

function claim(refs: readonly PartnerRef[], now: number) {
  const wanted = JSON.stringify(refs.map(({ orgId, partnerId }) => [orgId, partnerId]))
  const orgs = JSON.stringify([...new Set(refs.map(({ orgId }) => orgId))])
  return [
    rows(
      ClaimedRow,
      sql`update partners set score_lease_until = ${now + LEASE_MS}
        from json_each(${wanted}) r
        where partners.org_id = r.value ->> 0 and partners.id = r.value ->> 1
          and partners.score_due_at <= ${now} and partners.score_lease_until <= ${now}
        returning id, org_id, input_version, scores_hash, ${SCORABLE}, exists (select 1 from domain_checks d
          where d.org_id = partners.org_id and d.domain = partners.domain) as checked`,
    ),
    rows(
      StoredSettings,
      sql`select org_id, ideal_partner, fit_weights, health_weights from scoring_settings
        where scoring_settings.org_id in (select value from json_each(${orgs}))`,
    ),
    programsOf(orgs),
  ] as const
}

/** What cannot be read or scored fails alone: thrown on, it would take the whole batch along, again and again. */
function outcomeOf(
  partner: Claimed,
  rules: ParsedRules | undefined,
  tracks: readonly Track[],
  now: number,
  log: Log,
): Outcome {
  try {
    if (rules?.error) throw rules.error
    const { idealPartner, fitWeights, healthWeights } = rules?.data ?? DEFAULT_RULES
    const inputs = Scorable.parse(partner)
    const fit = scoreFit(profileOf(inputs), inputs.signals, idealPartner, fitWeights, now)
    const health = scoreHealth(healthFactsOf(inputs), healthWeights, now)
    const held = heldOf(inputs)
    const metrics = metricsOf(metricFactsOf(inputs, fit.value, health.value), now)
    return { partner, fit, health, held, tier: evaluate(metrics, tracks, held, now) }
  } catch (error) {
    log('score_failed', { partnerId: partner.id, class: errorClass(error) })
    return { partner, failed: true }
  }
}

const Due = z.object({ org_id: z.string(), id: z.string() })
/** Partners that are due and that nobody holds: their message was lost, or their time has come. */
export const dueScores = (now: number, limit: number) =>
  rows(
    Due,
    sql`select org_id, id from partners where score_due_at <= ${now} and score_lease_until <= ${now}
      order by score_due_at limit ${limit}`,
  )

const DueOf = z.object({ id: z.string() })
/** Those of one organisation, by id after `after`. */
export const dueScoresOf = (orgId: string, after: string, now: number, limit: number) =>
  rows(
    DueOf,
    sql`select id from partners where partners.org_id = ${orgId} and partners.id > ${after}
      and score_due_at <= ${now} order by id limit ${limit}`,
  )
