import { ABSENT, factOf, type Looked, listOf, UNKNOWN } from './facts.ts'
import { type Asking, discard, readBytes, Unanswered } from './fetching.ts'
import { type Arrival, Door, Nowhere } from './hosts.ts'
import { type Found, fetchIcon } from './icon.ts'
import { careersPage, partnerPage, pricingPage } from './links.ts'
import { organizationIn } from './organization.ts'
import { type Page, readPage } from './page.ts'
import { mayFetch } from './robots.ts'
import type { Fact, WebsiteFacts } from './schema.ts'
import { technologiesInScripts } from './technologies.ts'
import { decodePage } from './text.ts'

const PAGE_MAX = 524_288
const ROBOTS_MAX = 524_288
const TIMEOUT_MS = 5_000
const HTML = { accept: 'text/html,application/xhtml+xml;q=0.9', timeoutMs: TIMEOUT_MS }
const PLAIN = { accept: 'text/plain', timeoutMs: TIMEOUT_MS }

/** All facts alike. */
const every = (fact: { state: 'absent' } | { state: 'unknown' }): WebsiteFacts => ({
  url: fact,
  https: fact,
  title: fact,
  description: fact,
  languages: fact,
  organization: fact,
  technologies: fact,
  partnerPage: fact,
  careersPage: fact,
  pricingPage: fact,
  logo: fact,
})

/** Where there is an icon, the logo is absent from the facts until it is stored and has a key. */
export interface LookedAtWebsite extends Looked<WebsiteFacts> {
  readonly icon: Found | null
}

/** The site asks robots not to come: that is respected, and no other try will change it. */
class Unwelcome extends Unanswered {
  override readonly name = 'Unwelcome'
}

/** What the home page of a domain tells about its company. */
export async function lookUpWebsite(domain: string, asking: Asking): Promise<LookedAtWebsite> {
  const visit = new Visit(new Door(asking))
  try {
    return await visit.home(domain)
  } catch (error) {
    if (error instanceof Nowhere) return { facts: every(ABSENT), failed: false, icon: null }
    if (!(error instanceof Unanswered)) throw error
    return { facts: every(UNKNOWN), failed: !(error instanceof Unwelcome), icon: null }
  }
}

class Visit {
  readonly #door: Door
  readonly #robots = new Map<string, Promise<string | null>>()

  constructor(door: Door) {
    this.#door = door
  }

  async home(domain: string): Promise<LookedAtWebsite> {
    const { url, response } = await this.#arrive(domain)
    const said = response.headers.get('Content-Type')
    if (!response.ok) {
      // Turned away, or broken: neither says anything of the company.
      discard(response)
      throw new Unanswered()
    }
    const reached = { url: factOf(url.href), https: factOf(url.protocol === 'https:') }
    if (said && !/^\s*(?:text\/html|application\/xhtml\+xml)/i.test(said)) {
      discard(response)
      return { facts: { ...every(ABSENT), ...reached }, failed: false, icon: null }
    }
    const { bytes, cut } = await readBytes(response, PAGE_MAX)
    const page = await readPage(decodePage(bytes, said), url)
    const icon = await fetchIcon(this.#door, page.icons, (to) => this.#welcome(to))
    return { facts: { ...reached, ...factsOf(page, domain, cut), logo: ABSENT }, failed: false, icon }
  }

  /** By https where it answers, else by http; by the name with www where the bare one leads nowhere. */
  async #arrive(domain: string): Promise<Arrival> {
    try {
      return await this.#knock(domain)
    } catch (error) {
      if (!(error instanceof Nowhere)) throw error
      return this.#knock(`www.${domain}`)
    }
  }

  async #knock(host: string): Promise<Arrival> {
    const welcome = (url: URL) => this.#welcome(url)
    try {
      return await this.#door.follow(new URL(`https://${host}/`), HTML, welcome)
    } catch (error) {
      if (error instanceof Nowhere || error instanceof Unwelcome || !(error instanceof Unanswered))
        throw error
      return this.#door.follow(new URL(`http://${host}/`), HTML, welcome)
    }
  }

  /** @throws Unwelcome */
  async #welcome(url: URL) {
    const known = this.#robots.get(url.origin) ?? this.#readRobots(url)
    this.#robots.set(url.origin, known)
    const robots = await known
    if (robots !== null && !mayFetch(robots, `${url.pathname}${url.search}`)) throw new Unwelcome()
  }

  /**
   * Null when there are no rules. RFC 9309: where the server is broken, nothing may be fetched, and where it only refuses
   * the rules, everything may.
   */
  async #readRobots(url: URL): Promise<string | null> {
    const { response } = await this.#door.follow(new URL('/robots.txt', url), PLAIN)
    if (response.ok) return new TextDecoder().decode((await readBytes(response, ROBOTS_MAX)).bytes)
    discard(response)
    if (response.status >= 500 || response.status === 429) throw new Unanswered()
    return null
  }
}

type PageFacts = Omit<WebsiteFacts, 'url' | 'https' | 'logo'>

/** Of a page that was cut off, what was not seen may stand in the rest. */
function factsOf(page: Page, domain: string, cut: boolean): PageFacts {
  const seen = <T>(fact: Fact<T>): Fact<T> => (cut && fact.state === 'absent' ? UNKNOWN : fact)
  return {
    title: seen(factOf(page.title)),
    description: seen(factOf(page.description)),
    languages: seen(listOf(languagesOf(page))),
    organization: seen(factOf(organizationIn(page.linkedData))),
    technologies: seen(listOf(technologiesInScripts(page.scripts))),
    partnerPage: seen(factOf(partnerPage(page.links, domain))),
    careersPage: seen(factOf(careersPage(page.links, domain))),
    pricingPage: seen(factOf(pricingPage(page.links, domain))),
  }
}

const LANGUAGES_MAX = 50
const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i

const languagesOf = ({ languages }: Page) => [
  ...new Set(languages.flatMap((tag) => canonicalOf(tag.replaceAll('_', '-')) ?? []).slice(0, LANGUAGES_MAX)),
]

function canonicalOf(tag: string): string | undefined {
  if (!TAG.test(tag) || tag.length > 35) return undefined
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}
