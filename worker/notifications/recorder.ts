import type { Database } from '#worker/db/database.ts'
import type { Log } from '#worker/http/log.ts'
import { type Outcome, recordOutcomes } from './commands.ts'

/**
 * Writes down what became of tries as soon as it is known: what comes while a write is under way goes with the next one.
 * Whatever a dying consumer has not written down is sent once more, so nothing waits here for the rest of its batch.
 */
export class Recorder {
  readonly #db: Database
  readonly #now: number
  readonly #log: Log
  #waiting: Outcome[] = []
  #writing: Promise<void> | null = null
  #failure: unknown = null

  constructor(db: Database, now: number, log: Log) {
    this.#db = db
    this.#now = now
    this.#log = log
  }

  add(...outcomes: readonly Outcome[]) {
    this.#waiting.push(...outcomes)
    this.#writing ??= this.#write()
  }

  /** Resolves when all is written. @throws what kept some of it from being */
  async end() {
    await this.#writing
    if (this.#failure) throw this.#failure
  }

  async #write() {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.splice(0)
      try {
        await recordOutcomes(this.#db, some, this.#now)
        for (const { deliveries, error } of some)
          this.#log('delivery', {
            deliveryId: deliveries[0]?.id ?? null,
            attempts: deliveries[0]?.attempts ?? null,
            of: deliveries.length,
            result: error === null ? 'done' : error.name,
          })
      } catch (error) {
        this.#failure = error
      }
    }
    this.#writing = null
  }
}
