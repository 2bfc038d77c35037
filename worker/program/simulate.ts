import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { TIER_SOURCES, TIERS } from '#worker/partners/terms.ts'
import { tracksOf, unknownIds } from './edited.ts'
import { FactRow, factColumns, metricsIn, metricsRead } from './facts.ts'
import { isUp, moveOf, tiersGone } from './moves.ts'
import { programOf } from './queries.ts'
import type { ProgramEdit, Simulation, Track } from './schema.ts'
import type { Metric } from './terms.ts'

/** Partners of one round trip: 10,000 take six. */
const PAGE = 2_000

const Row = FactRow.extend({
  id: z.string(),
  name: z.string(),
  name_key: z.string(),
  tier: z.enum(TIERS).nullable(),
  tier_source: z.enum(TIER_SOURCES),
  program_tier_id: z.string().nullable(),
  track_id: z.string().nullable(),
})
type Row = z.output<typeof Row>

/**
 * Who would move if these tracks were saved, and on which rule. Writes nothing.
 * @throws `invalid` as saving them would.
 */
export async function simulateProgram(tenant: Tenant, edit: ProgramEdit, now: number): Promise<Simulation> {
  const next = tracksOf(edit)
  const read = metricsRead(next)
  const [program, first] = await tenant.batch([programOf(tenant.orgId), page(tenant.orgId, '', read)])
  const current = program ?? { version: 0, tracks: [] }
  const errors = unknownIds(edit, current)
  if (errors.length > 0) throw new AppError('invalid', { errors })
  const outcome = new Outcome(current.tracks, next, now)
  let some = first
  for (;;) {
    for (const partner of some) outcome.add(partner)
    const last = some.at(-1)
    if (!last || some.length < PAGE) return outcome.simulation()
    some = await tenant.run(page(tenant.orgId, last.id, read))
  }
}

const page = (orgId: string, after: string, read: ReadonlySet<Metric>) =>
  rows(
    Row,
    sql`select p.id, p.name, p.name_key, p.tier, p.tier_source, p.program_tier_id, p.track_id,
        ${factColumns(read)}
      from partners p where p.org_id = ${orgId} and p.id > ${after} order by p.id limit ${PAGE}`,
  )

/** What becomes of the partners, one after the other. */
class Outcome {
  readonly #before: readonly Track[]
  readonly #next: readonly Track[]
  readonly #now: number
  readonly #moves: { key: string; move: Simulation['moves'][number] }[] = []
  readonly #pinned: Map<string, Simulation['pinned'][number]>
  #partners = 0

  constructor(before: readonly Track[], next: readonly Track[], now: number) {
    this.#before = before
    this.#next = next
    this.#now = now
    this.#pinned = new Map(
      tiersGone(before, next).map(({ id, name }) => [id, { programTierId: id, name, partners: 0 }]),
    )
  }

  add(row: Row) {
    this.#partners++
    const { id, name, tier, tier_source: source, program_tier_id: programTierId, track_id: trackId } = row
    if (source === 'manual') {
      const pinned = this.#pinned.get(programTierId ?? '')
      if (pinned) pinned.partners++
      return
    }
    const held = { source, tier, programTierId, trackId, fallsAt: null }
    const subject = { id, name, held, metrics: metricsIn(row, this.#now) }
    const move = moveOf(subject, this.#before, this.#next)
    if (move) this.#moves.push({ key: row.name_key, move })
  }

  simulation(): Simulation {
    const byName = this.#moves
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ move }) => move)
    return {
      partners: this.#partners,
      moves: [...byName.filter(isUp), ...byName.filter((move) => !isUp(move))],
      pinned: [...this.#pinned.values()].filter(({ partners }) => partners > 0),
    }
  }
}
