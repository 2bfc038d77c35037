import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Local, startLocal } from '#local/server.ts'
import { askAs, type OpenForm, openForm } from './applicants.ts'
import { startFloor } from './floor/server.ts'
import { Client } from './http.ts'
import { found, type Owner, PASSWORD } from './people.ts'
import { seedAround, seedPartners } from './seed.ts'

export const SMALL = 10_000
export const LARGE = 100_000

/** A runtime of its own, and how one calls it. */
export interface Side {
  url: string
  pid: () => number
  headers: Record<string, string>
}

/** The app and the floor side by side, each on its own copy of the same directory. */
export interface Rig {
  app: Side
  floor: Side
  owner: Owner
  /** Where a browser finds the app. */
  page: string
}

/** A folder under the system's temporary ones, removed at the end, and whatever runs on it. */
export class Bench {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'entente-bench-'))
  readonly #running: { stop(): Promise<void> }[] = []
  #owner: Owner | undefined
  #form: OpenForm | undefined

  /** Who owns the organisation that is measured. */
  get owner(): Owner {
    if (!this.#owner) throw new Error('Nobody has signed up yet.')
    return this.#owner
  }
  set owner(owner) {
    this.#owner = owner
  }

  /** Where its applicants apply. */
  get form(): OpenForm {
    if (!this.#form) throw new Error('No form is open yet.')
    return this.#form
  }
  set form(form) {
    this.#form = form
  }

  /** Fills a database through a runtime, once: a second one is copied from it. */
  async prepare(state: string, fill: (local: Local) => Promise<unknown>) {
    const local = await startLocal({ port: 0, dataDir: this.dataDir, state, say: console.error })
    try {
      await fill(local)
    } finally {
      await local.stop()
    }
    this.copy(state, floorOf(state))
  }

  copy(from: string, to: string) {
    cpSync(join(this.dataDir, from), join(this.dataDir, to), { recursive: true })
  }

  async start(state: string): Promise<Rig> {
    const { owner, dataDir } = this
    let pid = 0
    const local = await startLocal({ port: 0, dataDir, state, onRuntime: (started) => (pid = started) })
    this.#running.push(local)
    const headers = { Origin: local.url, Cookie: owner.cookie }
    const reader = new Client(local.directUrl, 1, headers)
    const { text: PAGE } = await reader.expect({ method: 'GET', path: '/partners' })
    reader.close()
    const bindings = { ORG: owner.orgId, EMAIL: owner.email, PASSWORD, PAGE }
    const floor = await startFloor(join(dataDir, floorOf(state)), bindings)
    this.#running.push(floor)
    return {
      owner,
      page: local.url,
      app: { url: local.directUrl, pid: () => pid, headers },
      floor: { url: floor.url, pid: floor.pid, headers: {} },
    }
  }

  async stop() {
    for (const each of this.#running.splice(0)) await each.stop()
  }

  async end() {
    await this.stop()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** The floor has its own copy: one database file takes one runtime. */
const floorOf = (state: string) => `${state}-floor`

/** Two directories, `small` and `large`: one organisation of fifty has 10,000 partners in one and 100,000 in the other. */
export async function prepareDirectories(bench: Bench) {
  await bench.prepare('small', async (local) => {
    const owner = await found(local, 'The benchmark', 'owner@bench.example')
    bench.owner = owner
    bench.form = await openForm(askAs(local.url, owner), 'bench', { emails: ['alerts@bench.example'] })
    const db = await local.d1()
    await seedAround(db, owner.orgId)
    await seedPartners(db, owner.orgId, 0, SMALL)
  })
  bench.copy('small', 'large')
  await bench.prepare('large', async (local) =>
    seedPartners(await local.d1(), bench.owner.orgId, SMALL, LARGE),
  )
}
