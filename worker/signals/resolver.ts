import * as z from 'zod'
import { type Asking, ask, discard, readJson, Unanswered } from './fetching.ts'

/** The second is asked when the first gives no answer. */
const RESOLVERS = ['https://cloudflare-dns.com/dns-query', 'https://dns.google/resolve']
const TIMEOUT_MS = 3_000
const ANSWER_MAX = 65_536

/** RFC 1035, 3596, 8659. */
const TYPES = { A: 1, NS: 2, MX: 15, TXT: 16, AAAA: 28, CAA: 257 } as const
export type RecordType = keyof typeof TYPES

const NO_ERROR = 0
const NO_SUCH_NAME = 3

const Answer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional(),
})

/**
 * What DNS holds for a name, as text per record; none when the name does not exist or has no such record.
 * @throws Unanswered when no resolver could tell.
 */
export async function lookUp(name: string, type: RecordType, asking: Asking): Promise<string[]> {
  for (const resolver of RESOLVERS) {
    const found = await lookUpAt(resolver, name, type, asking)
    if (found) return found
  }
  throw new Unanswered()
}

async function lookUpAt(resolver: string, name: string, type: RecordType, asking: Asking) {
  try {
    const query = new URLSearchParams({ name, type })
    const response = await ask(
      `${resolver}?${query}`,
      { accept: 'application/dns-json', timeoutMs: TIMEOUT_MS },
      asking,
    )
    if (!response.ok) {
      discard(response)
      return null
    }
    const answer = Answer.safeParse(await readJson(response, ANSWER_MAX))
    if (!answer.success) return null
    const { Status, Answer: records = [] } = answer.data
    if (Status === NO_SUCH_NAME) return []
    if (Status !== NO_ERROR) return null
    // Names on the way to the answer, and signatures of it, come along.
    return records.filter((record) => record.type === TYPES[type]).map(({ data }) => data)
  } catch (error) {
    if (error instanceof Unanswered) return null
    throw error
  }
}
