import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Migration {
  name: string
  sql: string
}

/** What of D1 the runner needs. */
export interface Database {
  prepare(sql: string): Statement
  batch(statements: Statement[]): Promise<unknown>
}

interface Statement {
  bind(...values: unknown[]): Statement
  all<Row>(): Promise<{ results: Row[] }>
  run(): Promise<unknown>
}

/** wrangler's table, so that `wrangler d1 migrations` and this agree on what ran. */
const RECORD = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`

export const readMigrations = (folder: string): Migration[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }))

/**
 * Runs the migrations that have not run, in order of their names, each together with its record: all of it or nothing.
 * A file goes to D1 in one piece, which leaves it to SQLite to find the end of each statement, triggers included.
 */
export async function migrate(db: Database, migrations: Migration[]): Promise<string[]> {
  await db.prepare(RECORD).run()
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(({ name }) => name))
  const pending = migrations.filter(({ name }) => !applied.has(name))
  for (const { name, sql } of pending) {
    const record = db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name)
    await db.batch([db.prepare(sql), record]).catch((cause: unknown) => {
      throw new Error(`Migration ${name} failed.`, { cause })
    })
  }
  return pending.map(({ name }) => name)
}
