import type { JobMessage } from '#worker/jobs/schema.ts'
import type { Call } from './call.ts'
import type { World } from './world.ts'

/** As wrangler.toml sets it. */
const RETRIES_MAX = 5
const RETRY_SECONDS = 5
const SENT = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }

interface Waiting {
  readonly id: string
  readonly body: unknown
  readonly attempts: number
}

/** A queue that lives in memory: it doubles and shuffles what it holds, and loses most of it when the process dies. */
export class MessageQueue {
  readonly #world: World
  readonly #name: string
  /** In flight, too, until settled. */
  readonly #held = new Set<Waiting>()
  #ready: Waiting[] = []
  #count = 0

  constructor(world: World, name: string) {
    this.#world = world
    this.#name = name
  }

  get isEmpty() {
    return this.#held.size === 0
  }

  /** The queue as one call sees it. */
  bindingOf(call: Call): Queue<JobMessage> {
    const send = async (bodies: readonly JobMessage[], options?: QueueSendOptions) => {
      const ms = options?.delaySeconds === undefined ? undefined : options.delaySeconds * 1_000
      await call.wait('queue', 1, 10)
      if (this.#world.goesWrong('queueSend')) throw new Error('Queue is overloaded.')
      for (const body of bodies) {
        this.#put(body, ms)
        if (this.#world.goesWrong('messageDoubled')) this.#put(body, ms)
      }
      await call.wait('queue answers', 1, 10)
      return SENT
    }
    return {
      send: (body, options) => send([body], options),
      sendBatch: (messages, options) =>
        send(
          [...messages].map(({ body }) => body),
          options,
        ),
      metrics: async () => SENT.metadata.metrics,
    }
  }

  #put(body: unknown, ms?: number) {
    const id = `${this.#name}-${++this.#count}`
    this.#hold({ id, body: structuredClone(body), attempts: 1 }, ms)
  }

  #hold(message: Waiting, ms = this.#world.chance.between(0, 1_500)) {
    this.#held.add(message)
    this.#world.agenda.after(ms, () => {
      if (!this.#held.has(message)) return
      this.#ready.push(message)
      this.#world.agenda.after(this.#world.chance.between(0, 300), () => this.#deliver())
    })
  }

  /** What a dead process leaves of it comes again. */
  die() {
    const all = [...this.#held]
    this.#held.clear()
    this.#ready = []
    for (const message of all)
      if (!this.#world.goesWrong('queueLost'))
        this.#hold({ ...message }, this.#world.chance.between(1_000, 5_000))
  }

  #deliver() {
    const messages = this.#world.chance.shuffled(this.#ready.splice(0))
    if (messages.length > 0) void this.#consume(messages)
  }

  async #consume(waiting: readonly Waiting[]) {
    /** Seconds until it comes again; null for one that is done. */
    const settled = new Map<Waiting, number | null>()
    const messages = waiting.map((each) => ({
      ...each,
      timestamp: new Date(this.#world.agenda.now),
      ack: () => settled.set(each, null),
      retry: (options?: QueueRetryOptions) => settled.set(each, options?.delaySeconds ?? RETRY_SECONDS),
    }))
    const failed = await this.#world.consume({
      queue: this.#name,
      messages,
      metadata: SENT.metadata,
      ackAll: () => {
        for (const { ack } of messages) ack()
      },
      retryAll: (options) => {
        for (const { retry } of messages) retry(options)
      },
    })
    for (const each of waiting)
      this.#settle(each, settled.get(each) ?? (failed && !settled.has(each) ? RETRY_SECONDS : null))
  }

  #settle(message: Waiting, seconds: number | null) {
    // Lost with the process that held it, or come again since.
    if (!this.#held.delete(message) || seconds === null) return
    if (message.attempts > RETRIES_MAX) this.#world.putAside(message.body)
    else this.#hold({ ...message, attempts: message.attempts + 1 }, seconds * 1_000)
  }

  /** Dead letters come as they are, to their own consumer. */
  take(body: unknown) {
    this.#put(body)
  }
}
