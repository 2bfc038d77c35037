/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
const WRITES = /^\s*(?:insert|update|delete)\b/i

export interface Query {
  readonly sql: string
  readonly params: readonly unknown[]
}

/** What one statement found and changed. */
export interface Found {
  readonly rows: readonly Record<string, unknown>[]
  readonly changes: number
}

/**
 * SQLite as D1 keeps it, with the schema of the migrations. A history lives in one transaction that is never committed:
 * the next one begins with an empty database, and with its statements compiled.
 */
export class Storage {
  readonly #db = new DatabaseSync(':memory:')
  readonly #compiled = new Map<string, StatementSync>()
  readonly #rewrite: (sql: string) => string

  /** `rewrite` takes a protection out of what the product asks. */
  constructor(rewrite: (sql: string) => string = (sql) => sql) {
    this.#rewrite = rewrite
    for (const name of readdirSync(MIGRATIONS).sort()) this.exec(readFileSync(join(MIGRATIONS, name), 'utf8'))
  }

  exec(sql: string) {
    this.#db.exec(sql)
  }

  begin() {
    this.exec('begin')
  }

  forget() {
    this.exec('rollback')
  }

  /** All or nothing; fails before the statement `broken`, when there is one. */
  batch(queries: readonly Query[], broken: number | null = null): Found[] {
    this.read('savepoint batch')
    try {
      const found = queries.map((query, at) => {
        if (at === broken) throw new Error('D1_ERROR: Network connection lost.')
        return this.run(query)
      })
      this.read('release batch')
      return found
    } catch (error) {
      this.read('rollback to batch')
      this.read('release batch')
      throw error
    }
  }

  run({ sql, params }: Query): Found {
    try {
      const rows = this.#compile(sql).all(...params.map(bound))
      return { rows, changes: WRITES.test(sql) ? Number(this.#changes()) : 0 }
    } catch (error) {
      throw new Error(`D1_ERROR: ${error instanceof Error ? error.message : ''}: SQLITE_ERROR`, {
        cause: error,
      })
    }
  }

  /** Of what the history asks itself: nothing is rewritten. */
  read(sql: string, ...params: readonly unknown[]): Found['rows'] {
    return this.#compile(sql, sql).all(...params.map(bound))
  }

  insert(table: string, row: Readonly<Record<string, unknown>>) {
    const names = Object.keys(row)
    this.read(
      `insert into "${table}" (${names.join()}) values (${names.map(() => '?').join()})`,
      ...Object.values(row),
    )
  }

  #changes() {
    return this.#compile('select changes() as n').get()?.n
  }

  #compile(sql: string, as = this.#rewrite(sql)): StatementSync {
    const known = this.#compiled.get(as)
    if (known) return known
    const statement = this.#db.prepare(as)
    this.#compiled.set(as, statement)
    return statement
  }
}

/** As D1 takes values. */
function bound(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported`)
}
