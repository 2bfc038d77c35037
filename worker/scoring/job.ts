import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import { change, rows } from '#worker/db/statement.ts'
import type { Log } from '#worker/http/log.ts'
import { CATEGORIES, INDUSTRIES, PARTNER_TYPES, REGIONS } from '#worker/partners/terms.ts'
import { DEFAULT_FIT_WEIGHTS, NOBODY_IN_PARTICULAR } from './defaults.ts'
import { FIT_RULES, type FitResult, scoreFit } from './fit.ts'
import { FitWeights, IdealPartner } from './schema.ts'

/** Longer than any run; a consumer that died lets go of its partners by then. */
const LEASE_MS = 30_000
/** After a failure: when a newer version of the code may be running, or the row may have been mended. */
const RETRY_MS = 3_600_000

const parsed = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)

const Claimed = z.looseObject({ id: z.string(), org_id: z.string(), input_version: z.number() })
type Claimed = z.output<typeof Claimed>

const Scorable = z.object({
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
type Scorable = z.output<typeof Scorable>

const StoredSettings = z.looseObject({ org_id: z.string() })
const Settings = z.object({ ideal_partner: parsed(IdealPartner), fit_weights: parsed(FitWeights) })
type ParsedSettings = z.ZodSafeParseResult<z.output<typeof Settings>>
const DEFAULTS = { ideal_partner: NOBODY_IN_PARTICULAR, fit_weights: DEFAULT_FIT_WEIGHTS }

/** A partner that is due, by organisation. */
export interface PartnerRef {
  orgId: string
  partnerId: string
}

/**
 * Scores those of `refs` that are due, at most 100 of them, in two round trips: one takes them, one stores the results.
 * Safe to call any number of times and in any order: what is not due any more is left alone, and a result is dropped when
 * the inputs were edited meanwhile, which leaves the partner due, or when the lease ran out and another run took over.
 */
export async function scorePartners(db: Database, refs: readonly PartnerRef[], now: number, log: Log) {
  const [claimed, settings] = await db.batch(claim(refs, now))
  if (claimed.length === 0) return
  const settingsOf = new Map(settings.map((each) => [each.org_id, Settings.safeParse(each)]))
  const results = claimed.map((partner) => ({
    partner,
    fit: fitOf(partner, settingsOf.get(partner.org_id), log),
  }))
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
      StoredSettings,
      sql`select org_id, ideal_partner, fit_weights from scoring_settings
        where scoring_settings.org_id in (select value ->> 0 from json_each(${wanted}))`,
    ),
  ] as const
}

const FAILED = { state: 'failed', value: null, confidence: 0, ledger: [] } as const

/** What cannot be read or scored fails alone: thrown on, it would take the whole batch along, again and again. */
function fitOf(partner: Claimed, settings: ParsedSettings | undefined, log: Log): FitResult | typeof FAILED {
  try {
    if (settings?.error) throw settings.error
    const { ideal_partner, fit_weights } = settings?.data ?? DEFAULTS
    return scoreFit(profileOf(Scorable.parse(partner)), ideal_partner, fit_weights)
  } catch (error) {
    log('score_failed', { partnerId: partner.id, class: errorClass(error) })
    return FAILED
  }
}

const profileOf = (partner: Scorable) => ({
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
const NOTHING_KNOWN = { state: 'insufficient', confidence: 0, rules: 'health-0' } as const

/**
 * Most of a result is its ledger, so the ledgers travel once, in a list of their own: what each statement reads of the
 * other list is parsed for each of them.
 */
function store(results: readonly { partner: Claimed; fit: FitResult | typeof FAILED }[], now: number) {
  const list = JSON.stringify(
    results.map(({ partner, fit: { state, value, confidence } }) => ({
      org: partner.org_id,
      id: partner.id,
      input: partner.input_version,
      due: state === 'failed' ? now + RETRY_MS : null,
      fit: value,
      state,
      confidence,
      health: state === 'failed' ? state : NOTHING_KNOWN.state,
    })),
  )
  const ledgers = JSON.stringify(results.map(({ fit }) => fit.ledger))
  // No two leases of a partner end at one time, so that its end names the run that holds it.
  const lease = now + LEASE_MS
  const held = sql`from json_each(${list}) r
    join partners p on p.org_id = r.value ->> 'org' and p.id = r.value ->> 'id'
      and p.input_version = r.value ->> 'input' and p.score_lease_until = ${lease}`
  const ours = sql`partners.org_id = r.value ->> 'org' and partners.id = r.value ->> 'id'
    and partners.input_version = r.value ->> 'input' and partners.score_lease_until = ${lease}`
  const replace = sql`on conflict (org_id, partner_id, kind) do update set state = excluded.state,
    value = excluded.value, confidence = excluded.confidence, computed_at = excluded.computed_at,
    rule_version = excluded.rule_version, ledger = excluded.ledger`
  return [
    change(
      sql`insert into scores (org_id, partner_id, kind, state, value, confidence, computed_at, rule_version, ledger)
        select p.org_id, p.id, 'fit', r.value ->> 'state', r.value ->> 'fit', r.value ->> 'confidence', ${now},
          ${FIT_RULES}, ${ledgers} -> r.key
        ${held} where true ${replace}`,
    ),
    change(
      sql`insert into scores (org_id, partner_id, kind, state, value, confidence, computed_at, rule_version, ledger)
        select p.org_id, p.id, 'health', r.value ->> 'health', null, ${NOTHING_KNOWN.confidence}, ${now},
          ${NOTHING_KNOWN.rules}, '[]'
        ${held} where true ${replace}`,
    ),
    change(
      sql`insert into score_history (org_id, partner_id, kind, at, value)
        select h.org_id, h.id, 'fit', ${now}, h.fit
        from (select p.org_id, p.id, r.value ->> 'fit' as fit ${held}) h
        where h.fit is not null and h.fit is not (
          select s.value from score_history s where s.org_id = h.org_id and s.partner_id = h.id and s.kind = 'fit'
          order by s.at desc limit 1)
        on conflict do nothing`,
    ),
    // Before the lease is given back, which the next statement does. Most scores that are computed anew say the same, and
    // the indexes of those that do stay as they are.
    change(
      sql`update partners set fit = r.value ->> 'fit', fit_state = r.value ->> 'state',
          fit_confidence = r.value ->> 'confidence', health = null, health_state = r.value ->> 'health',
          health_confidence = ${NOTHING_KNOWN.confidence}, scored_at = ${now}
        from json_each(${list}) r
        where ${ours} and (fit, fit_state, fit_confidence, health_state) is not
          (r.value ->> 'fit', r.value ->> 'state', r.value ->> 'confidence', r.value ->> 'health')`,
    ),
    change(
      sql`update partners set scored_version = input_version, score_due_at = r.value ->> 'due', score_lease_until = 0
        from json_each(${list}) r where ${ours}`,
    ),
    // Edited while it was being scored: let go of at once, so that the message of that edit, or the sweep, can take it.
    change(
      sql`update partners set score_lease_until = 0 from json_each(${list}) r
        where partners.org_id = r.value ->> 'org' and partners.id = r.value ->> 'id'
          and partners.input_version > r.value ->> 'input' and partners.score_lease_until = ${lease}`,
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
