import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Asked, CONTROL, type Outside, type Zone } from '#worker/testing/outside/wire.ts'

const RESOLVERS = ['https://cloudflare-dns.com/dns-query', 'https://dns.google/resolve']
const TYPES: Record<string, number> = { A: 1, NS: 2, CNAME: 5, MX: 15, TXT: 16, AAAA: 28, CAA: 257 }
const NO_SUCH_NAME = 3
const ASKED_MAX = 20_000

const json = (value: unknown): Answer => ({
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
})

/** The registry of registries: of top-level domains, only these have a server. */
const BOOTSTRAP = json({
  services: [
    [
      ['com', 'net'],
      ['http://rdap.registry.com/', 'https://rdap.registry.com/v1/'],
    ],
    [['org'], ['https://rdap.registry.org']],
  ],
})

const REGISTRIES = ['rdap.registry.com', 'rdap.registry.org'].map(
  (name) => [name, { A: ['192.0.43.8'] }] as const,
)
const UNREACHABLE = 599
/** Takes every message for which it was told nothing else. */
const SLACK = 'https://hooks.slack.com'

/**
 * Stands in for every other site of the network, over real HTTP on the loopback address: resolvers, registries, web
 * sites, Slack and Turnstile, as they are published to it. Nothing leaves the machine; whatever was not published cannot be reached.
 */
export class Stand {
  readonly #answers = new Map<string, Answer>([['https://data.iana.org/rdap/dns.json', BOOTSTRAP]])
  readonly #zones = new Map<string, Zone>(REGISTRIES)
  readonly #asked: Asked[] = []
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  /** Does not keep the process from ending. */
  detach() {
    this.#server.unref()
    return this
  }

  /** Answers its address. */
  async start() {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const { port } = this.#server.address() as AddressInfo
    return { url: `http://127.0.0.1:${port}` }
  }

  stop() {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(String(request.headers['x-original-url'] ?? CONTROL), CONTROL)
    if (url.origin === CONTROL) return this.#control(request, response, url)
    const body = request.method === 'POST' ? { body: await textOf(request) } : {}
    if (this.#asked.length < ASKED_MAX)
      this.#asked.push({
        method: request.method ?? '',
        url: url.href,
        userAgent: request.headers['user-agent'] ?? '',
        ...body,
      })
    await send(response, this.#answers.get(url.href) ?? this.#resolve(url) ?? this.#elsewhere(url))
  }

  async #control(request: IncomingMessage, response: ServerResponse, url: URL) {
    if (request.method !== 'PUT') {
      const [about, by] = ['about', 'by'].map((name) => url.searchParams.get(name) ?? '')
      const asked = this.#asked.filter(
        (each) => each.url.includes(about ?? '') && each.userAgent.includes(by ?? ''),
      )
      return void response.end(JSON.stringify(asked))
    }
    const text = await textOf(request)
    const { answers = {}, zones = {} }: Outside = JSON.parse(text)
    for (const [at, answer] of Object.entries(answers)) this.#answers.set(at, answer)
    for (const [name, zone] of Object.entries(zones)) this.#zones.set(name, zone)
    response.writeHead(204).end()
  }

  #resolve({ origin, pathname, searchParams }: URL): Answer | undefined {
    if (!RESOLVERS.includes(`${origin}${pathname}`)) return undefined
    const [name, type] = [searchParams.get('name') ?? '', searchParams.get('type') ?? '']
    const zone = this.#zones.get(name)
    if (!zone && ![...this.#zones.keys()].some((known) => name.endsWith(`.${known}`))) return undefined
    const records = zone?.[type] ?? []
    return json({
      Status: zone ? 0 : NO_SUCH_NAME,
      Answer: records.map((data) => ({ name, type: TYPES[type], TTL: 300, data })),
    })
  }

  /** A site that is there has no such page; all others cannot be reached. */
  #elsewhere({ origin }: URL): Answer {
    if (origin === SLACK) return { body: 'ok' }
    const isThere = [...this.#answers.keys()].some((at) => at.startsWith(`${origin}/`))
    return { status: isThere || origin.includes('//rdap.registry.') ? 404 : UNREACHABLE }
  }
}

const textOf = (request: IncomingMessage) =>
  new Response(new ReadableStream({ start: (stream) => pour(request, stream) })).text()

const pour = (request: IncomingMessage, stream: ReadableStreamDefaultController<Uint8Array>) => {
  request.on('data', (chunk: Uint8Array) => stream.enqueue(chunk)).on('end', () => stream.close())
}

async function send(response: ServerResponse, { waits, breaks, ...answer }: Answer) {
  if (waits) await sleep(waits, undefined, { ref: false })
  const bytes = answer.base64 ? Buffer.from(answer.base64, 'base64') : Buffer.from(answer.body ?? '')
  if (breaks && bytes.length === 0) return void response.destroy()
  response.writeHead(answer.status ?? 200, answer.headers)
  if (breaks) response.write(bytes, () => response.destroy())
  else if (answer.upTo === undefined) response.end(bytes)
  else
    Readable.from(filled(bytes, answer.upTo))
      .on('error', () => undefined)
      .pipe(response)
}

const FILLER = Buffer.alloc(16_384, ' ')

function* filled(bytes: Buffer, upTo: number) {
  yield bytes
  for (let sent = bytes.length; sent < upTo; sent += FILLER.length) yield FILLER
}
