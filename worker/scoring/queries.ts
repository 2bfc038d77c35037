import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { SCORE_STATES } from '#worker/partners/terms.ts'
import { StoredRules } from './inputs.ts'
import { Factor, type Score, type Scores, type ScoringProgress, type ScoringSettings } from './schema.ts'
import { changeOf } from './trend.ts'

const isoOf = (ms: number) => new Date(ms).toISOString()

const Due = z.object({ refreshing: z.number(), computed_at: z.number().nullable() })
const Stored = z.object({
  kind: z.enum(['fit', 'health']),
  state: z.enum(SCORE_STATES),
  value: z.number().nullable(),
  confidence: z.number(),
  rule_version: z.string(),
  ledger: z.string().transform((text) => z.array(Factor).parse(JSON.parse(text))),
})
const Past = z.object({ kind: z.enum(['fit', 'health']), at: z.number().transform(isoOf), value: z.number() })

const Before = z.object({
  kind: z.enum(['fit', 'health']),
  value: z.number(),
  points: z.string().transform((text) => z.record(z.string(), z.number()).parse(JSON.parse(text))),
})

/** Against what a change is told. */
const TREND_MS = 30 * 86_400_000
/** Points of history that an answer holds, newest last. */
const HISTORY_MAX = 90

/**
 * Both scores of a partner with their ledgers; `pending` until the first result.
 * @throws `not-found` when the organisation has no such partner.
 */
export async function getScores(tenant: Tenant, partnerId: string, now: number): Promise<Scores> {
  const { orgId } = tenant
  const [due, stored, history, before] = await tenant.batch([
    row(
      Due,
      sql`select coalesce(score_due_at <= ${now}, 0) as refreshing, computed_at from partners
        where partners.org_id = ${orgId} and partners.id = ${partnerId}`,
    ),
    rows(
      Stored,
      sql`select kind, state, value, confidence, rule_version, ledger from scores
        where scores.org_id = ${orgId} and scores.partner_id = ${partnerId}`,
    ),
    rows(
      Past,
      sql`select kind, at, value from score_history
        where score_history.org_id = ${orgId} and score_history.partner_id = ${partnerId}
        order by at desc limit ${2 * HISTORY_MAX}`,
    ),
    rows(
      Before,
      sql`select kind, value, points, max(at) from score_history
        where score_history.org_id = ${orgId} and score_history.partner_id = ${partnerId} and at <= ${now - TREND_MS}
        group by kind`,
    ),
  ])
  if (!due) throw new AppError('not-found')
  const scoreOf = (kind: 'fit' | 'health'): Score => {
    const found = stored.find((each) => each.kind === kind)
    const past = history.filter((each) => each.kind === kind).reverse()
    return {
      state: found?.state ?? 'pending',
      refreshing: due.refreshing === 1,
      value: found?.value ?? null,
      confidence: found?.confidence ?? null,
      computedAt: found && due.computed_at !== null ? isoOf(due.computed_at) : null,
      ruleVersion: found?.rule_version ?? null,
      ledger: found?.ledger ?? [],
      history: past.map(({ at, value }) => ({ at, value })),
      change: changeOf(
        found,
        before.find((each) => each.kind === kind),
      ),
    }
  }
  return { fit: scoreOf('fit'), health: scoreOf('health') }
}

const StoredSettings = z
  .looseObject({ version: z.number() })
  .transform((stored): ScoringSettings => ({ version: stored.version, ...StoredRules.parse(stored) }))

/** The settings; null for an organisation that has none. */
export const settingsOf = (orgId: string) =>
  row(
    StoredSettings,
    sql`select version, ideal_partner, fit_weights, health_weights from scoring_settings
      where scoring_settings.org_id = ${orgId}`,
  )

const LastEdit = z.object({ id: z.string(), name: z.string(), at: z.number().transform(isoOf) })

/** Deeds among which the last edit of the settings is looked for: asked right after one. */
const DEEDS_MAX = 1_000

/** Who saved the settings last, and when. */
export const lastEditOf = (orgId: string) =>
  row(
    LastEdit,
    sql`select a.actor_id as id, u.name as name, a.at as at
      from (select id as deed, actor_id, action, at from audit_log where audit_log.org_id = ${orgId}
        order by id desc limit ${DEEDS_MAX}) a
      join users u on u.id = a.actor_id
      where a.action = 'scoring.edit' order by a.deed desc limit 1`,
  )

/** Whom the organisation looks for, and what counts how much. @throws `not-found` */
export async function getSettings(tenant: Tenant): Promise<ScoringSettings> {
  const found = await tenant.run(settingsOf(tenant.orgId))
  if (!found) throw new AppError('not-found')
  return found
}

const Progress = z.object({ total: z.number(), done: z.number() })

/** How many of those who were to be scored anew since the last change of settings or programme have been. */
export async function getProgress(tenant: Tenant): Promise<ScoringProgress> {
  const { orgId } = tenant
  const found = await tenant.run(
    row(
      Progress,
      sql`select s.recompute_total as total, max(0, s.recompute_total - (select count(*) from partners p indexed by partners_score_due
          where p.org_id = ${orgId} and p.score_due_at <= s.recompute_at)) as done
        from scoring_settings s where s.org_id = ${orgId}`,
    ),
  )
  return found ?? { total: 0, done: 0 }
}
