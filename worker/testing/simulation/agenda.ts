interface Entry {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/**
 * The only clock of a history, and all that is going to happen. One thing happens at a time, and the next one only when
 * nothing more follows from it: how things interleave is decided by their times alone.
 */
export class Agenda {
  /** Unix ms. */
  now: number
  readonly #settle: () => Promise<void>
  readonly #entries = new Map<number, Entry>()
  #order = 0

  constructor(start: number, settle: () => Promise<void>) {
    this.now = start
    this.#settle = settle
  }

  /** Answers a number by which it can be taken back. */
  after(ms: number, run: () => void): number {
    const order = ++this.#order
    this.#entries.set(order, { at: this.now + Math.max(0, Math.round(ms)), order, run })
    return order
  }

  cancel(order: number) {
    this.#entries.delete(order)
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve))
  }

  /** Lets happen what is going to happen before `end`, which is then the time; `isOver` may end it earlier. */
  async runUntil(end: number, isOver: () => boolean = () => false) {
    await this.#settle()
    for (let next = this.#first(); next && next.at <= end && !isOver(); next = this.#first()) {
      this.#entries.delete(next.order)
      this.now = next.at
      next.run()
      await this.#settle()
    }
    if (!isOver()) this.now = Math.max(this.now, end)
  }

  #first(): Entry | undefined {
    let first: Entry | undefined
    for (const entry of this.#entries.values()) if (!first || entry.at < first.at) first = entry
    return first
  }
}
