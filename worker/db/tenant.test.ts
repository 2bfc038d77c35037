import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { contacts, partners } from '#worker/partners/table.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { type Organization, plantOrganization, plantPartners } from '#worker/testing/people.ts'
import { Database } from './database.ts'
import { Guarded } from './guarded.ts'
import { build, change, rows, type Statement, shared, unless } from './statement.ts'
import { Tenant } from './tenant.ts'

const worker = new TestWorker()
let ours: Organization
let theirs: Organization
let tenant: Tenant

beforeAll(async () => {
  ours = await plantOrganization(worker)
  theirs = await plantOrganization(worker)
  await plantPartners(ours, [{ name: 'Ours' }])
  await plantPartners(theirs, [{ name: 'Theirs' }])
  tenant = new Tenant(new Guarded(new Database(env.DB, 'primary'), null), ours.id)
})

const Named = z.object({ name: z.string() })

test('a statement that does not name the organisation never runs', async () => {
  const before = await dump()
  const forgotten: Statement[] = [
    rows(Named, sql`select name from partners`),
    rows(Named, sql`select name from partners where org_id = ${theirs.id}`),
    change(sql`update partners set name = 'Everybody'`),
    change(build.delete(partners)),
  ]
  for (const statement of forgotten) {
    await expect(tenant.run(statement)).rejects.toThrow('Not bound to an organisation')
    const fine = rows(Named, sql`select name from partners where org_id = ${ours.id}`)
    await expect(tenant.batch([fine, statement])).rejects.toThrow('Not bound to an organisation')
  }
  expect(changedTables(before, await dump())).toEqual([])
})

test('what is shared by all says so', async () => {
  const statement = rows(Named, sql`select name from users limit 1`)
  await expect(tenant.run(statement)).rejects.toThrow('Not bound')
  expect(await tenant.run(shared(statement))).toHaveLength(1)
})

test('updates and deletions stay within the organisation', async () => {
  expect(await tenant.run(tenant.update(partners, { tierReason: 'Ours.' }, sql`1 = 1`))).toBe(1)
  expect(await worker.count('partners', "tier_reason = 'Ours.'")).toBe(1)
  expect(await tenant.run(tenant.remove(contacts, sql`1 = 1`))).toBe(0)
  expect(await tenant.run(tenant.remove(partners, sql`name = 'Theirs'`))).toBe(0)
  expect(await worker.count('partners', "name = 'Theirs'")).toBe(1)
})

test("a row of another organisation's is not inserted", () => {
  expect(() =>
    tenant.insert(contacts, {
      id: 'con_1',
      orgId: theirs.id,
      partnerId: 'prt_1',
      firstName: 'A',
      lastName: 'B',
      email: 'a@b.example',
      isPrimary: false,
      version: 1,
      createdAt: 0,
      updatedAt: 0,
    }),
  ).toThrow('another organisation')
})

test('a check that finds nothing ends its batch with nothing done', async () => {
  const rename = change(sql`update partners set name = 'Renamed' where org_id = ${ours.id}`)
  const fails = unless(sql`select 1 from partners where org_id = ${ours.id} and name = 'Nobody'`)
  const holds = unless(sql`select 1 from partners where org_id = ${ours.id}`)
  await expect(tenant.batch([rename, fails])).rejects.toThrow()
  await expect(tenant.batch([fails, rename])).rejects.toThrow()
  expect(await worker.count('partners', "name = 'Renamed'")).toBe(0)
  await tenant.batch([holds, rename])
  expect(await worker.count('partners', "name = 'Renamed'")).toBe(1)
})

test('a builder by itself reaches no database', async () => {
  const before = await worker.count('partners')
  await expect(build.select().from(partners)).rejects.toThrow()
  await expect(build.delete(partners)).rejects.toThrow()
  expect(await worker.count('partners')).toBe(before)
})
