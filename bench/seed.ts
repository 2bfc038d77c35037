import type { Local } from '#local/server.ts'
import { newId } from '#worker/db/ids.ts'
import { nameKey } from '#worker/partners/name-key.ts'
import { searchTerms } from '#worker/partners/search.ts'
import { CATEGORIES, INDUSTRIES, PARTNER_TYPES, REGIONS, STAGES } from '#worker/partners/terms.ts'
import { CITIES, companyName, hostOf, oneOf, personName } from './names.ts'

export type D1 = Awaited<ReturnType<Local['d1']>>

/** Partners whose search terms go into one statement. */
const INDEXED_AT_ONCE = 2_000

/** Companies of which each city holds a house; a directory grows by whole cities. */
const COMPANIES = 2_500
/** Cities whose houses belong to the other organisations: 10,000 partners together. */
const ELSEWHERE = [40, 44] as const
const OTHERS = 49
const TAGS = ['strategic', 'co-sell', 'renewal-2026', 'marketplace', 'event', 'pilot']
const LANGUAGES = ['de', 'en', 'fr', 'it', 'es', 'pt-BR', 'ja', 'sv']

/** Colleagues for an organisation, an ideal partner, and 49 other organisations with 10,000 partners. */
export async function seedAround(db: D1, orgId: string) {
  const now = Date.now()
  const others = Array.from({ length: OTHERS }, () => newId('org'))
  const organizations = others.map((id, at) => ({ id, name: companyName(at * 31), created_at: now }))
  await insert(db, 'organizations', organizations)
  await insert(
    db,
    'members',
    Array.from({ length: 8 }, (_, at) => member(orgId, at, now)),
  )
  await describeIdealPartner(db, orgId)
  await enter(db, { orgIds: others, cities: ELSEWHERE, managers: [] })
}

/** Lets the directory of an organisation grow from so many partners to so many. */
export async function seedPartners(db: D1, orgId: string, from: number, to: number) {
  const { results } = await db
    .prepare('select id from members where org_id = ?')
    .bind(orgId)
    .all<{ id: string }>()
  const managers = results.map(({ id }) => id)
  await withoutIndexes(db, async () => {
    // The runtime hangs up on a statement that takes half a minute.
    for (let city = from / COMPANIES; city < to / COMPANIES; city += 4)
      await enter(db, { orgIds: [orgId], cities: [city, Math.min(city + 4, to / COMPANIES)], managers })
  })
}

/** Indexes that are made at the end, of all rows at once, take a third of the time. */
async function withoutIndexes(db: D1, work: () => Promise<void>) {
  const { results } = await db
    .prepare(
      `select name, sql from sqlite_schema where type = 'index' and tbl_name = 'partners' and sql is not null`,
    )
    .all<{ name: string; sql: string }>()
  await db.batch(results.map(({ name }) => db.prepare(`drop index ${name}`)))
  await work()
  for (const { sql } of results) await db.prepare(sql).run()
}

interface Entry {
  /** Take turns. */
  orgIds: readonly string[]
  /** Of `CITIES`, from and up to. */
  cities: readonly [number, number]
  managers: readonly string[]
}

/**
 * Partners with their primary contacts and these contacts' accounts, through the real triggers: every company in every
 * city. Multiplied by SQLite, which takes a hundred thousand of them in seconds.
 */
async function enter(db: D1, entry: Entry) {
  const {
    orgIds,
    cities: [from, to],
    managers,
  } = entry
  const now = Date.now()
  const companies = Array.from({ length: COMPANIES }, (_, at) => company(at, managers, now))
  const cities = CITIES.map((name) => ({ name, key: nameKey(name), host: hostOf(name) })).slice(from, to)
  const source = `with company as materialized (select key as at, ${members(companies[0])} from json_each(?1)),
    city as materialized (select key + ${from} as at, ${members(cities[0])} from json_each(?2)),
    org as materialized (select key as at, value as id from json_each(?3)),
    house as materialized (select company.*, company.name || ' ' || city.name as house_name,
      company.name_key || ' ' || city.key as house_key, company.host || '-' || city.host || '.example' as domain,
      printf('_01%024d', city.at * ${COMPANIES} + company.at) as id, org.id as org_id
      from city, company, org where org.at = (city.at + company.at) % ${orgIds.length})`
  const run = (sql: string) =>
    db.prepare(sql).bind(JSON.stringify(companies), JSON.stringify(cities), JSON.stringify(orgIds)).run()
  await run(`insert into users (id, name, email, email_verified, created_at, updated_at) ${source}
    select 'usr' || id, first || ' ' || last, mailbox || '@' || domain, 0, created_at, updated_at from house`)
  const profile = Object.keys(profileOf(0, [], now)).join()
  await run(`insert into partners (id, org_id, name, name_key, domain, ${profile}) ${source}
    select 'prt' || id, org_id, house_name, house_key, domain, ${profile} from house`)
  await run(`insert into contacts (id, org_id, partner_id, user_id, first_name, last_name, email, title, is_primary,
    created_at, updated_at) ${source}
    select 'con' || id, org_id, 'prt' || id, 'usr' || id, first, last, mailbox || '@' || domain, 'Head of Alliances', 1,
    created_at, updated_at from house`)
  await index(db, entry)
}

/** What a search looks through is made in JavaScript; read back, so that it cannot differ from what was entered. */
async function index(db: D1, { orgIds, cities: [from, to] }: Entry) {
  const entered = db.prepare(`select p.rowid as at, p.org_id as org, p.name, p.domain from partners p
    where p.org_id in (select value from json_each(?1)) and p.id >= ?2 and p.id < ?3 order by p.rowid`)
  for (let city = from; city < to; city++) {
    const { results } = await entered
      .bind(JSON.stringify(orgIds), partnerId(city * COMPANIES), partnerId((city + 1) * COMPANIES))
      .all<{ at: number; org: string; name: string; domain: string }>()
    const terms = results.map(({ at, org, name, domain }) => [at, searchTerms(org, name, domain)])
    for (let done = 0; done < terms.length; done += INDEXED_AT_ONCE)
      await db
        .prepare(
          'insert into partner_search (rowid, terms) select value ->> 0, value ->> 1 from json_each(?)',
        )
        .bind(JSON.stringify(terms.slice(done, done + INDEXED_AT_ONCE)))
        .run()
  }
}

const partnerId = (at: number) => `prt_01${String(at).padStart(24, '0')}`

function company(at: number, managers: readonly string[], now: number) {
  const name = companyName(at)
  const { first, last } = personName(at)
  const own = { name, name_key: nameKey(name), host: `${hostOf(name)}-${at}` }
  return { ...own, first, last, mailbox: `${hostOf(first)}.${hostOf(last)}`, ...profileOf(at, managers, now) }
}

/** The columns of a partner that has been scored. */
function profileOf(at: number, managers: readonly string[], now: number) {
  const created = now - (at % 700) * 86_400_000
  return {
    type: oneOf(PARTNER_TYPES, at),
    subtype: oneOf(['ISV', 'System integrator', 'Agency'], at, 3),
    category: oneOf(CATEGORIES, at, 4),
    industry: oneOf(INDUSTRIES, at, 5),
    stage: oneOf(STAGES, at),
    stage_changed_at: created,
    region: oneOf(REGIONS, at),
    regions: JSON.stringify([oneOf(REGIONS, at + 1), oneOf(REGIONS, at + 2)]),
    languages: JSON.stringify([oneOf(LANGUAGES, at), 'en']),
    tags: JSON.stringify([oneOf(TAGS, at), oneOf(TAGS, at + 3)]),
    joint_value_proposition: at % 3 === 0 ? 'One platform from lead to renewal, sold by both sides.' : null,
    key_stakeholders: '[]',
    rating: oneOf([1, 2, 3, 4, 5], at, 3),
    manager_id: oneOf(managers, at, 6),
    tier_source: 'auto',
    scored_version: 1,
    fit: 20 + (at % 80),
    fit_state: 'ready',
    fit_confidence: 0.75,
    health_state: 'insufficient',
    health_confidence: 0,
    created_at: created,
    updated_at: created,
  }
}

/** Without it, fit has too little to go by to be a number. */
const describeIdealPartner = (db: D1, orgId: string) =>
  db
    .prepare('update scoring_settings set ideal_partner = json_patch(ideal_partner, ?) where org_id = ?')
    .bind(
      JSON.stringify({
        industries: INDUSTRIES.slice(0, 3),
        regions: ['dach', 'global'],
        types: ['technology'],
        languages: ['de', 'en'],
      }),
      orgId,
    )
    .run()

function member(orgId: string, at: number, now: number) {
  const { first, last } = personName(at * 7)
  const email = `member-${at}@vendor.example`
  return {
    id: newId('mbr'),
    org_id: orgId,
    email,
    name: `${first} ${last}`,
    role: 'manager',
    created_at: now,
  }
}

/** All rows in one statement; each has the columns of the first. */
const insert = (db: D1, table: string, rows: readonly Record<string, unknown>[]) =>
  db
    .prepare(
      `insert into ${table} (${Object.keys(rows[0] ?? {}).join()}) select ${Object.keys(rows[0] ?? {}).map((name) => `value ->> '${name}'`)} from json_each(?)`,
    )
    .bind(JSON.stringify(rows))
    .run()

/** Columns out of the objects that `json_each` reads. */
const members = (row: Record<string, unknown> = {}) =>
  Object.keys(row)
    .map((name) => `value ->> '${name}' as ${name}`)
    .join()
