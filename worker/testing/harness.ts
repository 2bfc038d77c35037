import { createExecutionContext, createMessageBatch, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '#worker/app.ts'
import { sweep } from '#worker/cron.ts'
import type { Env } from '#worker/env.ts'
import { consume } from '#worker/jobs/consumer.ts'
import type { JobMessage } from '#worker/jobs/schema.ts'
import { recorded, recording } from './recording.ts'

export { recording } from './recording.ts'

/** A mail that the Worker handed to the binding. */
export interface SentMail {
  to: string
  subject: string
  text: string
  html: string
}

export interface RequestOptions {
  body?: unknown
  cookie?: string
  headers?: Record<string, string>
}

/** The built pages, of which tests need no more than that there are some. */
const SHELLS: Fetcher = {
  fetch: async () =>
    new Response('<!doctype html><html lang="en"></html>', { headers: { 'Content-Type': 'text/html' } }),
  connect: () => {
    throw new Error('Pages are fetched.')
  },
}

/** What the Worker sent and queued in this test file, and the real bindings behind it. */
export class TestWorker {
  readonly mails: SentMail[] = []
  readonly queued: JobMessage[] = []
  /** Unix ms that is added to the clock of jobs. */
  skew = 0
  readonly env: Env

  constructor(overrides: Partial<Env> = {}) {
    this.env = {
      ...env,
      DB: recorded(env.DB, recording),
      JOBS: this.#queue(),
      CHECKS: this.#queue(),
      EMAIL: this.#mailbox(),
      ASSETS: SHELLS,
      ...overrides,
    }
  }

  #queue(): Queue<JobMessage> {
    const keep = async (...messages: JobMessage[]) => {
      this.queued.push(...messages)
      return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
    }
    return {
      ...env.JOBS,
      send: (message) => keep(message),
      sendBatch: (messages) => keep(...[...messages].map(({ body }) => body)),
    }
  }

  #mailbox(): SendEmail {
    return {
      send: async (message) => {
        if (!('subject' in message)) throw new Error('Only composed mails are sent.')
        const { to, subject, text = '', html = '' } = message
        this.mails.push({ to: typeof to === 'string' ? to : JSON.stringify(to), subject, text, html })
        return { messageId: crypto.randomUUID() }
      },
    }
  }

  /** One request to the app, as a browser on its own page sends it. */
  async request(
    method: string,
    path: string,
    { body, cookie, headers = {} }: RequestOptions = {},
  ): Promise<Response> {
    const all = new Headers({ Origin: this.env.APP_URL, ...headers })
    const isText = !(body instanceof Uint8Array)
    if (body !== undefined && isText && !all.has('Content-Type')) all.set('Content-Type', 'application/json')
    if (cookie) all.set('Cookie', cookie)
    const init: RequestInit = { method, headers: all, redirect: 'manual' }
    if (body !== undefined)
      init.body =
        body instanceof Uint8Array
          ? new Uint8Array(body)
          : typeof body === 'string'
            ? body
            : JSON.stringify(body)
    return this.fetch(new Request(`${this.env.APP_URL}${path}`, init))
  }

  /** One request to the app, exactly as it is. */
  async fetch(request: Request): Promise<Response> {
    const context = createExecutionContext()
    const response = await app.fetch(request, this.env, context)
    await waitOnExecutionContext(context)
    return response
  }

  /** Runs the consumer over everything queued so far, as one batch. */
  async drain() {
    const messages = this.queued.splice(0)
    if (messages.length > 0) await this.deliver(messages)
  }

  /** Runs the consumer over these messages. */
  async deliver(bodies: readonly unknown[]) {
    const batch = createMessageBatch(
      'entente-jobs',
      bodies.map((body) => ({ id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body })),
    )
    await consume(batch, this.env, () => Date.now() + this.skew)
  }

  /** Runs what the clock runs each minute. */
  sweep = () => sweep(this.env, () => Date.now() + this.skew)

  /** Rows of a table that `where` selects. */
  async count(table: string, where = '1 = 1', ...values: unknown[]): Promise<number> {
    const found = await env.DB.prepare(`select count(*) as n from ${table} where ${where}`)
      .bind(...values)
      .first<number>('n')
    return found ?? 0
  }
}
