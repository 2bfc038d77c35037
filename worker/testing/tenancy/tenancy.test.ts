import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { sweep } from '#worker/cron.ts'
import { newId } from '#worker/db/ids.ts'
import { readOwners } from '#worker/testing/catalogue.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, addMember, foundOrganization, type Organization } from '#worker/testing/people.ts'
import { recording } from '#worker/testing/recording.ts'
import { plantForm, plantSubmissions } from '#worker/testing/submissions.ts'
import { looseStatements } from './loose.ts'
import { type Owners, unboundTables } from './unbound.ts'

let owners: Owners
beforeAll(async () => {
  owners = await readOwners()
})

test.each([
  ['a table', 'select * from partners'],
  ['an id alone', 'select name from partners where id = ?'],
  ['an alias', 'select p.name from partners p where p.id = ? and p.name = ?'],
  ['a quoted name', 'select "name" from "partners" where "partners"."id" = ?'],
  ['an update', 'update partners set name = ? where id = ?'],
  ['an update of everything', "update partners set org_id = ?, name = ''"],
  ['a deletion', 'delete from contacts where email = ?'],
  ['an insertion', 'insert into contacts (id, email) values (?, ?)'],
  ['an insertion of everything', 'insert into contacts select * from contacts where org_id = ?'],
  ['an insertion from elsewhere', 'insert into scores (org_id, kind) select p.org_id, ? from partners p'],
  ['a join', 'select 1 from partners p join members m on m.id = p.manager_id where p.org_id = ?'],
  ['a comma', 'select 1 from partners p, members m where p.org_id = ? and m.id = p.manager_id'],
  ['a subquery', 'select 1 from members m where m.org_id = ? and m.id in (select manager_id from partners)'],
  [
    'a column',
    'select (select name from partners where partners.id = m.id) from members m where m.org_id = ?',
  ],
  ['an alternative', 'select 1 from partners where partners.org_id = ? or partners.id = ?'],
  ['an inner alternative', 'select 1 from partners p where (p.org_id = ? or p.stage = ?) and p.id = ?'],
  ['a denial', 'select 1 from partners p where p.org_id <> ? and not (p.org_id = ?)'],
  ['itself', 'select 1 from partners p where p.org_id = p.org_id'],
  ['each other', 'select 1 from partners p join members m on m.org_id = p.org_id where p.id = ?'],
  ['a constant', "select 1 from partners p where p.org_id = 'org_1'"],
  ['the wrong column', 'select 1 from partners p where p.id = ? and p.name_key = ?'],
  [
    'a condition of a left join',
    'select 1 from partners p left join members m on m.org_id = ? and p.org_id = ?',
  ],
  ['a union', 'select id from partners p where p.org_id = ? union all select id from contacts'],
  ['a common table', 'with all_of_them as (select * from partners) select * from all_of_them'],
  ['an organisation', 'select name from organizations where name = ?'],
  [
    'an upsert',
    'insert into contacts (id) values (?) on conflict do update set name = 1 where contacts.org_id = ?',
  ],
  ['a comment', 'select 1 from partners p where p.id = ? -- and p.org_id = ?'],
  ['a text', "select 1 from partners p where p.id = 'p.org_id = ?'"],
  ['a negated list', 'select 1 from partners p where p.org_id not in (?, ?)'],
])('%s without its organisation is caught', (_, sql) => {
  expect(looseStatements([sql], owners)).toHaveLength(1)
})

test.each([
  ['a qualified name', 'select 1 from partners where partners.org_id = ? and partners.id = ?'],
  ['a bare name', 'update members set role = ? where org_id = ? and id = ?'],
  ['a name in quotes', 'delete from "partners" where ("partners"."org_id" = ? and "partners"."id" = ?)'],
  ['a turned comparison', 'select 1 from partners p where ? = p.org_id'],
  ['rows of nobody', "select 1 from deliveries where org_id is null and state <> 'pending'"],
  ['a join', 'select 1 from partners p left join members m on m.org_id = p.org_id where p.org_id = ?'],
  ['an inner join', 'select 1 from partners p join members m on m.org_id = p.org_id where m.org_id = ?'],
  ['an insertion', 'insert into contacts ("id", "org_id") values (?, ?) on conflict do nothing'],
  ['a list', 'select 1 from scores where scores.org_id in (select value from json_each(?))'],
  [
    'a table of parameters',
    "update partners set fit = 1 from json_each(?) r where partners.org_id = r.value ->> 'org'",
  ],
  ['a row of values', 'select 1 from partners p where (p.org_id, p.id) = (?, ?)'],
  [
    'a correlated subquery',
    'select (select 1 from contacts c where c.org_id = p.org_id) from partners p where p.org_id = ?',
  ],
  [
    'an organisation',
    'select o.name from organizations o join members m on m.org_id = o.id where m.org_id = ?',
  ],
  ['a common table', 'with mine as (select * from partners where org_id = ?) select * from mine'],
  ['a table of nobody', 'select * from users where email = ?'],
  ['a column of that name', 'select partners from partner_counts where partner_counts.org_id = ?'],
])('%s with its organisation passes', (_, sql) => {
  expect(looseStatements([sql], owners)).toEqual([])
})

test('a statement with a reason may be narrowed, and nothing else', () => {
  const forgetting = 'delete from mail_links where expires_at < ?'
  expect(looseStatements([forgetting, `${forgetting} and used_at is null`], owners)).toEqual([])
  for (const end of [' or true', ' and used_at is null or true', ' returning email', ' union select 1'])
    expect(looseStatements([`${forgetting}${end}`], owners).length, end).toBe(1)
})

test('what cannot be read is refused, not passed over', () => {
  expect(() => unboundTables('select 1 from (partners p join members m)', owners)).toThrow()
  expect(() => unboundTables('select 1 from partners where (org_id = ?', owners)).toThrow()
  expect(() => unboundTables('select \u0000', owners)).toThrow()
})

test('triggers stay within the organisation of their row', async () => {
  const { results } = await env.DB.prepare(`select name, sql from sqlite_schema where type = 'trigger'`).all<{
    name: string
    sql: string
  }>()
  expect(results.length).toBeGreaterThan(0)
  const loose = results.flatMap(({ name, sql }) => {
    const body = /\bbegin\b([\s\S]*)\bend\s*$/i.exec(sql)?.[1] ?? ''
    const statements = body.split(';').filter((statement) => statement.trim() !== '')
    return statements.flatMap((statement) => unboundTables(statement, owners, ['new', 'old']).map(() => name))
  })
  expect(loose).toEqual([])
})

/** Lists, exports, reads, frees, approves and deletes a submission, and makes a partner from it. */
async function reviewOne(worker: TestWorker, organization: Organization) {
  const { cookie } = organization.owner
  const form = await plantForm(organization)
  const [id = ''] = await plantSubmissions(organization, form, [{ suspected: true }])
  for (const query of [
    '',
    '/counts',
    '/export.csv',
    `/${id}`,
    `?form=${form}`,
    '?search=a',
    `?form=${newId('frm')}&form=${form}`,
  ])
    await (await worker.request('GET', `/api/submissions${query}`, { cookie })).text()
  const at = `/api/submissions/${id}`
  const body = { suspected: false, state: 'approved', note: 'Good.', version: 0 }
  for (let tries = 0; tries < 2; tries++) await worker.request('PATCH', at, { body, cookie })
  await worker.request('POST', '/api/partners', { body: acme({ submissionId: id }), cookie })
  expect((await worker.request('DELETE', at, { cookie })).status).toBe(204)
}

test('everyday work and the sweep stay within organisations', async () => {
  const worker = new TestWorker()
  const organization = await foundOrganization(worker)
  await addMember(worker, organization, 'manager')
  const { cookie } = organization.owner
  await worker.request('POST', '/api/partners', { body: acme(), cookie })
  await reviewOne(worker, organization)
  await worker.drain()
  await sweep(worker.env, Date.now)
  expect(recording.statements.length).toBeGreaterThan(50)
  expect(looseStatements(recording.statements, owners)).toEqual([])
  expect(
    looseStatements([...recording.statements, 'delete from partners where id = ?'], owners),
  ).toHaveLength(1)
})
