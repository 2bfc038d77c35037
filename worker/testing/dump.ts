import { env } from 'cloudflare:workers'

/**
 * Every row of every table, by table: for what must be nowhere, and for what must not have changed. Without the search
 * index, which holds letters out of order and follows the partners.
 */
export async function dump(): Promise<Map<string, string>> {
  const { results: tables } = await env.DB.prepare(
    `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_cf\\_%' escape '\\'
      and name not like 'partner\\_search%' escape '\\'`,
  ).all<{ name: string }>()
  const contents = await env.DB.batch(tables.map(({ name }) => env.DB.prepare(`select * from "${name}"`)))
  return new Map(tables.map(({ name }, at) => [name, JSON.stringify(contents[at]?.results)]))
}

/** The tables whose rows differ between two dumps. */
export const changedTables = (before: Map<string, string>, after: Map<string, string>) =>
  [...after.keys()].filter((table) => before.get(table) !== after.get(table))
