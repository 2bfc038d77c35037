import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { SCORE_STATES } from '#worker/partners/terms.ts'
import { Factor, type Score, type Scores } from './schema.ts'

const isoOf = (ms: number) => new Date(ms).toISOString()

const Due = z.object({ refreshing: z.number() })
const Stored = z.object({
  kind: z.enum(['fit', 'health']),
  state: z.enum(SCORE_STATES),
  value: z.number().nullable(),
  confidence: z.number(),
  computed_at: z.number().transform(isoOf),
  rule_version: z.string(),
  ledger: z.string().transform((text) => z.array(Factor).parse(JSON.parse(text))),
})
const Past = z.object({ kind: z.enum(['fit', 'health']), at: z.number().transform(isoOf), value: z.number() })

/** Points of history that an answer holds, newest last. */
const HISTORY_MAX = 90

/**
 * Both scores of a partner with their ledgers; `pending` until the first result.
 * @throws `not-found` when the organisation has no such partner.
 */
export async function getScores(tenant: Tenant, partnerId: string, now: number): Promise<Scores> {
  const { orgId } = tenant
  const [due, stored, history] = await tenant.batch([
    row(
      Due,
      sql`select coalesce(score_due_at <= ${now}, 0) as refreshing from partners
        where partners.org_id = ${orgId} and partners.id = ${partnerId}`,
    ),
    rows(
      Stored,
      sql`select kind, state, value, confidence, computed_at, rule_version, ledger from scores
        where scores.org_id = ${orgId} and scores.partner_id = ${partnerId}`,
    ),
    rows(
      Past,
      sql`select kind, at, value from score_history
        where score_history.org_id = ${orgId} and score_history.partner_id = ${partnerId}
        order by at desc limit ${2 * HISTORY_MAX}`,
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
      computedAt: found?.computed_at ?? null,
      ruleVersion: found?.rule_version ?? null,
      ledger: found?.ledger ?? [],
      history: past.map(({ at, value }) => ({ at, value })),
      change: null,
    }
  }
  return { fit: scoreOf('fit'), health: scoreOf('health') }
}
