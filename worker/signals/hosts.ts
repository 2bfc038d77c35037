import { normalDomain } from '#worker/partners/domain.ts'
import { isPublicAddress } from './addresses.ts'
import { type Asking, ask, discard, Forbidden, type Request, Unanswered } from './fetching.ts'
import { isLookedUp } from './reserved.ts'
import { lookUp } from './resolver.ts'

const REDIRECTS_MAX = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Whether a name can be asked for at all: registrable, and promised to nobody. */
export const isPublicName = async (name: string) => isLookedUp(name) && (await normalDomain(name)) !== null

/** No address is known for a name: nothing answers there, which is a fact and no failure. */
export class Nowhere extends Unanswered {
  override readonly name = 'Nowhere'
}

export interface Arrival {
  readonly url: URL
  readonly response: Response
}

/**
 * The one way out to hosts that somebody else has named. For one check: what it learnt of a host holds as long.
 *
 * The network of a deployment routes nothing private, either; this is what keeps a name that points inside, in any
 * spelling, from being asked at all.
 */
export class Door {
  readonly #asking: Asking
  readonly #checked = new Map<string, Promise<void>>()

  constructor(asking: Asking) {
    this.#asking = asking
  }

  /**
   * One request.
   * @throws Forbidden for anything but a public host over plain http or https; Nowhere; Unanswered
   */
  async open(url: URL, request: Request): Promise<Response> {
    await this.check(url)
    return ask(url.href, request, this.#asking)
  }

  /**
   * Follows redirects, each checked as the first address is; `before` may refuse one, too.
   * @throws as `open`
   */
  async follow(
    start: URL,
    request: Request,
    before: (url: URL) => Promise<void> = async () => undefined,
  ): Promise<Arrival> {
    let url = start
    for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      await this.check(url)
      await before(url)
      const response = await ask(url.href, request, this.#asking)
      if (!REDIRECTS.has(response.status)) return { url, response }
      discard(response)
      const next = URL.parse(response.headers.get('Location') ?? '', url)
      if (!next) throw new Unanswered()
      url = next
    }
    throw new Unanswered()
  }

  /** @throws Forbidden, Nowhere, Unanswered */
  async check({ protocol, port, username, password, hostname }: URL) {
    if ((protocol !== 'https:' && protocol !== 'http:') || port !== '' || username !== '' || password !== '')
      throw new Forbidden()
    const known = this.#checked.get(hostname)
    if (known) return known
    const checking = this.#checkHost(hostname)
    this.#checked.set(hostname, checking)
    return checking
  }

  async #checkHost(host: string) {
    if (!(await isPublicName(host))) throw new Forbidden()
    const found = await Promise.all([lookUp(host, 'A', this.#asking), lookUp(host, 'AAAA', this.#asking)])
    const addresses = found.flat()
    if (addresses.length === 0) throw new Nowhere()
    if (!addresses.every(isPublicAddress)) throw new Forbidden()
  }
}
