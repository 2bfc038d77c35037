import { env } from 'cloudflare:workers'
import type { PartnerSignals } from '#worker/signals/schema.ts'
import type { TestWorker } from '#worker/testing/harness.ts'
import { acme, fresh, type Organization } from '#worker/testing/people.ts'
import { askedAbout, publish } from './internet.ts'
import type { Answer, Zone } from './wire.ts'

/** An address of the public network. */
export const PUBLIC = '93.184.216.34'

/** A partner whose domain shows something on the network outside. */
export class Company {
  readonly domain: string
  readonly id: string
  readonly #worker: TestWorker
  readonly #org: Organization

  private constructor(worker: TestWorker, org: Organization, domain: string, id: string) {
    this.#worker = worker
    this.#org = org
    this.domain = domain
    this.id = id
  }

  static async found(worker: TestWorker, org: Organization, changes: object = {}) {
    const body = acme({ domain: `${fresh('acme')}.com`, ...changes })
    const answer = await worker.request('POST', '/api/partners', { body, cookie: org.owner.cookie })
    const { id, domain } = await answer.json<{ id: string; domain: string }>()
    return new Company(worker, org, domain, id)
  }

  /** Publishes records of the domain and pages by their path; the site stands at a public address unless it is said otherwise. */
  async show(pages: Record<string, Answer | string> = {}, zone: Zone = {}, scheme = 'https') {
    const answers = Object.entries(pages).map(
      ([path, page]) => [`${scheme}://${this.domain}${path}`, answerOf(page)] as const,
    )
    await publish({
      zones: { [this.domain]: { A: [PUBLIC], ...zone } },
      answers: Object.fromEntries(answers),
    })
  }

  async register(answer: Answer) {
    await publish({ answers: { [`https://rdap.registry.com/v1/domain/${this.domain}`]: answer } })
  }

  /** Makes the domain due and looks it up, as the message does. */
  async check() {
    await env.DB.prepare(
      `insert into domain_checks (org_id, domain, due_at) values (?, ?, 0)
        on conflict do update set due_at = 0`,
    )
      .bind(this.#org.id, this.domain)
      .run()
    await this.deliver()
    return this.signals()
  }

  deliver(worker = this.#worker) {
    const job = { v: 1, requestId: 'req', kind: 'check-domains', orgId: this.#org.id, domains: [this.domain] }
    return worker.deliver([job])
  }

  async signals() {
    return (await this.call('GET', '/signals')).json<PartnerSignals>()
  }

  call(method: string, path: string, body?: unknown) {
    return this.#worker.request(method, `/api/partners/${this.id}${path}`, {
      cookie: this.#org.owner.cookie,
      ...(body === undefined ? {} : { body }),
    })
  }

  /** Addresses that were asked for on the company's own hosts. */
  async visits() {
    const asked = await askedAbout(this.domain)
    return asked.map(({ url }) => url).filter((url) => new URL(url).hostname.endsWith(this.domain))
  }
}

/** A page from its text. */
export const answerOf = (page: Answer | string): Answer =>
  typeof page === 'string' ? { headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page } : page

/** Name and state of each fact of a source, with what was found. */
export const factsIn = ({ sources }: PartnerSignals, source: string) =>
  Object.fromEntries(
    sources
      .find((each) => each.source === source)
      ?.lines.map(({ name, state, detail }) => [name, state === 'found' ? detail : state]) ?? [],
  )

export const stateOf = ({ sources }: PartnerSignals, source: string) =>
  sources.find((each) => each.source === source)?.state
