import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLocal } from '#local/server.ts'
import { type Ask, application, askAs, type OpenForm, openForm } from './applicants.ts'
import { Client } from './http.ts'
import { samplesOf } from './measure.ts'
import { found } from './people.ts'

/** How many applications come, and how fast. */
export interface LoadPlan {
  perSecond: number
  seconds: number
  /** Posts of one key at once. */
  alike: number
  /** Different ones within one second. */
  spike: number
}

/** What came of one kind of load. */
export interface LoadLine {
  load: string
  sent: number
  stored: number
  /** Answers of 503, each of which was tried again. */
  busy: number
  p50: number
  p99: number
}

const CONNECTIONS = 64
const TRIES_MAX = 50
/** With a thousand waiting for 64 connections. */
const ANSWER_MS = 60_000

/** Sends applications over HTTP as `plan` says; throws where one is lost, doubled or refused. */
export async function loadRun(plan: LoadPlan): Promise<LoadLine[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'entente-load-'))
  const local = await startLocal({ port: 0, dataDir })
  const client = new Client(local.directUrl, CONNECTIONS, { Origin: 'https://host.example' })
  try {
    const owner = await found(local, 'Load Inc.', 'owner@load.example')
    const ask = askAs(local.url, owner)
    const form = await openForm(ask, 'load', { emails: ['alerts@load.example'] })
    const load = new Load(ask, client, form)
    return [
      await load.run(
        `${plan.perSecond} a second for ${plan.seconds} s`,
        plan.perSecond * plan.seconds,
        plan.perSecond,
      ),
      await load.alike(plan.alike),
      await load.run(`${plan.spike} in one second`, plan.spike, plan.spike),
    ]
  } finally {
    client.close()
    await local.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** @throws when nobody answers: a run that hangs says nothing */
async function inTime<T>(call: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`${what} was not answered.`)), ANSWER_MS)
  try {
    return await Promise.race([call, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

interface Page {
  items: { companyName: string }[]
  nextCursor: string | null
}

class Load {
  readonly #ask: Ask
  readonly #client: Client
  readonly #form: OpenForm
  #runs = 0
  #busy = 0

  constructor(ask: Ask, client: Client, form: OpenForm) {
    this.#ask = ask
    this.#client = client
    this.#form = form
  }

  /** Open loop: each is sent when its time has come, however long the others take. */
  async run(load: string, count: number, perSecond: number): Promise<LoadLine> {
    const stem = `run-${++this.#runs}`
    const begun = performance.now()
    const all = Array.from({ length: count }, async (_, at) => {
      await pause(Math.max(0, (at * 1_000) / perSecond - (performance.now() - begun)))
      return this.#send(`${stem}-${at}`)
    })
    return this.#line(load, stem, count, await Promise.all(all))
  }

  async alike(count: number): Promise<LoadLine> {
    const stem = `run-${++this.#runs}`
    const times = await Promise.all(Array.from({ length: count }, () => this.#send(`${stem}-same`)))
    return this.#line(`${count} of one key at once`, stem, 1, times)
  }

  /** Milliseconds until it was acknowledged. */
  async #send(key: string): Promise<number> {
    const call = application(this.#form, key)
    const begun = performance.now()
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const { status, headers, text } = await inTime(this.#client.call(call), key)
      if (status === 201) return performance.now() - begun
      if (status !== 503 || !headers['retry-after']) throw new Error(`${key} was answered ${status}: ${text}`)
      this.#busy++
      await pause(Number(headers['retry-after']) * 1_000)
    }
    throw new Error(`${key} was not taken.`)
  }

  /**
   * Companies of what is stored, by the API: Miniflare's own way to D1 blocks this thread, and a runtime that is busy then
   * waits for somebody to read its log.
   */
  async #stored(search: string): Promise<string[]> {
    const names: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query = new URLSearchParams({ search, limit: '200', ...(cursor && { cursor }) })
      const { text } = await inTime(this.#ask(`/api/submissions?${query}`), 'the list of what is stored')
      const page: Page = JSON.parse(text)
      names.push(...page.items.map(({ companyName }) => companyName))
      cursor = page.nextCursor
    }
    return names
  }

  async #line(load: string, stem: string, expected: number, times: readonly number[]): Promise<LoadLine> {
    const names = await this.#stored(`${stem}-`)
    const different = new Set(names).size
    if (names.length !== expected || different !== expected)
      throw new Error(`Of ${expected} there are ${names.length}, by ${different} names.`)
    const { p50, p99 } = samplesOf([...times])
    const busy = this.#busy
    this.#busy = 0
    return {
      load,
      sent: times.length,
      stored: names.length,
      busy,
      p50: Math.round(p50),
      p99: Math.round(p99),
    }
  }
}
