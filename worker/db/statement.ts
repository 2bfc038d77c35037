import { getTableColumns, getTableName, is, SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { type SQLiteInsertValue, SQLiteSyncDialect, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as z from 'zod'

/** SQL with its values, and how its rows are read. Nothing runs before a batch takes it. */
export interface Statement<Result = unknown> {
  readonly sql: string
  readonly params: readonly unknown[]
  readonly read: (rows: unknown[], changes: number) => Result
  /** Touches users and what belongs to them, no table of an organisation; `Tenant` lets it pass without an id. */
  readonly shared?: true
}
/** What a batch answers: the results in the order of the statements. */
export type Results<Statements extends readonly Statement[]> = {
  -readonly [At in keyof Statements]: Statements[At] extends Statement<infer Result> ? Result : never
}

const dialect = new SQLiteSyncDialect()

const unconnected = () => {
  throw new Error('Statements run in a batch of Database or Tenant, never by themselves.')
}
/** Builds inserts, updates and deletes from the tables; has no connection, so awaiting one fails. */
export const build = drizzle({
  prepare: unconnected,
  batch: unconnected,
  exec: unconnected,
  dump: unconnected,
  withSession: unconnected,
})

/** Reads rows, each checked against `row`: a column that is not what we think fails here, not far away. */
export const rows = <Row extends z.ZodType>(row: Row, query: SQL): Statement<z.output<Row>[]> => ({
  ...dialect.sqlToQuery(query),
  read: (found) => found.map((each) => row.parse(each)),
})

/** Reads the first row, or null. */
export const row = <Row extends z.ZodType>(shape: Row, query: SQL): Statement<z.output<Row> | null> => ({
  ...dialect.sqlToQuery(query),
  read: ([first]) => (first === undefined ? null : shape.parse(first)),
})

const Json = z.object({ json: z.string().nullable() })
/** Reads the JSON text that SQLite built in the column `json` of the first row; null without a row. */
export const jsonText = (query: SQL): Statement<string | null> => ({
  ...dialect.sqlToQuery(query),
  read: ([first]) => (first === undefined ? null : Json.parse(first).json),
})

/** Any number of values as one parameter, for `in`: D1 binds a hundred at most. */
export const among = (values: readonly (string | number)[]): SQL =>
  sql`(select value from json_each(${JSON.stringify(values)}))`

/** Writes; answers the number of rows changed. */
export const change = (query: SQL | { toSQL(): { sql: string; params: unknown[] } }): Statement<number> => ({
  ...('toSQL' in query ? query.toSQL() : dialect.sqlToQuery(query)),
  read: (_, changes) => changes,
})

/**
 * Inserts one row. Not built by drizzle, which takes longer to build an insert than SQLite takes to run it; the text is
 * the same for all rows of a table, so that SQLite need not compile it anew.
 */
export function insertion<T extends SQLiteTable>(table: T, row: SQLiteInsertValue<T>): Statement<number> {
  const values = new Map<string, unknown>(Object.entries(row))
  const columns = Object.entries(getTableColumns(table))
  const params: unknown[] = []
  const places = columns.map(([key, column]) => {
    const value = values.get(key) ?? null
    if (is(value, SQL)) {
      const query = dialect.sqlToQuery(value)
      params.push(...query.params)
      return query.sql
    }
    params.push(value === null ? null : column.mapToDriverValue(value))
    return '?'
  })
  const names = columns.map(([, { name }]) => name)
  return {
    sql: `insert into ${getTableName(table)} (${names.join(', ')}) values (${places.join(', ')})`,
    params,
    read: (_, changes) => changes,
  }
}

/**
 * Ends the whole batch, with nothing done, unless `query` finds a row. Stands before the writes that depend on it: a
 * check in an earlier round trip would leave a gap in which the answer can change.
 */
export const unless = (query: SQL): Statement<void> => ({
  ...dialect.sqlToQuery(sql`select coalesce((${query} limit 1), json('refused')) as granted`),
  read: () => undefined,
})

/** Marks a statement that touches no table of an organisation. */
export const shared = <Result>(statement: Statement<Result>): Statement<Result> => ({
  ...statement,
  shared: true,
})
