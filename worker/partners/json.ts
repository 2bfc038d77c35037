import { type SQL, sql } from 'drizzle-orm'

/** ISO 8601 of a column of Unix ms. */
const iso = (column: SQL) => sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`

/**
 * Objects of a few members each, joined into one: D1 allows 32 arguments in a call, so 16 members. The negative length,
 * more than any object of ours has, means all before the last character; `length()` would build the object twice.
 */
const merged = (first: SQL, ...others: SQL[]) =>
  others.reduce((all, object) => sql`substr(${all}, -1, -1000000) || ',' || substr(${object}, 2)`, first)

const person = (id: SQL, name: SQL) =>
  sql`iif(${id} is null, null, json_object('id', ${id}, 'name', ${name}))`

/** Names that a partner's JSON holds and other tables keep. */
interface Names {
  manager: SQL
  programTier: SQL
}

/** Looked up for each row: right for one partner. */
const EACH: Names = {
  manager: sql`(select m.name from members m where m.org_id = p.org_id and m.id = p.manager_id)`,
  programTier: sql`(select t.name from program_tiers t where t.org_id = p.org_id and t.id = p.program_tier_id)`,
}

/** Read once for all rows: right for a page, which would look up the same few names again and again. */
const together = (orgId: string): Names => ({
  manager: sql`(select json_group_object(m.id, m.name) from members m where m.org_id = ${orgId}) ->> p.manager_id`,
  programTier: sql`(select json_group_object(t.id, t.name) from program_tiers t where t.org_id = ${orgId})
    ->> p.program_tier_id`,
})

const company = (names: Names) => sql`json_object('id', p.id, 'name', p.name, 'domain', p.domain,
  'logoUrl', iif(p.logo_key is null, null, '/files/' || p.logo_key), 'type', p.type, 'subtype', p.subtype,
  'category', p.category, 'industry', p.industry, 'stage', p.stage, 'status', p.status, 'region', p.region,
  'regions', json(p.regions), 'languages', json(p.languages), 'tags', json(p.tags),
  'manager', json(${person(sql`p.manager_id`, names.manager)}), 'version', p.version)`
const standing = (names: Names) => sql`json_object('tier', p.tier, 'programTierId', p.program_tier_id,
  'programTierName', ${names.programTier},
  'trackId', p.track_id, 'tierSource', p.tier_source, 'fit', p.fit, 'health', p.health, 'fitState', p.fit_state,
  'healthState', p.health_state, 'fitConfidence', p.fit_confidence, 'healthConfidence', p.health_confidence,
  'createdAt', ${iso(sql`p.created_at`)}, 'updatedAt', ${iso(sql`p.updated_at`)})`

/** A `PartnerRow` of a page as JSON text; over `partners p`. */
export const rowJson = (orgId: string) => merged(company(together(orgId)), standing(together(orgId)))

const CONTACTS = sql`(select json_group_array(json_object('id', c.id, 'firstName', c.first_name, 'lastName', c.last_name,
    'email', c.email, 'title', c.title, 'phone', c.phone, 'primary', json(iif(c.is_primary, 'true', 'false')),
    'account', iif(c.claimed_at is null, 'unclaimed', 'claimed'), 'lastSeenAt', ${iso(sql`c.last_seen_at`)},
    'version', c.version) order by c.is_primary desc, c.id)
  from contacts c
  where c.org_id = p.org_id and c.partner_id = p.id)`
const LEAD = sql`(select json_object('id', c.id, 'name', c.first_name || ' ' || c.last_name) from contacts c
  where c.org_id = p.org_id and c.partner_id = p.id and c.id = p.partner_lead_id)`
const PINNED_BY = sql`(select json_object('id', u.id, 'name', u.name) from users u where u.id = p.tier_by)`

const DETAIL = sql`json_object('jointValueProposition', p.joint_value_proposition,
  'keyStakeholders', json(p.key_stakeholders), 'partnerLead', json(${LEAD}), 'rating', p.rating, 'pulse', p.pulse,
  'certifications', p.certifications, 'contacts', json(${CONTACTS}),
  'tierDetail', json_object('by', json(${PINNED_BY}), 'at', ${iso(sql`p.tier_at`)}, 'reason', p.tier_reason,
    'rules', json_array(), 'next', null),
  'planState', null, 'submissionId', p.submission_id)`

/** A `Partner` as JSON text; over `partners p`. */
export const PARTNER_JSON = merged(company(EACH), standing(EACH), DETAIL)
