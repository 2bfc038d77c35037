import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { type Column, readColumns, readOwners } from '#worker/testing/catalogue.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { newWorld, type World } from './world.ts'

/** Columns of text that no person writes: values of fixed lists, and sums of what is secret. */
const NOT_WRITTEN = new Set([
  ...[
    'role',
    'state',
    'channel',
    'purpose',
    'kind',
    'level',
    'fit_weights',
    'health_weights',
    'token_hash',
    'assignment_hash',
  ],
  ...['type', 'types', 'stage', 'category', 'industry', 'region', 'regions', 'languages'],
  ...['tier', 'tier_source', 'fit_state', 'health_state', 'facet', 'key', 'logo_key'],
  ...['from_tier', 'to_tier', 'source', 'field', 'value_hash', 'points', 'color'],
  ...['design', 'rhythm', 'agreements', 'from_state', 'to_state'],
])
const isId = (name: string) => name === 'id' || name.endsWith('_id') || name === 'tier_by'

let world: World
let texts: Column[]
let owners: Map<string, string>

beforeAll(async () => {
  world = await newWorld()
  owners = await readOwners()
  texts = (await readColumns()).filter(
    ({ table, name, type, generated }) =>
      owners.has(table) && type === 'TEXT' && !generated && !isId(name) && !NOT_WRITTEN.has(name),
  )
})

test('each organisation has a row in every table, and its mark in every text that people write', async () => {
  expect(texts.length).toBeGreaterThan(30)
  for (const { orgId, mark } of [world.a, world.b]) {
    const marked = await env.DB.batch<{ found: number }>(
      texts.map(({ table, name }) =>
        env.DB.prepare(
          `select count(*) as found from "${table}" where ${owners.get(table)} = ? and lower("${name}") like ?`,
        ).bind(orgId, `%${mark.toLowerCase()}%`),
      ),
    )
    const unmarked = texts.filter((_, at) => !marked[at]?.results[0]?.found)
    expect(unmarked.map(({ table, name }) => `${table}.${name}`)).toEqual([])
    const counts = await env.DB.batch<{ found: number }>(
      [...owners].map(([table, owner]) =>
        env.DB.prepare(`select count(*) as found from "${table}" where ${owner} = ?`).bind(orgId),
      ),
    )
    expect([...owners.keys()].filter((_, at) => !counts[at]?.results[0]?.found)).toEqual([])
  }
})

test('the world comes back as it was, whatever happened to it', async () => {
  const before = await dump()
  await env.DB.batch([
    env.DB.prepare('delete from organizations'),
    env.DB.prepare("update users set name = 'Somebody else'"),
  ])
  expect(changedTables(before, await dump()).length).toBeGreaterThan(10)
  await world.reset()
  expect(changedTables(before, await dump())).toEqual([])
})
