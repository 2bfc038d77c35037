import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayAct } from '#worker/auth/terms.ts'
import { newId, type Prefix } from '#worker/db/ids.ts'
import { keyOf, type RouteEntry } from '#worker/http/registry.ts'
import { REGISTRY } from '#worker/registry.ts'
import { changedTables, dump } from './dump.ts'
import { TestWorker } from './harness.ts'
import { address } from './people.ts'
import { type Example, exampleFor } from './world/examples.ts'
import { counterpart, type Ids, type Login, newSide, type PersonName } from './world/side.ts'
import { cookieFor, expiredCookieFor, idsOf, newWorld, type World } from './world/world.ts'

/** Routes that hash passwords take 0.1 s a cell, and more on a busy machine. */
const PASSWORDS_MS = 30_000

const worker = new TestWorker()
let world: World
let untouched: Map<string, string>
let cells = 0

beforeAll(async () => {
  world = await newWorld()
  untouched = await dump()
})
afterAll(() => console.info(`Authorisation matrix: ${cells} cells over ${REGISTRY.size} routes.`))

/** Who asks: with whose session, and for whose rows. */
interface Asker {
  readonly name: string
  readonly person: PersonName
  readonly session: 'none' | 'live' | 'expired'
  readonly from?: 'b'
}
const ASKERS: readonly Asker[] = [
  { name: 'nobody', person: 'owner', session: 'none' },
  { name: 'somebody whose session has expired', person: 'owner', session: 'expired' },
  { name: 'a contact', person: 'contact', session: 'live' },
  { name: 'a contact of another partner', person: 'otherContact', session: 'live' },
  { name: 'a viewer', person: 'viewer', session: 'live' },
  { name: 'a manager', person: 'manager', session: 'live' },
  { name: 'an admin', person: 'admin', session: 'live' },
  { name: 'an owner', person: 'owner', session: 'live' },
  { name: 'an admin of another organisation', person: 'admin', session: 'live', from: 'b' },
]

/** The status of a refusal, or null for an answer. */
function refusalOf({ who, path }: RouteEntry, { person, session, from }: Asker): number | null {
  if (who === 'anyone') return null
  if (session !== 'live') return 401
  const foreign = from === 'b' && path.includes(':')
  if (who === 'user') return foreign ? 404 : null
  if (person === 'contact' || person === 'otherContact' || person === 'target') return 403
  if (!mayAct(person, who)) return 403
  return foreign ? 404 : null
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly changed: readonly string[]
}

/** One cell: the request, its answer, and the tables that it changed; afterwards the world is as it was. */
async function ask(method: string, { path, body }: Example, cookie: string): Promise<Answer> {
  cells++
  const headers = { 'CF-Connecting-IP': address() }
  const response = await worker.request(method, path, {
    headers,
    cookie,
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  const changed = changedTables(untouched, await dump())
  if (changed.length > 0) await world.reset()
  return { status: response.status, text, changed: changed.filter((table) => table !== 'limits') }
}

const marksIn = (text: string, ...marks: readonly string[]) =>
  marks.filter((mark) => text.toLowerCase().includes(mark.toLowerCase()))

/** What the person may never read: the other organisation; a contact, besides, the other partner. */
function foreignMarks({ who, body, path }: RouteEntry, { person, session, from }: Asker): string[] {
  const { a, b } = world
  // A form is there for everybody to read; each asker opens the same one.
  if (who === 'anyone' && path.includes(':slug')) return [b.mark]
  const [own, other] = from === 'b' ? [b, a] : [a, b]
  // A password or a link's token in the body says whose one is.
  const proved = who === 'anyone' && body !== undefined
  if (session !== 'live') return proved ? [other.mark] : [own.mark, other.mark]
  if (person === 'contact') return [other.mark, `${own.mark}-two`]
  return person === 'otherContact' ? [other.mark, `${own.mark}-one`] : [other.mark]
}

const sideOf = ({ from }: Asker) => (from === 'b' ? world.b : world.a)
async function cookieOf(asker: Asker) {
  const login = sideOf(asker).people[asker.person]
  if (asker.session === 'none') return ''
  return asker.session === 'live' ? cookieFor(worker, login) : expiredCookieFor(worker, login)
}

const isWrite = ({ changes }: RouteEntry) => changes.some((table) => table !== 'limits')

/** What is wrong with the answer that this person gets, as sentences. */
async function faultsOf(entry: RouteEntry, asker: Asker): Promise<string[]> {
  const side = sideOf(asker)
  const own = exampleFor(entry, side, side.people[asker.person])
  // One who asks for another organisation's rows names them in the path; the body is their own and correct.
  const theirs = exampleFor(entry, world.a, world.a.people.owner)
  const foreign = entry.path.includes(':') && asker.from === 'b'
  // What anybody may call belongs to its path: there is no body of one's own for it.
  const example = foreign ? (entry.who === 'anyone' ? theirs : { ...own, path: theirs.path }) : own
  const cookie = await cookieOf(asker)
  const { status, text, changed } = await ask(entry.method, example, cookie)
  const refusal = refusalOf(entry, asker)
  const faults = [
    ...marksIn(text, ...foreignMarks(entry, asker)).map((mark) => `reads ${mark}`),
    ...(refusal === null
      ? faultsOfAnswer(entry, status, changed)
      : faultsOfRefusal(refusal, status, changed)),
  ]
  if (entry.body && (refusal === 401 || refusal === 403)) {
    // Whether the body is right is for those to know who may send it.
    const broken = await ask(entry.method, { path: example.path, body: { surprise: 1 } }, cookie)
    faults.push(...faultsOfRefusal(refusal, broken.status, broken.changed))
  }
  return faults.map((fault) => `${asker.name} ${fault}`)
}

const faultsOfRefusal = (refusal: number, status: number, changed: readonly string[]) => [
  ...(status === refusal ? [] : [`is answered ${status} instead of ${refusal}`]),
  ...changed.map((table) => `changes ${table} and may not`),
]

const faultsOfAnswer = (entry: RouteEntry, status: number, changed: readonly string[]) => [
  ...(status < 400 ? [] : [`is answered ${status}`]),
  ...changed.filter((table) => !entry.changes.includes(table)).map((table) => `changes ${table} unannounced`),
  ...(isWrite(entry) && changed.length === 0 ? ['changes nothing'] : []),
]

const ROUTES = [...REGISTRY.values()].map((entry) => [keyOf(entry.method, entry.path), entry] as const)

test.each(ROUTES)(
  '%s answers whom it is for, and shows and changes only what is theirs',
  async (_, entry) => {
    const faults: string[] = []
    for (const asker of ASKERS) faults.push(...(await faultsOf(entry, asker)))
    expect(faults).toEqual([])
  },
  PASSWORDS_MS,
)

const ID = /\b[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}\b/g
const everyId = ({ path, body }: Example) => [
  ...new Set(`${path} ${JSON.stringify(body ?? null)}`.match(ID) ?? []),
]

/** The example with another id in the place of one of its own. */
const swapped = ({ path, body }: Example, from: string, to: string): Example => ({
  path: path.replaceAll(from, to),
  ...(body === undefined
    ? {}
    : { body: body instanceof Uint8Array ? body : JSON.parse(JSON.stringify(body).replaceAll(from, to)) }),
})

const probe = newSide('probe')
const NAMING = ROUTES.filter(([, entry]) => everyId(exampleFor(entry, probe, probe.people.owner)).length > 0)

/** Ids that exist and are not this person's: another organisation's, and a colleague's session. */
function foreignIds(id: string, own: Ids): string[] {
  const { a, b } = world
  const foreign = counterpart(id, own, idsOf(b, b.people.owner))
  return id === own.session ? [foreign, a.people.viewer.sessionId] : [foreign]
}

test.each(NAMING)('%s answers a foreign id as one that nobody has', async (_, entry) => {
  const { a, b } = world
  const login: Login = a.people.owner
  const own = idsOf(a, login)
  const example = exampleFor(entry, a, login)
  const cookie = await cookieFor(worker, login)
  for (const id of everyId(example)) {
    const unknown = newId(id.slice(0, 3) as Prefix)
    const expected = await ask(entry.method, swapped(example, id, unknown), cookie)
    if (example.path.split('?')[0]?.includes(id)) expect(expected.status).toBe(404)
    for (const foreign of foreignIds(id, own)) {
      const answer = await ask(entry.method, swapped(example, id, foreign), cookie)
      expect(marksIn(answer.text, b.mark)).toEqual([])
      expect({ ...answer, text: answer.text.replaceAll(foreign, unknown) }).toEqual(expected)
      expect(answer.changed).toEqual([])
    }
  }
})
