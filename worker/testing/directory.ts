import { expect } from 'vitest'
import type { BulkEdited } from '#worker/bulk/schema.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { recording, type TestWorker } from './harness.ts'
import { acme, type Organization, type Person, plantOrganization, plantPartners } from './people.ts'

/** The directory of a new organisation, as its owner works with it. */
export class Directory {
  readonly org: Organization
  readonly #worker: TestWorker

  constructor(worker: TestWorker, org: Organization) {
    this.#worker = worker
    this.org = org
  }

  static async found(worker: TestWorker) {
    return new Directory(worker, await plantOrganization(worker))
  }

  call(method: string, path: string, body?: unknown, { cookie }: Person = this.org.owner) {
    return this.#worker.request(method, `/api/partners${path}`, {
      cookie,
      ...(body === undefined ? {} : { body }),
    })
  }

  async add(changes: object = {}) {
    return (await this.call('POST', '', acme({ ...changes }))).json<Partner>()
  }

  async partner(id: string) {
    return (await this.call('GET', `/${id}`)).json<Partner>()
  }

  /** So many partners without contacts; answers their ids. */
  plant(count: number) {
    return plantPartners(
      this.org,
      Array.from({ length: count }, (_, at) => ({ name: `Planted ${at}` })),
    )
  }

  /** An edit of many partners that goes well. */
  async edit(body: object) {
    const answer = await this.call('POST', '/bulk', body)
    expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, ''])
    return answer.json<BulkEdited>()
  }

  undo(id: string, who?: Person) {
    return this.call('POST', `/bulk/${id}/undo`, undefined, who)
  }
}

/** What the work cost D1. */
export async function costOf<T>(work: () => Promise<T>) {
  const { roundTrips, rowsRead, rowsWritten } = recording
  const result = await work()
  return {
    result,
    trips: recording.roundTrips - roundTrips,
    read: recording.rowsRead - rowsRead,
    written: recording.rowsWritten - rowsWritten,
  }
}
