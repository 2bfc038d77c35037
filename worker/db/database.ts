import type { Results, Statement } from './statement.ts'

/** Stands before the first batch of a request (`guarded.ts`). */
export interface Guard {
  readonly statement: Statement
  /** Called when a batch was refused: throws what the caller should hear, unless the caller may act after all. */
  readonly refused: () => Promise<void>
}

/** How a session of D1 starts: any replica, one that has seen a bookmark, or the primary. */
export type Freshness = 'any' | 'primary' | { bookmark: string }

const BOOKMARK = /^[0-9a-f-]{1,100}$/

/**
 * The one place that talks to D1. Reads may be served by a replica that has seen the caller's own writes; D1 sends every
 * batch with a write to the primary. One call of `batch` is one round trip and one transaction: all or nothing.
 */
export class Database {
  readonly #session: D1DatabaseSession
  #wrote = false

  constructor(db: D1Database, freshness: Freshness) {
    this.#session =
      typeof freshness === 'object' && BOOKMARK.test(freshness.bookmark)
        ? db.withSession(freshness.bookmark)
        : db.withSession(freshness === 'primary' ? 'first-primary' : 'first-unconstrained')
  }

  async batch<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<Results<Statements>> {
    const prepared = statements.map(({ sql, params }) => this.#session.prepare(sql).bind(...params))
    const answers = await this.#session.batch(prepared)
    if (answers.some(({ meta }) => meta.changed_db)) this.#wrote = true
    return read(statements, answers)
  }

  async run<Result>(statement: Statement<Result>): Promise<Result> {
    const [result] = await this.batch([statement])
    return result
  }

  /** What a later session must have seen to read this one's writes; null when nothing was written. */
  get bookmark() {
    return this.#wrote ? this.#session.getBookmark() : null
  }
}

function read<Statements extends readonly Statement[]>(statements: Statements, answers: D1Result[]) {
  const results = statements.map(({ read }, at) => {
    const answer = answers[at]
    if (!answer) throw new Error('D1 answered fewer results than statements.')
    return read(answer.results, answer.meta.changes)
  })
  return results as Results<Statements>
}
