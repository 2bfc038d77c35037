import { env } from 'cloudflare:workers'
import { readColumns } from './catalogue.ts'

/** Partners beyond which it is quicker to do without what a deletion triggers and indexes, row by row. */
const MANY = 1_000

/** Empties every table. */
export async function emptyTables() {
  const tables = [...new Set((await readColumns()).map(({ table }) => table))]
  const deletions = tables.map((table) =>
    table === 'partner_search'
      ? `insert into partner_search (partner_search) values ('delete-all')`
      : `delete from "${table}"`,
  )
  const partners = await env.DB.prepare('select count(*) as n from partners').first<number>('n')
  const helpers = (partners ?? 0) > MANY ? await readHelpers() : []
  const statements = [
    ...helpers.map(({ type, name }) => `drop ${type} ${name}`),
    'pragma defer_foreign_keys = on',
    ...deletions,
    ...helpers.map(({ sql }) => sql),
  ]
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)))
}

async function readHelpers() {
  const { results } = await env.DB.prepare(
    `select type, name, sql from sqlite_schema where type = 'trigger' or type = 'index' and tbl_name = 'partners' and sql is not null`,
  ).all<{ type: string; name: string; sql: string }>()
  return results
}
