/**
 * The floor: a bare Worker that does, for each work, only the one D1 statement that the work cannot do without. No
 * session, no check, no schema, no log; an answer of the same size. What the app takes beyond it is ours to explain.
 */
import { scrypt } from 'node:crypto'
import type { D1Database } from '@cloudflare/workers-types'

interface Env {
  DB: D1Database
  ORG: string
  EMAIL: string
  PASSWORD: string
  PAGE: string
}

const iso = (column: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`
const ROW = `rtrim(json_object('id', p.id, 'name', p.name, 'domain', p.domain,
    'logoUrl', iif(p.logo_key is null, null, '/files/' || p.logo_key), 'type', p.type, 'subtype', p.subtype,
    'category', p.category, 'industry', p.industry, 'stage', p.stage, 'status', p.status, 'region', p.region,
    'regions', json(p.regions), 'languages', json(p.languages), 'tags', json(p.tags),
    'manager', json(iif(m.id is null, null, json_object('id', m.id, 'name', m.name))), 'version', p.version), '}')
  || ',' || ltrim(json_object('tier', p.tier, 'programTierId', p.program_tier_id, 'programTierName', t.name,
    'trackId', p.track_id, 'tierSource', p.tier_source, 'fit', p.fit, 'health', p.health, 'fitState', p.fit_state,
    'healthState', p.health_state, 'fitConfidence', p.fit_confidence, 'healthConfidence', p.health_confidence,
    'createdAt', ${iso('p.created_at')}, 'updatedAt', ${iso('p.updated_at')}), '{')`
const TABLES = `partners p left join members m on m.org_id = p.org_id and m.id = p.manager_id
  left join program_tiers t on t.org_id = p.org_id and t.id = p.program_tier_id`
const items = (condition: string) => `select group_concat(json) as json from (
  select ${ROW} as json from ${TABLES} where p.org_id = ?1 and ${condition})`

const LIST = items('true order by p.name_key, p.id limit 50')
const PAGE = items('(p.name_key, p.id) > (?2, ?3) order by p.name_key, p.id limit 50')
const ROWS = items('p.id in (select value from json_each(?2))')
const SEARCH = `select group_concat(json) as json from (
  select ${ROW} as json from partner_search s cross join ${TABLES.replace('partners p', 'partners p on p.rowid = s.rowid')}
  where s.terms match ?2 and p.org_id = ?1 order by p.name_key, p.id limit 50)`
const GROUPS = `select json_group_array(json_object('key', key, 'count', partners)) as json from partner_counts
  where org_id = ?1 and facet = 'region'`
const EDIT = `update partners set joint_value_proposition = ?3, version = version + 1, updated_at = ?4
  where org_id = ?1 and id = ?2`
const ME = `select u.id, u.name, u.email, m.id as member, m.role, o.id as org, o.name as org_name from users u
  left join members m on m.user_id = u.id left join organizations o on o.id = m.org_id where u.email = ?1`
const PASSWORD_OF = `select a.password from users u join accounts a on a.user_id = u.id where u.email = ?1`
const CREATE = `insert into partners (id, org_id, name, name_key, domain, type, stage, stage_changed_at, tier_source,
    region, regions, languages, tags, key_stakeholders, score_due_at, created_at, updated_at)
  values (?2, ?1, ?3, ?4, ?5, 'technology', 'prospect', ?6, 'auto', 'dach', '[]', '[]', '[]', '[]', ?6, ?6, ?6)`

/** An application, its one alert and its audit entry. */
const SUBMIT = [
  `insert into submissions (id, org_id, form_id, form_version, company_name, company_domain, contact_email,
      idempotency_key, body_hash, submitted_at, answers, agreements)
    select ?2, ?1, id, 1, ?3, ?4, ?5, ?3, ?3, ?6, ?7, '["terms"]' from forms where org_id = ?1 limit 1`,
  `insert into deliveries (id, org_id, purpose, channel, recipient, next_try_at, request_id, created_at, submission_id)
    values (?2, ?1, 'application', 'email', 'alerts@bench.example', ?4, '', ?4, ?3)`,
  `insert into audit_log (id, org_id, at, actor_id, action, target_id, detail, request_id)
    values (?2, ?1, ?4, '', 'submission.create', ?3, '{}', '')`,
] as const

const json = (text: string) => new Response(text, { headers: { 'Content-Type': 'application/json' } })

/** All of a work at the floor: the statement with its values, and the answer. */
const works: Record<string, (env: Env, query: URLSearchParams) => Promise<Response>> = {
  list: async ({ DB, ORG }) => json(`{"items":[${await DB.prepare(LIST).bind(ORG).first('json')}]}`),
  page: async ({ DB, ORG }, query) =>
    json(`{"items":[${await DB.prepare(PAGE).bind(ORG, query.get('name'), query.get('id')).first('json')}]}`),
  rows: async ({ DB, ORG }, query) =>
    json(
      `{"items":[${await DB.prepare(ROWS)
        .bind(ORG, JSON.stringify(query.getAll('id')))
        .first('json')}]}`,
    ),
  search: async ({ DB, ORG }, query) =>
    json(`{"items":[${await DB.prepare(SEARCH).bind(ORG, query.get('terms')).first('json')}]}`),
  groups: async ({ DB, ORG }) => json(`{"groups":${await DB.prepare(GROUPS).bind(ORG).first('json')}}`),
  edit: async ({ DB, ORG }, query) => {
    const text = `Sold by both sides, ${Date.now()}.`
    await DB.prepare(EDIT).bind(ORG, query.get('id'), text, Date.now()).run()
    return json('{}')
  },
  me: async ({ DB, EMAIL }) => json(JSON.stringify(await DB.prepare(ME).bind(EMAIL).first())),
  create: async ({ DB, ORG }, query) => {
    const [name, now] = [query.get('name'), Date.now()]
    await DB.prepare(CREATE).bind(ORG, `prt_${name}`, name, name, `${name}.example`, now).run()
    return json('{}')
  },
  submit: async ({ DB, ORG }, query) => {
    const [name, now] = [query.get('name'), Date.now()]
    const answers = JSON.stringify([{ questionId: 'company', value: name }])
    await DB.batch([
      DB.prepare(SUBMIT[0]).bind(
        ORG,
        `sub_${name}`,
        name,
        `${name}.example`,
        `ada@${name}.example`,
        now,
        answers,
      ),
      DB.prepare(SUBMIT[1]).bind(ORG, `dlv_${name}`, `sub_${name}`, now),
      DB.prepare(SUBMIT[2]).bind(ORG, `aud_${name}`, `sub_${name}`, now),
    ])
    return json('{}')
  },
  'sign-in': async ({ DB, EMAIL, PASSWORD }) => {
    const stored = await DB.prepare(PASSWORD_OF).bind(EMAIL).first<string>('password')
    return json(JSON.stringify(await matches(stored ?? '', PASSWORD)))
  },
  shell: async ({ PAGE }) => new Response(PAGE, { headers: { 'Content-Type': 'text/html; charset=UTF-8' } }),
}

/** One scrypt verification with the app's parameters. */
function matches(stored: string, password: string): Promise<boolean> {
  const [salt = '', key] = stored.split(':')
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  scrypt(password, salt, 64, { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 }, (error, found) =>
    error ? reject(error) : resolve(found.toString('hex') === key),
  )
  return promise
}

export function answer(request: Request, env: Env) {
  const { pathname, searchParams } = new URL(request.url)
  const work = works[pathname.slice(1)]
  return work ? work(env, searchParams) : new Response('No such work.', { status: 404 })
}
