import { expect } from 'vitest'
import type { Program, ProgramEdit, Rule, Simulation } from '#worker/program/schema.ts'
import { Directory } from './directory.ts'
import type { TestWorker } from './harness.ts'
import { type Organization, type Person, plantOrganization } from './people.ts'

export const rule = (metric: Rule['metric'], op: Rule['op'], value: Rule['value']): Rule => ({
  metric,
  op,
  value,
})

/** The programme of a new organisation, as its owner edits it. */
export class Programme {
  readonly org: Organization
  readonly #worker: TestWorker

  constructor(worker: TestWorker, org: Organization) {
    this.#worker = worker
    this.org = org
  }

  static async found(worker: TestWorker) {
    const org = await plantOrganization(worker)
    return { org, programme: new Programme(worker, org), directory: new Directory(worker, org) }
  }

  call(method: string, path: string, body?: unknown, { cookie }: Person = this.org.owner) {
    return this.#worker.request(method, `/api/program${path}`, {
      cookie,
      ...(body === undefined ? {} : { body }),
    })
  }

  async get() {
    return (await this.call('GET', '')).json<Program>()
  }

  put(body: unknown, who?: Person) {
    return this.call('PUT', '', body, who)
  }

  /** Saves what `change` makes of the programme, which goes well. */
  async save(change: (program: Program) => ProgramEdit) {
    const answer = await this.put(change(await this.get()))
    expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, ''])
    return answer.json<Program>()
  }

  /** Gives the tier of this level in the track for technology partners these rules, and saves. */
  setRules(level: 'platinum' | 'gold' | 'silver', rules: Rule[]) {
    return this.save((program) => withRules(program, level, rules))
  }

  async simulate(body: unknown) {
    const answer = await this.call('POST', '/simulate', body)
    expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, ''])
    return answer.json<Simulation>()
  }
}

/** The programme with other rules for a tier of its first track. */
export const withRules = ({ version, tracks }: Program, level: string, rules: Rule[]): Program => ({
  version,
  tracks: tracks.map((track, at) => ({
    ...track,
    tiers: track.tiers.map((tier) => (at === 0 && tier.level === level ? { ...tier, rules } : tier)),
  })),
})
