import { apply, type Told } from './applicant.ts'
import { type Protection, weakened } from './faults.ts'
import { breachesOf } from './invariants.ts'
import { closeForm, deleteOrganization, EACH, editForm, type Form, plantForms } from './planted.ts'
import { Storage } from './storage.ts'
import { World } from './world.ts'

const MINUTE_MS = 60_000
/** How long things go wrong. */
const ROUGH_MS = 3 * MINUTE_MS
/** Sweeps until all work is done, at most: the last tries of a day are hours apart. */
const SWEEPS_MAX = 400

/** What happened in one history, and what was wrong in the end. */
export interface History {
  readonly seed: number
  readonly breaches: readonly string[]
  readonly notes: readonly string[]
  readonly kills: number
  readonly acknowledged: number
  readonly effects: number
  /** Deliveries that were told of in digests. */
  readonly gathered: number
}

const storages = new Map<Protection | null, Storage>()

/** A database for histories, one after the other, without the protection. */
function storageWithout(without: Protection | null): Storage {
  const known = storages.get(without)
  if (known) return known
  const storage = new Storage((sql) => weakened(sql, without))
  if (without === 'key') storage.exec('drop index submissions_key')
  storages.set(without, storage)
  return storage
}

/** Lives through the history of one seed. The same seed is the same history. */
export async function simulate(seed: number, without: Protection | null = null): Promise<History> {
  const storage = storageWithout(without)
  const world = new World(seed, storage, without)
  storage.begin()
  try {
    return await world.live(() => liveThrough(world, seed))
  } finally {
    storage.forget()
  }
}

async function liveThrough(world: World, seed: number): Promise<History> {
  const forms = await plantForms(world)
  const told: Told[] = []
  const expected = comeApplicants(world, forms, told)
  comeChanges(world, forms)
  const end = world.agenda.now + ROUGH_MS
  comeSweeps(world, end)
  await world.agenda.runUntil(end)
  world.isFaulty = false
  world.note('nothing goes wrong from here on')
  await finish(world, () => told.length === expected)
  if (told.length < expected) world.breaches.add(`${expected - told.length} applicants without an answer`)
  return {
    seed,
    breaches: breachesOf(world, forms, told),
    notes: world.notes,
    kills: world.kills,
    acknowledged: told.filter(({ status }) => status < 400).length,
    effects: world.effects.length,
    gathered: world.effects.filter(({ of }) => of > 1).length,
  }
}

/**
 * Applicants who come while things go wrong, some right after another, some at the edge, now and then many at once; answers
 * how many.
 */
function comeApplicants(world: World, forms: readonly Form[], told: Told[]): number {
  const { agenda, chance } = world
  const crowd = chance.happens(0.1) ? chance.between(12, 30) : 0
  const count = crowd + chance.between(5, 12)
  const rush = { at: timeOf(world), form: chance.between(0, EACH) }
  let last = { at: 0, form: 0 }
  for (let number = 0; number < count; number++) {
    const isNext = number > 0 && chance.happens(0.4)
    if (number < crowd) last = { at: rush.at + chance.between(0, 3_000), form: rush.form }
    else
      last = isNext
        ? { at: last.at + chance.between(0, 1_500), form: last.form }
        : { at: timeOf(world), form: chance.between(0, forms.length) }
    const form = forms[last.form]
    if (form) agenda.after(last.at, () => void apply(world, form, number).then((each) => told.push(each)))
  }
  return count
}

function timeOf({ agenda, chance, edge }: World): number {
  const toEdge = edge - agenda.now + chance.between(-3_000, 1_000)
  const isAtEdge = chance.happens(0.3) && toEdge > 0 && toEdge < ROUGH_MS - MINUTE_MS
  return isAtEdge ? toEdge : chance.between(0, ROUGH_MS - MINUTE_MS)
}

/** What people of the organisation do meanwhile. */
function comeChanges(world: World, forms: readonly Form[]) {
  const { agenda, chance } = world
  const later = (run: () => void) => agenda.after(chance.between(0, ROUGH_MS), run)
  for (const form of forms) {
    if (chance.happens(0.3)) later(() => editForm(world, form))
    if (chance.happens(0.1)) later(() => closeForm(world, form))
  }
  const orgId = forms[0]?.orgId
  if (orgId && chance.happens(0.15)) later(() => deleteOrganization(world, orgId, forms))
}

/** Once a minute, but for the minute that is left out and the one that comes twice. */
function comeSweeps(world: World, end: number) {
  if (world.without === 'sweep') return
  for (let at = world.agenda.now + world.chance.between(0, MINUTE_MS); at < end; at += MINUTE_MS) {
    if (world.goesWrong('sweepSkipped')) continue
    const times = world.goesWrong('sweepDoubled') ? 2 : 1
    for (let time = 0; time < times; time++)
      world.agenda.after(at - world.agenda.now + world.chance.between(0, 50), () => void world.sweep())
  }
}

/** With nothing going wrong any more, sweeps until no work is left. */
async function finish(world: World, isAnswered: () => boolean) {
  for (let sweeps = 0; sweeps < SWEEPS_MAX; sweeps++) {
    if (world.without !== 'sweep') void world.sweep()
    await world.agenda.runUntil(world.agenda.now + MINUTE_MS)
    const [left] = world.storage.read(
      `select count(*) as n, min(at) as at from (
        select max(next_try_at, lease_until) as at from deliveries where state = 'pending'
        union all select summary_due_at from forms where summary_due_at is not null)`,
    )
    const waiting = Number(left?.n ?? 0)
    if (waiting === 0 && world.isIdle && isAnswered()) return
    if (world.without === 'sweep' && sweeps > 30) return
    // Nothing else comes until the next try is due.
    if (waiting > 0 && world.isIdle && isAnswered())
      await world.agenda.runUntil(Math.max(world.agenda.now, Number(left?.at)))
  }
}
