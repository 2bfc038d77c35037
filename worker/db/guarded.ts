import type { Database, Guard } from './database.ts'
import { isGuardRefusal } from './errors.ts'
import type { Results, Statement } from './statement.ts'

/**
 * A database behind a guard. The first batch also proves, in the same round trip and transaction, that the caller may
 * act: nothing is read or written for one who may not. Without a guard (jobs), batches just run.
 */
export class Guarded {
  readonly #db: Database
  #guard: Guard | null

  constructor(db: Database, guard: Guard | null) {
    this.#db = db
    this.#guard = guard
  }

  async batch<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<Results<Statements>> {
    const guard = this.#guard
    if (!guard) return this.#db.batch(statements)
    try {
      const [, ...results] = await this.#db.batch([guard.statement, ...statements])
      this.#guard = null
      return results as Results<Statements>
    } catch (error) {
      if (isGuardRefusal(error)) await guard.refused()
      throw error
    }
  }

  async run<Result>(statement: Statement<Result>): Promise<Result> {
    const [result] = await this.batch([statement])
    return result
  }

  /** Proves that the caller may act, if no batch has done so yet. */
  async verify() {
    if (this.#guard) await this.batch([])
  }
}
