import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at } from '#local/paths.ts'
import { type Local, startLocal } from '#local/server.ts'
import { Stand } from '../e2e/outside.ts'
import { application, askAs, Ledger, type OpenForm, openForm } from './applicants.ts'
import { newCaller } from './http.ts'
import { found, type Owner } from './people.ts'
import { newPartner } from './works.ts'

/** What a run did, and what it found wrong; `breaches` is empty when all is well. */
export interface KillReport {
  kills: number
  /** Partners whose creation was acknowledged. */
  acknowledged: number
  /** Applications that were. */
  applications: number
  /** Alerts of them that are done, calls of their providers, and how many of those were one too many. */
  alerts: number
  calls: number
  extra: number
  /** Answers that were those of an earlier try. */
  replayed: number
  /** Requests that met a dead runtime. */
  refused: number
  /** Links asked for, and mails that went out for them. */
  links: number
  mails: number
  breaches: string[]
}

const TRY_AGAIN_MS = 40
const TRIES_MAX = 500
const DRAIN_MS = 240_000
/** So many applications for one that a channel is told of. */
const POSTED_EVERY = 25
const MAILED = 20

/**
 * Kills the runtime with -9, `kills` times, while `clients` add partners, apply and ask for links, each trying again with its
 * key until it is answered. Then lets the sweep finish what is due, and checks the database.
 */
export async function killRun({
  kills,
  clients,
  everyMs,
}: {
  kills: number
  clients: number
  everyMs: number
}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'entente-faults-'))
  const stand = new Stand()
  const { url } = await stand.start()
  const local = await startLocal({ port: 0, dataDir, outbound: url })
  try {
    const owner = await found(local, 'Faults Inc.', 'owner@faults.example')
    const load = new Load(local, owner, await openForms(local, owner), new Ledger(local, url))
    const running = Array.from({ length: clients }, (_, client) => load.run(client))
    for (let killed = 0; killed < kills; killed++) {
      await pause(everyMs)
      await local.kill()
    }
    load.stop()
    await Promise.all(running)
    await drain(local)
    return await load.report(kills)
  } finally {
    await local.stop()
    stand.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

interface Forms {
  /** Each tells two people: so many that most applications are told of singly, and some in digests. */
  readonly mailed: readonly OpenForm[]
  /** Tells one person and a channel, which takes one message a second. */
  readonly posted: OpenForm
}

async function openForms(local: Local, owner: Owner): Promise<Forms> {
  const ask = askAs(local.url, owner)
  const emails = ['one@faults.example', 'two@faults.example']
  const slackWebhook = 'https://hooks.slack.com/services/T0/B0/faults'
  const mailed = Array.from({ length: MAILED }, (_, at) => openForm(ask, `mailed-${at}`, { emails }))
  return {
    mailed: await Promise.all(mailed),
    posted: await openForm(ask, 'posted', { emails: emails.slice(0, 1), slackWebhook }),
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

class Load {
  readonly #local: Local
  readonly #owner: Owner
  readonly #forms: Forms
  readonly #ledger: Ledger
  readonly #acknowledged = new Map<string, string>()
  #stopped = false
  #replayed = 0
  #refused = 0
  #links = 0

  constructor(local: Local, owner: Owner, forms: Forms, ledger: Ledger) {
    this.#local = local
    this.#owner = owner
    this.#forms = forms
    this.#ledger = ledger
  }

  stop() {
    this.#stopped = true
  }

  async run(client: number) {
    const { mailed, posted } = this.#forms
    for (let at = 0; !this.#stopped; at++) {
      await this.#addPartner(`client-${client}-${at}`)
      await this.#apply(
        at % POSTED_EVERY === 0 ? posted : (mailed[at % mailed.length] ?? posted),
        `applicant-${client}-${at}`,
      )
      if (at % 5 === 0) await this.#askForLink(`visitor-${client}-${at}@faults.example`)
    }
  }

  async #addPartner(key: string) {
    const { path, body } = newPartner(key)
    const answer = await this.#post(path, body, {
      Cookie: this.#owner.cookie,
      'Idempotency-Key': key,
    })
    if (answer.status !== 201) throw new Error(`A partner was answered ${answer.status}.`)
    const { id }: { id: string } = JSON.parse(answer.text)
    this.#acknowledged.set(key, id)
    if (answer.replayed) this.#replayed++
  }

  async #apply(form: OpenForm, key: string) {
    const { path, body, headers = {} } = application(form, key)
    const answer = await this.#post(path, body, headers)
    if (answer.status !== 201) throw new Error(`An application was answered ${answer.status}: ${answer.text}`)
    const { id }: { id: string } = JSON.parse(answer.text)
    this.#ledger.acknowledged.set(key, id)
    if (answer.replayed) this.#replayed++
  }

  /** Asked once: a visitor who gets no answer may have a mail all the same. */
  async #askForLink(email: string) {
    const body = { name: 'New Inc.', owner: { name: 'Nora', email } }
    await this.#post('/api/organizations', body, { 'CF-Connecting-IP': newCaller() })
    this.#links++
  }

  /** Tries until an answer has come whole; one that breaks off was none. */
  async #post(path: string, body: unknown, headers: Record<string, string>) {
    const all = { Origin: this.#local.url, 'Content-Type': 'application/json', ...headers }
    const request = { method: 'POST', headers: all, body: JSON.stringify(body) }
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      try {
        const answer = await fetch(this.#local.url + path, request)
        const text = await answer.text()
        if (answer.status < 500)
          return { status: answer.status, text, replayed: answer.headers.has('Idempotency-Replayed') }
      } catch {
        // The runtime is gone; a new one comes.
      }
      this.#refused++
      await pause(TRY_AGAIN_MS)
    }
    throw new Error(`${path} was not answered.`)
  }

  async report(kills: number): Promise<KillReport> {
    const d1 = await this.#local.d1()
    const breaches = await breachesOf(this.#local)
    const { results } = await d1
      .prepare('select id, domain from partners')
      .all<{ id: string; domain: string }>()
    const stored = new Map(results.map(({ id, domain }) => [domain, id]))
    for (const [key, id] of this.#acknowledged)
      if (stored.get(`${key}.example`) !== id) breaches.push(`an acknowledged partner is lost: ${key}`)
    if (stored.size < this.#acknowledged.size) breaches.push('fewer partners than were acknowledged')
    const mails = (await this.#local.mails()).filter(({ to }) => to.startsWith('visitor-'))
    const sent = Map.groupBy(mails, ({ to }) => to).size
    const waiting = await d1
      .prepare("select count(distinct email) as n from mail_links where email like 'visitor-%'")
      .first<number>('n')
    if (sent !== waiting) breaches.push(`${waiting} addresses have a link and ${sent} a mail`)
    const applied = await this.#ledger.check(kills)
    return {
      kills,
      acknowledged: this.#acknowledged.size,
      applications: this.#ledger.acknowledged.size,
      alerts: applied.done,
      calls: applied.calls,
      extra: applied.extra,
      replayed: this.#replayed,
      refused: this.#refused,
      links: this.#links,
      mails: mails.length,
      breaches: [...breaches, ...applied.breaches],
    }
  }
}

/** Sweeps until nothing is due; what a dead consumer held comes free when its lease ends. */
async function drain(local: Local) {
  const until = Date.now() + DRAIN_MS
  while (Date.now() < until) {
    const d1 = await local.d1()
    // A lease ends by itself after a minute at most; waiting for that would only make the run longer.
    await d1.prepare('update partners set score_lease_until = 0').run()
    await d1.prepare("update deliveries set lease_until = 0, next_try_at = 0 where state = 'pending'").run()
    await d1.prepare('update forms set slack_free_at = 0').run()
    await local.tick()
    await pause(300)
    const left = await d1
      .prepare(
        `select (select count(*) from partners where score_due_at <= unixepoch() * 1000)
          + (select count(*) from deliveries where state = 'pending') as n`,
      )
      .first<number>('n')
    if (left === 0) return
  }
}

async function breachesOf(local: Local): Promise<string[]> {
  const d1 = await local.d1()
  const checks = readFileSync(at('bench', 'invariants.sql'), 'utf8')
    .replaceAll(/^--.*$/gm, '')
    .split(';')
  const found: string[] = []
  for (const check of checks.filter((each) => each.trim())) {
    const { results } = await d1.prepare(check).all<{ breach: string; id: string }>()
    found.push(...results.map(({ breach, id }) => `${breach}: ${id}`))
  }
  const broken = await d1.prepare('pragma foreign_key_check').all()
  if (broken.results.length > 0) found.push('foreign keys')
  return found
}
