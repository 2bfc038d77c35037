import { sql } from 'drizzle-orm'
import { change } from '#worker/db/statement.ts'
import { sha256 } from '#worker/http/secrets.ts'
import type { Evaluated, Held } from '#worker/program/tiers.ts'
import { FIT_RULES } from './fit.ts'
import { HEALTH_RULES } from './health.ts'
import type { ScoreResult } from './ledger.ts'

/** Longer than any run; a consumer that died lets go of its partners by then. */
export const LEASE_MS = 30_000
/** After a failure: when a newer version of the code may be running, or the row may have been mended. */
const RETRY_MS = 3_600_000
const DAY_MS = 86_400_000
/** Everybody is scored anew each night, over an hour from two o'clock UTC: some of what scores read wears off. */
const NIGHT_MS = 2 * 3_600_000
const NIGHT_SECONDS = 3_600
/** Against what a trend is measured. */
const TREND_MS = 30 * DAY_MS

/** A partner that this run holds. */
export interface Claimed {
  id: string
  org_id: string
  input_version: number
  domain: string
  /** Of what was stored last. */
  scores_hash: string | null
}
export type Outcome =
  | { partner: Claimed; fit: ScoreResult; health: ScoreResult; held: Held; tier: Evaluated; failed?: never }
  | { partner: Claimed; failed: true }

/** When a partner's next night comes, Unix ms: its own second of the hour, so that not everybody comes at once. */
export function nextNight(now: number, partnerId: string) {
  let hash = 0
  for (const letter of partnerId) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0
  const tonight = now - (now % DAY_MS) + NIGHT_MS + (hash % NIGHT_SECONDS) * 1_000
  return tonight > now ? tonight : tonight + DAY_MS
}

const FAILED = { state: 'failed', value: null, confidence: 0 } as const
type Summary = Pick<ScoreResult, 'value' | 'confidence'> & { state: ScoreResult['state'] | 'failed' }

/** What a run has to store of a partner. Ledgers and standing are JSON. */
interface Result {
  readonly partner: Claimed
  readonly fit: Summary & { ledger: string }
  readonly health: Summary & { ledger: string }
  readonly tier: { level: string | null; id: string | null; falls: number | null } | null
  readonly standing: string | null
  /** Of all of it, of the rules and of the day, since a trend is another one on another day: SHA-256. */
  readonly hash: string
  /** False when it is what is stored already. */
  readonly isNew: boolean
  readonly due: number
}

async function resultOf(outcome: Outcome, now: number): Promise<Result> {
  const { partner } = outcome
  if (outcome.failed) {
    const failed = { ...FAILED, ledger: '[]' }
    const nothing = { tier: null, standing: null, hash: '', isNew: true }
    return { partner, fit: failed, health: failed, ...nothing, due: now + RETRY_MS }
  }
  const [fit, health] = [summaryOf(outcome.fit), summaryOf(outcome.health)]
  const { held, tier: to } = outcome
  const tier = { level: to.tier, id: to.programTierId, falls: to.fallsAt }
  const standing = JSON.stringify(to.standing)
  const day = Math.floor(now / DAY_MS)
  const hash = await sha256(
    JSON.stringify([day, FIT_RULES, fit, HEALTH_RULES, health, held.source, tier, standing]),
  )
  const stays =
    held.tier === to.tier && held.programTierId === to.programTierId && held.fallsAt === to.fallsAt
  const isNew = hash !== partner.scores_hash || !stays
  return { partner, fit, health, tier, standing, hash, isNew, due: nextNight(now, partner.id) }
}

const summaryOf = ({ state, value, confidence, ledger }: ScoreResult) => ({
  ...{ state, value, confidence },
  ledger: JSON.stringify(ledger),
})

const headOf = ({ partner: { id, org_id: org, input_version: input } }: Result) => ({ org, id, input })
const withoutLedger = ({ state, value, confidence }: Summary) => ({ state, value, confidence })

const scoresOf = (result: Result) => {
  const { org, id, input } = headOf(result)
  const row = (kind: string, rules: string, { state, value, confidence, ledger }: Result['fit']) => [
    ...[org, id, input, kind, state, value, confidence, rules, ledger],
  ]
  return [row('fit', FIT_RULES, result.fit), row('health', HEALTH_RULES, result.health)]
}

/**
 * The second half of a run. Every statement stands on the same two conditions: the inputs are still those that were
 * scored, and the lease is still ours. Most of what is computed anew is the same as before: that is neither written nor read
 * again, and the indexes of it stay as they are.
 */
export async function store(outcomes: readonly Outcome[], unchecked: readonly Claimed[], now: number) {
  const results = await Promise.all(outcomes.map((outcome) => resultOf(outcome, now)))
  const fresh = results.filter(({ isNew }) => isNew)
  const list = JSON.stringify(
    fresh.map((result) => ({
      ...headOf(result),
      fit: withoutLedger(result.fit),
      health: withoutLedger(result.health),
      tier: result.tier,
      standing: result.standing,
    })),
  )
  const scores = JSON.stringify(fresh.flatMap(scoresOf))
  const all = JSON.stringify(
    results.map((result) => ({ ...headOf(result), due: result.due, hash: result.hash })),
  )
  // No two leases of a partner end at one time, so that its end names the run that holds it.
  const lease = now + LEASE_MS
  const ours = sql`partners.org_id = r.value ->> 'org' and partners.id = r.value ->> 'id'
    and partners.input_version = r.value ->> 'input' and partners.score_lease_until = ${lease}`
  const held = sql`from json_each(${list}) r join partners on ${ours}`
  return [
    ...storeScores(scores, held, lease, now),
    ...storeTiers(list, ours, held, now),
    change(
      sql`insert into domain_checks (org_id, domain, due_at)
        select p.org_id, p.domain, ${now} from json_each(${refs(unchecked)}) r
        join partners p on p.org_id = r.value ->> 0 and p.id = r.value ->> 1
        where true on conflict do nothing`,
    ),
    change(
      sql`update partners set scored_version = input_version, computed_at = ${now}, scores_hash = r.value ->> 'hash',
          score_due_at = min(r.value ->> 'due', coalesce(tier_falls_at, r.value ->> 'due')), score_lease_until = 0
        from json_each(${all}) r where ${ours}`,
    ),
    // Edited while it was being scored: let go of at once, so that the message of that edit, or the sweep, can take it.
    change(
      sql`update partners set score_lease_until = 0 from json_each(${all}) r
        where partners.org_id = r.value ->> 'org' and partners.id = r.value ->> 'id'
          and partners.input_version > r.value ->> 'input' and partners.score_lease_until = ${lease}`,
    ),
  ]
}

const refs = (partners: readonly Claimed[]) => JSON.stringify(partners.map(({ org_id, id }) => [org_id, id]))

function storeScores(scores: string, held: ReturnType<typeof sql>, lease: number, now: number) {
  const past = (kind: 'fit' | 'health') => sql`(select h.value from score_history h
    where h.org_id = partners.org_id and h.partner_id = partners.id and h.kind = ${kind} and h.at <= ${now - TREND_MS}
    order by h.at desc limit 1)`
  return [
    change(
      sql`insert into scores (org_id, partner_id, kind, state, value, confidence, computed_at, rule_version, ledger)
        select p.org_id, p.id, r.value ->> 3, r.value ->> 4, r.value ->> 5, r.value ->> 6, ${now}, r.value ->> 7,
          r.value ->> 8
        from json_each(${scores}) r join partners p on p.org_id = r.value ->> 0 and p.id = r.value ->> 1
          and p.input_version = r.value ->> 2 and p.score_lease_until = ${lease}
        where true
        on conflict (org_id, partner_id, kind) do update set state = excluded.state, value = excluded.value,
          confidence = excluded.confidence, computed_at = excluded.computed_at, rule_version = excluded.rule_version,
          ledger = excluded.ledger`,
    ),
    change(
      sql`insert into score_history (org_id, partner_id, kind, at, value, points)
        select s.org_id, s.partner_id, s.kind, ${now}, s.value,
          (select json_group_object(f.value ->> 'factor', f.value ->> 'points') from json_each(s.ledger) f)
        from json_each(${scores}) r join scores s on s.org_id = r.value ->> 0 and s.partner_id = r.value ->> 1
          and s.kind = r.value ->> 3
        where s.value is not null and s.computed_at = ${now} and s.value is not (
          select h.value from score_history h
          where h.org_id = s.org_id and h.partner_id = s.partner_id and h.kind = s.kind order by h.at desc limit 1)
        on conflict do nothing`,
    ),
    change(
      sql`update partners set (fit, fit_state, fit_confidence, health, health_state, health_confidence, fit_before,
            health_before, scored_at)
          = (n.fit, n.fit_state, n.fit_confidence, n.health, n.health_state, n.health_confidence, n.fit_before,
            n.health_before, ${now})
        from (select partners.org_id, partners.id,
            r.value -> 'fit' ->> 'value' as fit, r.value -> 'fit' ->> 'state' as fit_state,
            r.value -> 'fit' ->> 'confidence' as fit_confidence, r.value -> 'health' ->> 'value' as health,
            r.value -> 'health' ->> 'state' as health_state, r.value -> 'health' ->> 'confidence' as health_confidence,
            ${past('fit')} as fit_before, ${past('health')} as health_before ${held}) n
        where partners.org_id = n.org_id and partners.id = n.id
          and (partners.fit, partners.fit_state, partners.fit_confidence, partners.health, partners.health_state,
              partners.health_confidence, partners.fit_before, partners.health_before)
            is not (n.fit, n.fit_state, n.fit_confidence, n.health, n.health_state, n.health_confidence, n.fit_before,
              n.health_before)`,
    ),
  ]
}

/** A pin is nobody's but a person's: the evaluator writes no tier over it. */
function storeTiers(list: string, ours: ReturnType<typeof sql>, held: ReturnType<typeof sql>, now: number) {
  return [
    change(
      sql`update partners set tier = r.value -> 'tier' ->> 'level', program_tier_id = r.value -> 'tier' ->> 'id',
          tier_falls_at = r.value -> 'tier' ->> 'falls', tier_by = null, tier_reason = null,
          tier_at = iif((tier, program_tier_id) is (r.value -> 'tier' ->> 'level', r.value -> 'tier' ->> 'id'),
            tier_at, ${now}),
          scored_at = ${now}
        from json_each(${list}) r
        where ${ours} and partners.tier_source = 'auto' and r.value ->> 'tier' is not null
          and (tier, program_tier_id, tier_falls_at) is not
            (r.value -> 'tier' ->> 'level', r.value -> 'tier' ->> 'id', r.value -> 'tier' ->> 'falls')`,
    ),
    change(
      sql`insert into tier_standings (org_id, partner_id, standing)
        select partners.org_id, partners.id, r.value ->> 'standing' ${held}
        where r.value ->> 'standing' is not null
        on conflict (org_id, partner_id) do update set standing = excluded.standing
        where tier_standings.standing is not excluded.standing`,
    ),
  ]
}
