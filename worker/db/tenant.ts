import { and, eq, type SQL } from 'drizzle-orm'
import type {
  SQLiteColumn,
  SQLiteInsertValue,
  SQLiteTable,
  SQLiteUpdateSetSource,
} from 'drizzle-orm/sqlite-core'
import type { Guarded } from './guarded.ts'
import { build, change, insertion, type Results, type Statement } from './statement.ts'

/** A table whose rows belong to an organisation. */
export type TenantTable = SQLiteTable & { orgId: SQLiteColumn }

/**
 * The data of one organisation. Its own statements carry the organisation by themselves; any other is refused unless it
 * binds the organisation's id, so that a forgotten condition fails at once instead of showing everybody's rows.
 */
export class Tenant {
  readonly orgId: string
  readonly #db: Guarded

  constructor(db: Guarded, orgId: string) {
    this.#db = db
    this.orgId = orgId
  }

  /** All or nothing, in one round trip. */
  async batch<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<Results<Statements>> {
    for (const { sql, params, shared } of statements)
      if (!shared && !params.includes(this.orgId)) throw new Error(`Not bound to an organisation: ${sql}`)
    return this.#db.batch(statements)
  }

  async run<Result>(statement: Statement<Result>): Promise<Result> {
    const [result] = await this.batch([statement])
    return result
  }

  insert<T extends TenantTable>(table: T, row: SQLiteInsertValue<T> & { orgId: string }): Statement<number> {
    if (row.orgId !== this.orgId) throw new Error('This row belongs to another organisation.')
    return insertion(table, row)
  }

  update<T extends TenantTable>(table: T, set: SQLiteUpdateSetSource<T>, ...where: [SQL, ...SQL[]]) {
    return change(
      build
        .update(table)
        .set(set)
        .where(and(eq(table.orgId, this.orgId), ...where)),
    )
  }

  remove<T extends TenantTable>(table: T, ...where: [SQL, ...SQL[]]) {
    return change(build.delete(table).where(and(eq(table.orgId, this.orgId), ...where)))
  }
}
