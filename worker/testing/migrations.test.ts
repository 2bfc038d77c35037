import { env } from 'cloudflare:workers'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, expect, test } from 'vitest'
import { auditLog } from '#worker/db/audit.ts'
import { type Column, readColumns, readKeys, readOwners } from './catalogue.ts'

const modules = import.meta.glob<Record<string, unknown>>('/worker/*/table.ts', { eager: true })
const exported = Object.values(modules).flatMap((each) => Object.values(each))
const tables = [...exported.filter((each) => is(each, SQLiteTable)), auditLog].map(getTableConfig)

/** Tables that hold nothing of one organisation alone, each with the reason. */
const OF_NOBODY: Record<string, string> = {
  users: 'One address is one person, whoever they work with.',
  accounts: 'Credentials of a user.',
  sessions: 'Sign-ins of a user; the token names the organisation.',
  limits: 'Keyed hashes of addresses, from before anybody is signed in.',
  submit_tries: 'Keyed hashes of addresses of applicants, who never sign in.',
  dead_letters: 'Ids of messages that the queue gave up on.',
  stray_files: 'Keys of objects that are to be deleted, which outlive whoever they belonged to.',
  organizations: 'The organisations themselves.',
  partner_search:
    'Terms under a mark of the organisation, read only beside their partners, and words that begin with its id.',
}

let columns: Column[]
beforeAll(async () => {
  columns = await readColumns()
})

test('the tables in code are read', () => {
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['users', 'partners', 'audit_log']))
})

test.each(tables.map((table) => [table.name, table] as const))(
  '%s in code is what the migrations made',
  (name, table) => {
    const made = columns.filter((each) => each.table === name && !each.generated)
    const written = table.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      notNull: column.notNull,
    }))
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
    expect(written.toSorted(byName)).toEqual(
      made.map(({ name, type, notNull }) => ({ name, type, notNull })).toSorted(byName),
    )
  },
)

test('a list of values in code is the list that the database checks', async () => {
  const { results } = await env.DB.prepare(`select name, sql from sqlite_schema where type = 'table'`).all<{
    name: string
    sql: string
  }>()
  const made = new Map(results.map(({ name, sql }) => [name, sql]))
  const checked = tables.flatMap(({ name, columns }) =>
    columns.flatMap((column) => {
      const check = new RegExp(`\\bcheck \\(${column.name} in \\(([^)]*)\\)\\)`).exec(
        made.get(name) ?? '',
      )?.[1]
      return check && column.enumValues
        ? [{ of: `${name}.${column.name}`, check, values: column.enumValues }]
        : []
    }),
  )
  expect(checked.length).toBeGreaterThan(8)
  for (const { of, check, values } of checked)
    expect([of, values.map((value: string) => `'${value}'`).join(', ')]).toEqual([of, check])
})

test('every table belongs to organisations, or says why not', async () => {
  const owners = await readOwners()
  const all = new Set(columns.map(({ table }) => table))
  const unowned = [...all].filter((table) => owners.get(table) !== 'org_id')
  expect(unowned.toSorted()).toEqual(Object.keys(OF_NOBODY).toSorted())
})

test('every table in code that has an organisation is judged by it', async () => {
  const owners = await readOwners()
  const owned = tables.filter((table) => table.columns.some(({ name }) => name === 'org_id'))
  expect(owned.length).toBeGreaterThan(5)
  expect(owned.filter(({ name }) => owners.get(name) !== 'org_id')).toEqual([])
})

test('no key points from one organisation into another', async () => {
  const owners = await readOwners()
  const between = (await readKeys()).filter(
    ({ child, parent }) => owners.has(child) && owners.get(parent) === 'org_id',
  )
  const keys = Map.groupBy(between, ({ name }) => name)
  expect(keys.size).toBeGreaterThan(5)
  const crossing = [...keys].filter(
    ([, parts]) => !parts.some(({ from, to }) => from === 'org_id' && to === 'org_id'),
  )
  expect(crossing).toEqual([])
})

test('what belongs to an organisation goes with it', async () => {
  const keys = await readKeys()
  const going = new Set(['organizations'])
  for (let before = 0; before !== going.size; ) {
    before = going.size
    for (const { child, parent, deletion } of keys)
      if (going.has(parent) && deletion === 'CASCADE') going.add(child)
  }
  const owners = await readOwners()
  expect([...owners.keys()].filter((table) => !going.has(table))).toEqual([])
})
