import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Call {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  body?: unknown
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Calls one server over so many kept connections, as one browser or many at once would. */
export class Client {
  readonly #url: string
  readonly #agent: Agent
  readonly #headers: Record<string, string>

  constructor(url: string, connections: number, headers: Record<string, string> = {}) {
    this.#url = url
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
    this.#headers = headers
  }

  call({ method, path, body, headers }: Call): Promise<Answer> {
    const sent = body === undefined ? undefined : JSON.stringify(body)
    const all = { ...this.#headers, ...headers, ...(sent && { 'Content-Type': 'application/json' }) }
    return new Promise((resolve, reject) => {
      const outgoing = request(this.#url + path, { method, headers: all, agent: this.#agent }, (incoming) => {
        const parts: Buffer[] = []
        incoming.on('data', (part: Buffer) => parts.push(part))
        incoming.once('error', reject)
        incoming.once('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(parts).toString(),
          }),
        )
      })
      outgoing.once('error', reject)
      outgoing.end(sent)
    })
  }

  /** @throws unless the answer is a success: a figure of failures would be a figure of nothing. */
  async expect(call: Call): Promise<Answer> {
    const answer = await this.call(call)
    if (answer.status >= 400) throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.text}`)
    return answer
  }

  close() {
    this.#agent.destroy()
  }
}

let callers = 0
/** A caller that no limit has counted yet. */
export const newCaller = () => {
  const at = ++callers
  return `2001:db8:${(at >>> 16).toString(16)}:${(at & 0xffff).toString(16)}::1`
}
