import { app } from '#worker/app.ts'
import { forgetForm } from '#worker/applications/published.ts'
import { sweep } from '#worker/cron.ts'
import { newId } from '#worker/db/ids.ts'
import type { Env } from '#worker/env.ts'
import { consume } from '#worker/jobs/consumer.ts'
import { Agenda } from './agenda.ts'
import { Call, type Effect, type Process } from './call.ts'
import { Chance } from './chance.ts'
import { d1Of } from './d1.ts'
import { FAULTS, type Protection, SKEW_MS } from './faults.ts'
import { settled, standIn } from './platform.ts'
import { callSlack, mailboxOf } from './providers.ts'
import { MessageQueue } from './queue.ts'
import { settingsOf } from './settings.ts'
import type { Found, Query, Storage } from './storage.ts'

const LEASE_MS = 60_000
const RESTART_MS = 800
/** Of the platform's loop, within which a module is loaded. */
const TURNS_MAX = 1_000_000

/** Everything around the Worker's code in one history: what it asks of, what goes wrong, and what was seen. */
export class World {
  readonly chance: Chance
  readonly agenda: Agenda
  /** Unix ms: about then, what goes by periods and days goes by another one. */
  readonly edge: number
  readonly storage: Storage
  readonly without: Protection | null
  /** Faults are off while the last work is finished. */
  isFaulty = true
  process: Process = { alive: true }
  readonly jobs = new MessageQueue(this, 'entente-jobs')
  readonly checks = new MessageQueue(this, 'entente-checks')
  readonly dead = new MessageQueue(this, 'entente-dead')
  /** What providers did, in order. */
  readonly effects: Effect[] = []
  readonly breaches = new Set<string>()
  /** What happened, line by line. */
  readonly notes: string[] = []
  /** Addresses of forms, which a process remembers. */
  readonly slugs: string[] = []
  kills = 0
  /** Rejects when the process dies. */
  #death = Promise.withResolvers<never>()
  readonly #bytes: Chance
  readonly #calls = new Set<Call>()
  #current: Call | null = null
  #named = 0
  readonly #timers = new Map<number, Call>()

  constructor(seed: number, storage: Storage, without: Protection | null) {
    this.chance = new Chance(seed)
    this.#bytes = new Chance(~seed)
    this.storage = storage
    this.without = without
    this.edge = edgeOf(this.chance)
    this.agenda = new Agenda(this.edge - this.chance.between(0, 180_000), () => this.#settle())
    this.#death.promise.catch(() => undefined)
  }

  /** Runs `work` in this world, where nothing else may run at the same time. */
  async live<T>(work: () => Promise<T>): Promise<T> {
    let drawn = false
    const restore = standIn({
      now: () => this.agenda.now + (this.#current?.skew ?? 0),
      fill: (bytes) => {
        drawn = true
        this.#bytes.fill(bytes)
      },
      setTimeout: (run, ms) => this.#later(run, ms),
      clearTimeout: (timer) => this.#never(timer),
      fetch: (input, init) => callSlack(this, this.#caller(), input, init),
      log: () => undefined,
    })
    try {
      // Ids are made from bytes drawn in advance: none of an earlier history may be left.
      while (!drawn) newId('req')
      return await work()
    } finally {
      this.process.alive = false
      restore()
    }
  }

  goesWrong(fault: keyof typeof FAULTS): boolean {
    return this.isFaulty && this.chance.happens(FAULTS[fault])
  }

  note(line: string) {
    this.notes.push(`${this.agenda.now} ${line}`)
  }

  /** From now on, what runs is the call's. */
  enter(call: Call, what: string) {
    this.#current = call
    this.note(`${call.name}: ${what}`)
  }

  /** Kills the process, and starts another. */
  kill() {
    if (!this.process.alive) return
    this.note('killed')
    this.kills++
    this.process.alive = false
    for (const call of this.#calls) call.excuse()
    this.#calls.clear()
    this.process = { alive: true }
    for (const queue of [this.jobs, this.checks, this.dead]) queue.die()
    forgetForm(...this.slugs)
    const death = this.#death
    this.#death = Promise.withResolvers<never>()
    this.#death.promise.catch(() => undefined)
    this.agenda.after(RESTART_MS, () => death.reject(new Error('Connection reset.')))
  }

  /** One request, as a client's platform sends it. @throws when there is no answer */
  async request(name: string, request: Request): Promise<Response> {
    if (this.goesWrong('requestLost')) throw new Error('Connection refused.')
    const response = await this.#call(name, async (env) => {
      const after: Promise<unknown>[] = []
      const context = {
        waitUntil: (promise: Promise<unknown>) => after.push(promise),
        passThroughOnException: () => undefined,
        props: {},
      }
      const answer = await app.fetch(request, env, context)
      return { answer, after }
    })
    if (this.goesWrong('answerLost')) throw new Error('Connection reset.')
    return response.answer
  }

  /** True when the consumer failed as a whole. */
  async consume(batch: MessageBatch): Promise<boolean> {
    try {
      await this.#call(batch.queue, (env) => consume(batch, env, Date.now))
      return false
    } catch {
      return true
    }
  }

  async sweep() {
    await this.#call('sweep', (env) => sweep(env, Date.now)).catch(() => this.note('sweep failed'))
  }

  putAside(body: unknown) {
    this.dead.take(body)
  }

  get isIdle() {
    return this.jobs.isEmpty && this.checks.isEmpty && this.dead.isEmpty && this.#calls.size === 0
  }

  /** Looks at what a batch did as soon as it is done: which deliveries it took, and which it let go of. */
  committed(call: Call, queries: readonly Query[], found: readonly Found[]) {
    for (const [at, { sql, params }] of queries.entries()) {
      if (!sql.startsWith('update deliveries ')) continue
      if (/\blease_until = \?[\s\S]*\breturning id\b/.test(sql))
        for (const { id } of found[at]?.rows ?? []) this.#hold(call, String(id))
      else
        for (const id of call.held.keys())
          if (params.some((param) => String(param).includes(id))) call.held.delete(id)
    }
  }

  /** Two calls never hold one delivery, whose lease is by the clock of each. */
  #hold(call: Call, id: string) {
    const { now } = this.agenda
    const other = [...this.#calls].find((each) => each !== call && (each.held.get(id) ?? 0) > now)
    if (other) this.breaches.add(`two hold one delivery: ${id} by ${other.name} and ${call.name}`)
    call.held.set(id, now + LEASE_MS - 2 * SKEW_MS)
  }

  /** Ends with the call, or with the process that it runs in; a call of a dead process never ends. */
  async #call<T>(kind: string, work: (env: Env) => Promise<T>): Promise<T> {
    const skew = this.isFaulty ? this.chance.between(-SKEW_MS, SKEW_MS + 1) : 0
    const call = new Call(this, `${kind} ${++this.#named}`, skew)
    this.#calls.add(call)
    const death = this.#death.promise
    const done = async () => {
      await call.wait('begins', 0, 10)
      try {
        return await work(this.#envOf(call))
      } finally {
        this.#calls.delete(call)
      }
    }
    return Promise.race([done(), death])
  }

  #envOf(call: Call): Env {
    return {
      ...settingsOf(),
      DB: d1Of(this, call),
      JOBS: this.jobs.bindingOf(call),
      CHECKS: this.checks.bindingOf(call),
      EMAIL: mailboxOf(this, call),
    }
  }

  #caller(): Call {
    if (!this.#current) throw new Error('Nobody runs who could have called.')
    return this.#current
  }

  /** Until nobody runs: each call waits for what is on the agenda. */
  async #settle() {
    for (let turns = 0; turns < TURNS_MAX; turns++) {
      await settled()
      if ([...this.#calls].every(({ waits }) => waits > 0)) return
    }
    throw new Error('A call waits for what this world does not know.')
  }

  #later(run: () => void, ms: number): number {
    const call = this.#caller()
    call.waits++
    const timer = this.agenda.after(ms, () => {
      this.#timers.delete(timer)
      if (!call.isAlive) return
      call.waits--
      this.enter(call, 'time is up')
      run()
    })
    this.#timers.set(timer, call)
    return timer
  }

  #never(timer: number) {
    const call = this.#timers.get(timer)
    if (call) call.waits--
    this.#timers.delete(timer)
    this.agenda.cancel(timer)
  }
}

/** When something ends while the history goes on: ten minutes, a day, or what a daily summary tells of. */
const edgeOf = (chance: Chance): number => Date.UTC(2026, 10, 24) + chance.pick([0, 600_000, 9 * 3_600_000])
