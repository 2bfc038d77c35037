import { env } from 'cloudflare:workers'
import * as z from 'zod'

const Column = z.object({
  table: z.string(),
  name: z.string(),
  /** As declared: `TEXT`, `INTEGER`, `REAL`. */
  type: z.string(),
  notNull: z.number().transform(Boolean),
  /** SQLite computes it. */
  generated: z.number().transform((hidden) => hidden > 1),
})
export type Column = z.output<typeof Column>

/** Every column of every table that our migrations made, as D1 knows it. */
export async function readColumns(): Promise<Column[]> {
  const { results } = await env.DB.prepare(
    `select t.name as "table", c.name, c.type, c."notnull" as "notNull", c.hidden as generated
      from pragma_table_list t join pragma_table_xinfo(t.name) c
      where t.type in ('table', 'virtual') and t.schema = 'main' and t.name not glob 'sqlite_*'
        and t.name not glob '_cf_*' and t.name <> 'd1_migrations'
      order by t.name, c.cid`,
  ).all()
  return z.array(Column).parse(results)
}

/** By table, the column that says whose row it is: `org_id`, and the id of an organisation itself. */
export async function readOwners(): Promise<Map<string, string>> {
  const columns = await readColumns()
  const tables = columns.filter(({ name }) => name === 'org_id').map(({ table }) => table)
  return new Map([...tables.map((table) => [table, 'org_id'] as const), ['organizations', 'id']])
}

const Key = z.object({
  id: z.number(),
  table: z.string(),
  from: z.string(),
  to: z.string(),
  on_delete: z.string(),
})

/** Every column of every foreign key; the columns of one key share its name. */
export async function readKeys() {
  const tables = [...new Set((await readColumns()).map(({ table }) => table))]
  const found = await env.DB.batch(
    tables.map((table) => env.DB.prepare(`pragma foreign_key_list("${table}")`)),
  )
  return tables.flatMap((child, at) =>
    z
      .array(Key)
      .parse(found[at]?.results)
      .map(({ id, table: parent, from, to, on_delete }) => ({
        name: `${child} ${id}`,
        child,
        parent,
        from,
        to,
        deletion: on_delete,
      })),
  )
}
