import { type SQL, sql } from 'drizzle-orm'

// Plain text, put together once: to walk a few dozen fragments on each request takes longer than to route it.

/** ISO 8601 of a column of Unix ms. */
const iso = (column: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`

/**
 * Objects of a few members each, joined into one: D1 allows 32 arguments in a call, so 16 members. Takes off the one
 * brace that they meet at, since no member at the end of an object is an object itself.
 */
const merged = (first: string, ...others: string[]) =>
  others.reduce((all, object) => `rtrim(${all}, '}') || ',' || ltrim(${object}, '{')`, first)

const person = (id: string, name: string) =>
  `iif(${id} is null, null, json_object('id', ${id}, 'name', ${name}))`

/** Names that a partner's JSON holds and other tables keep. */
interface Names {
  manager: string
  programTier: string
}

/** Looked up for each row: right for one partner. */
const EACH: Names = {
  manager: '(select m.name from members m where m.org_id = p.org_id and m.id = p.manager_id)',
  programTier: '(select t.name from program_tiers t where t.org_id = p.org_id and t.id = p.program_tier_id)',
}

/** Stands in a text for the id of the organisation. */
const ORG = '{org}'

/** Read once for all rows: right for a page, which would look up the same few names again and again. */
const TOGETHER: Names = {
  manager: `(select json_group_object(m.id, m.name) from members m where m.org_id = ${ORG}) ->> p.manager_id`,
  programTier: `(select json_group_object(t.id, t.name) from program_tiers t where t.org_id = ${ORG})
    ->> p.program_tier_id`,
}

const company = (names: Names) => `json_object('id', p.id, 'name', p.name, 'domain', p.domain,
  'logoUrl', iif(p.logo_key is null, null, '/files/' || p.logo_key), 'type', p.type, 'subtype', p.subtype,
  'category', p.category, 'industry', p.industry, 'stage', p.stage, 'status', p.status, 'region', p.region,
  'regions', json(p.regions), 'languages', json(p.languages), 'tags', json(p.tags),
  'manager', json(${person('p.manager_id', names.manager)}), 'version', p.version)`
const standing = (names: Names) => `json_object('tier', p.tier, 'programTierId', p.program_tier_id,
  'programTierName', ${names.programTier},
  'trackId', p.track_id, 'tierSource', p.tier_source, 'fit', p.fit, 'health', p.health, 'fitState', p.fit_state,
  'healthState', p.health_state, 'fitConfidence', p.fit_confidence, 'healthConfidence', p.health_confidence,
  'fitChange', p.fit - p.fit_before, 'healthChange', p.health - p.health_before,
  'createdAt', ${iso('p.created_at')}, 'updatedAt', ${iso('p.updated_at')})`

const ROW_JSON = merged(company(TOGETHER), standing(TOGETHER))
  .split(ORG)
  .map((text) => sql.raw(text))

/** A `PartnerRow` of a page as JSON text; over `partners p`. */
export const rowJson = (orgId: string): SQL => sql.join(ROW_JSON, sql`${orgId}`)

const CONTACTS = `(select json_group_array(json_object('id', c.id, 'firstName', c.first_name, 'lastName', c.last_name,
    'email', c.email, 'title', c.title, 'phone', c.phone, 'primary', json(iif(c.is_primary, 'true', 'false')),
    'account', iif(c.claimed_at is null, 'unclaimed', 'claimed'), 'lastSeenAt', ${iso('c.last_seen_at')},
    'version', c.version) order by c.is_primary desc, c.id)
  from contacts c
  where c.org_id = p.org_id and c.partner_id = p.id)`
const LEAD = `(select json_object('id', c.id, 'name', c.first_name || ' ' || c.last_name) from contacts c
  where c.org_id = p.org_id and c.partner_id = p.id and c.id = p.partner_lead_id)`
const PINNED_BY = `(select json_object('id', u.id, 'name', u.name) from users u where u.id = p.tier_by)`

/** What the evaluator kept of the partner; nothing before its first run. */
const STANDING = `coalesce((select t.standing from tier_standings t where t.org_id = p.org_id and t.partner_id = p.id),
  json_object('rules', json_array(), 'next', null, 'falls', null))`

const DETAIL = `json_object('jointValueProposition', p.joint_value_proposition, 'description', p.description,
  'keyStakeholders', json(p.key_stakeholders), 'partnerLead', json(${LEAD}), 'rating', p.rating, 'pulse', p.pulse,
  'pulseAt', ${iso('p.pulse_at')}, 'certifications', p.certifications, 'contacts', json(${CONTACTS}),
  'tierDetail', json(rtrim(json_object('by', json(${PINNED_BY}), 'at', ${iso('p.tier_at')},
    'reason', p.tier_reason), '}') || ',' || ltrim(${STANDING}, '{')),
  'planState', null, 'submissionId', p.submission_id)`

/** A `Partner` as JSON text; over `partners p`. */
export const PARTNER_JSON = sql.raw(merged(company(EACH), standing(EACH), DETAIL))
