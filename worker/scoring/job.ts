import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { change, rows } from '#worker/db/statement.ts'
import type { Log } from '#worker/http/log.ts'
import { CATEGORIES, INDUSTRIES, PARTNER_TYPES, REGIONS } from '#worker/partners/terms.ts'
import { DEFAULT_FIT_WEIGHTS, NOBODY_IN_PARTICULAR } from './defaults.ts'
import { FIT_RULES, type FitResult, scoreFit } from './fit.ts'
import { FitWeights, IdealPartner } from './schema.ts'

/** Longer than any run; a consumer that died lets go of its partners by then. */
const LEASE_MS = 30_000

const parsed = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)))

const Claimed = z.object({
  id: z.string(),
  org_id: z.string(),
  input_version: z.number(),
  type: z.enum(PARTNER_TYPES),
  subtype: z.string().nullable(),
  category: z.enum(CATEGORIES).nullable(),
  industry: z.enum(INDUSTRIES).nullable(),
  region: z.enum(REGIONS),
  languages: parsed(z.array(z.string())),
  joint_value_proposition: z.string().nullable(),
  rating: z.number().nullable(),
  domain: z.string(),
  updated_at: z.number(),
  contact_email: z.string().nullable(),
})
type Claimed = z.output<typeof Claimed>

const Settings = z.object({
  org_id: z.string(),
  ideal_partner: parsed(IdealPartner),
  fit_weights: parsed(FitWeights),
})

/** A partner that is due, by organisation. */
export interface PartnerRef {
  orgId: string
  partnerId: string
}

/**
 * Scores those of `refs` that are due, at most 100 of them, in two round trips: one takes them, one stores the results.
 * Safe to call any number of times and in any order: what is not due any more is left alone, and the result for inputs
 * that were edited meanwhile is dropped, which leaves the partner due.
 */
export async function scorePartners(db: Database, refs: readonly PartnerRef[], now: number, log: Log) {
  const [claimed, settings] = await db.batch(claim(refs, now))
  if (claimed.length === 0) return
  const settingsOf = new Map(settings.map((each) => [each.org_id, each]))
  const results = claimed.map((partner) => {
    const { ideal_partner: ideal = NOBODY_IN_PARTICULAR, fit_weights: weights = DEFAULT_FIT_WEIGHTS } =
      settingsOf.get(partner.org_id) ?? {}
    return { partner, fit: scoreFit(profileOf(partner), ideal, weights) }
  })
  await db.batch(store(results, now))
  log('scored', { partners: results.length })
}

function claim(refs: readonly PartnerRef[], now: number) {
  const wanted = JSON.stringify(refs.map(({ orgId, partnerId }) => [orgId, partnerId]))
  return [
    rows(
      Claimed,
      sql`update partners set score_lease_until = ${now + LEASE_MS}
        from json_each(${wanted}) r
        where partners.org_id = r.value ->> 0 and partners.id = r.value ->> 1
          and partners.score_due_at <= ${now} and partners.score_lease_until <= ${now}
        returning id, org_id, input_version, type, subtype, category, industry, region, languages,
          joint_value_proposition, rating, domain, updated_at,
          (select c.email from contacts c where c.org_id = partners.org_id and c.partner_id = partners.id
            and c.is_primary = 1) as contact_email`,
    ),
    rows(
      Settings,
      sql`select org_id, ideal_partner, fit_weights from scoring_settings
        where scoring_settings.org_id in (select value ->> 0 from json_each(${wanted}))`,
    ),
  ] as const
}

const profileOf = (partner: Claimed) => ({
  type: partner.type,
  subtype: partner.subtype,
  category: partner.category,
  industry: partner.industry,
  region: partner.region,
  languages: partner.languages,
  jointValueProposition: partner.joint_value_proposition,
  rating: partner.rating,
  domain: partner.domain,
  contactEmail: partner.contact_email ?? '',
  editedAt: new Date(partner.updated_at).toISOString(),
})

/**
 * Health has no inputs yet, so it is stored as what it is: nothing known of it, which the table shows as "not enough
 * data" and never as a number.
 */
const NOTHING_KNOWN = { state: 'insufficient', confidence: 0, ledger: [], rules: 'health-0' } as const

function store(results: readonly { partner: Claimed; fit: FitResult }[], now: number) {
  const list = JSON.stringify(
    results.map(({ partner, fit }) => ({
      org: partner.org_id,
      id: partner.id,
      input: partner.input_version,
      fit: { ...fit, rules: FIT_RULES },
      health: NOTHING_KNOWN,
    })),
  )
  const current = sql`from json_each(${list}) r
    join partners p on p.org_id = r.value ->> 'org' and p.id = r.value ->> 'id' and p.scored_version = r.value ->> 'input'`
  return [
    change(
      sql`update partners set scored_version = input_version, score_due_at = null, score_lease_until = 0,
          fit = r.value -> 'fit' ->> 'value', fit_state = r.value -> 'fit' ->> 'state',
          fit_confidence = r.value -> 'fit' ->> 'confidence',
          health = null, health_state = r.value -> 'health' ->> 'state',
          health_confidence = r.value -> 'health' ->> 'confidence'
        from json_each(${list}) r
        where partners.org_id = r.value ->> 'org' and partners.id = r.value ->> 'id'
          and partners.input_version = r.value ->> 'input'`,
    ),
    ...(['fit', 'health'] as const).map((kind) =>
      change(
        sql`insert into scores (org_id, partner_id, kind, state, value, confidence, computed_at, rule_version, ledger)
          select p.org_id, p.id, ${kind}, s ->> 'state', s ->> 'value', s ->> 'confidence', ${now}, s ->> 'rules',
            s -> 'ledger'
          from (select p.org_id, p.id, r.value -> ${kind} as s ${current}) p
          where true
          on conflict (org_id, partner_id, kind) do update set state = excluded.state, value = excluded.value,
            confidence = excluded.confidence, computed_at = excluded.computed_at,
            rule_version = excluded.rule_version, ledger = excluded.ledger`,
      ),
    ),
    change(
      sql`insert into score_history (org_id, partner_id, kind, at, value)
        select p.org_id, p.id, 'fit', ${now}, p.fit ${current}
        where p.fit is not null and p.fit is not (
          select h.value from score_history h where h.org_id = p.org_id and h.partner_id = p.id and h.kind = 'fit'
          order by h.at desc limit 1)
        on conflict do nothing`,
    ),
    // Edited while it was being scored: let go of at once, so that the message of that edit, or the sweep, can take it.
    change(
      sql`update partners set score_lease_until = 0 from json_each(${list}) r
        where partners.org_id = r.value ->> 'org' and partners.id = r.value ->> 'id'
          and partners.input_version > r.value ->> 'input'`,
    ),
  ]
}

const Due = z.object({ org_id: z.string(), id: z.string() })
/** Partners that are due and that nobody holds: their message was lost, or their time has come. */
export const dueScores = (now: number, limit: number) =>
  rows(
    Due,
    sql`select org_id, id from partners where score_due_at <= ${now} and score_lease_until <= ${now}
      order by score_due_at limit ${limit}`,
  )
