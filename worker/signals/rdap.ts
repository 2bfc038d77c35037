import * as z from 'zod'
import { registrationOf } from '#worker/partners/domain.ts'
import { factOf, type Looked, UNKNOWN } from './facts.ts'
import { type Asking, ask, discard, readJson, Unanswered } from './fetching.ts'
import { Door } from './hosts.ts'
import type { Fact, RdapFacts } from './schema.ts'

const BOOTSTRAP = 'https://data.iana.org/rdap/dns.json'
const BOOTSTRAP_MAX = 1_048_576
const ANSWER_MAX = 262_144
const TIMEOUT_MS = 5_000
const DAY_MS = 86_400_000
const TEXT_MAX = 200

const NOTHING: RdapFacts = { registeredAt: UNKNOWN, expiresAt: UNKNOWN, registrar: UNKNOWN }

/** RFC 9224: lists of top-level domains, each with the servers that know them. */
const Bootstrap = z.object({
  services: z.array(z.tuple([z.array(z.string()), z.array(z.string())]).rest(z.unknown())),
})

/** RFC 9083, as much of it as is read. */
const Registration = z.object({
  objectClassName: z.literal('domain'),
  events: z.array(z.looseObject({ eventAction: z.string(), eventDate: z.string() })).optional(),
  entities: z.array(z.looseObject({ roles: z.array(z.string()).optional() })).optional(),
})
type Registration = z.infer<typeof Registration>

const Card = z.tuple([z.literal('vcard'), z.array(z.tuple([z.string()]).rest(z.unknown()))])

/** Which server knows a top-level domain, kept for as long as the isolate lives, a day at most. */
let kept: { until: number; servers: ReadonlyMap<string, string> } | null = null

/**
 * Since when, until when and by whom a domain is registered. Whatever a registry answers but the registration itself tells
 * nothing: "not found" is what some of them say to those who ask too often.
 */
export async function lookUpRdap(domain: string, asking: Asking, now: number): Promise<Looked<RdapFacts>> {
  const registration = await registrationOf(domain)
  // Handed out by a hosting service: there is no registration of its own.
  if (!registration) return { facts: NOTHING, failed: false }
  try {
    const server = (await serversOf(asking, now)).get(registration.suffix)
    // No other try finds a server that there is not.
    if (server === undefined) return { facts: NOTHING, failed: false }
    const found = await registrationAt(server, registration.domain, asking)
    return found ? { facts: factsOf(found), failed: false } : { facts: NOTHING, failed: true }
  } catch (error) {
    if (error instanceof Unanswered) return { facts: NOTHING, failed: true }
    throw error
  }
}

async function serversOf(asking: Asking, now: number) {
  if (kept && now < kept.until) return kept.servers
  const response = await ask(BOOTSTRAP, { accept: 'application/json', timeoutMs: TIMEOUT_MS }, asking)
  if (!response.ok) {
    discard(response)
    throw new Unanswered()
  }
  const read = Bootstrap.safeParse(await readJson(response, BOOTSTRAP_MAX))
  if (!read.success) throw new Unanswered()
  const servers = new Map(
    read.data.services.flatMap(([suffixes, urls]) => {
      const url = urls.find((each) => each.startsWith('https://'))
      return url === undefined ? [] : suffixes.map((suffix) => [suffix.toLowerCase(), url] as const)
    }),
  )
  kept = { until: now + DAY_MS, servers }
  return servers
}

async function registrationAt(server: string, domain: string, asking: Asking): Promise<Registration | null> {
  const url = URL.parse(`domain/${domain}`, server.endsWith('/') ? server : `${server}/`)
  if (!url) return null
  const request = { accept: 'application/rdap+json', timeoutMs: TIMEOUT_MS }
  const { response } = await new Door(asking).follow(url, request)
  if (!response.ok) {
    discard(response)
    return null
  }
  const read = Registration.safeParse(await readJson(response, ANSWER_MAX))
  return read.success ? read.data : null
}

const factsOf = ({ events = [], entities = [] }: Registration): RdapFacts => {
  const dateOf = (action: string) =>
    dayFact(events.find(({ eventAction }) => eventAction.toLowerCase() === action)?.eventDate)
  const registrar = entities.find(({ roles = [] }) => roles.includes('registrar'))
  return {
    registeredAt: dateOf('registration'),
    expiresAt: dateOf('expiration'),
    registrar: factOf(registrar && nameOf(registrar)),
  }
}

function dayFact(text: string | undefined): Fact<string> {
  if (text === undefined) return factOf<string>(null)
  const at = Date.parse(text)
  return Number.isNaN(at) ? UNKNOWN : factOf(new Date(at).toISOString())
}

/** The formatted name of its card (RFC 7095), or its handle. */
function nameOf(entity: Record<string, unknown>) {
  const card = Card.safeParse(entity.vcardArray)
  const name = card.success ? card.data[1].find(([property]) => property === 'fn')?.[3] : entity.handle
  return typeof name === 'string' ? name.trim().slice(0, TEXT_MAX) : null
}
