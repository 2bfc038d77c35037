import type { World } from './world.ts'

/** A Worker that runs until it is killed; what it does afterwards reaches nothing. */
export interface Process {
  alive: boolean
}

/** What a provider did for one delivery. */
export interface Effect {
  /** `sub_… email someone@example` or `sub_… slack`. */
  readonly target: string
  /** How many the message told of: more than one, where it was a digest. */
  readonly of: number
  /** Nobody could know that it was done: its answer, or the record of it, was lost. */
  excused: boolean
}

/** One call of the Worker: a request, a batch of messages or a sweep. Its clock is off by a little. */
export class Call {
  readonly name: string
  readonly process: Process
  /** Ms. */
  readonly skew: number
  readonly effects: Effect[] = []
  /** Deliveries that it holds, until when. */
  readonly held = new Map<string, number>()
  /** For how much it waits; for nothing while it runs, or loads a module. */
  waits = 0
  readonly #world: World

  constructor(world: World, name: string, skew: number) {
    this.#world = world
    this.name = name
    this.skew = skew
    this.process = world.process
  }

  get isAlive() {
    return this.process.alive
  }

  /** A wait, in which all others go on, and in which the process may die. */
  wait(what: string, least: number, most: number): Promise<void> {
    const world = this.#world
    this.waits++
    return new Promise((resolve) => {
      world.agenda.after(world.chance.between(least, most + 1), () => {
        if (!this.isAlive) return
        this.waits--
        world.enter(this, what)
        if (world.goesWrong('kill')) world.kill()
        else resolve()
      })
    })
  }

  /** What it did last may not be known to have been done. */
  excuse() {
    for (const effect of this.effects) effect.excused = true
  }
}
