/** All that is left to chance in one history, from its seed: the same seed, the same answers (mulberry32). */
export class Chance {
  #state: number

  constructor(seed: number) {
    // Neighbouring seeds begin far from each other.
    this.#state = Math.imul(seed + 1, 0x9e3779b1)
  }

  /** From 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number of at least `least` and below `end`. */
  between(least: number, end: number): number {
    return least + Math.floor(this.next() * (end - least))
  }

  pick<T>(all: readonly [T, ...T[]]): T {
    return all[this.between(0, all.length)] ?? all[0]
  }

  shuffled<T>(all: readonly T[]): T[] {
    return all
      .map((each) => [this.next(), each] as const)
      .sort(([one], [other]) => one - other)
      .map(([, each]) => each)
  }

  fill(bytes: Uint8Array): void {
    let drawn = 0
    for (let at = 0; at < bytes.length; at++) {
      drawn = at % 4 === 0 ? this.between(0, 2 ** 32) : drawn >>> 8
      bytes[at] = drawn
    }
  }
}
