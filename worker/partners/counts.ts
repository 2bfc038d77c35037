import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { rows } from '#worker/db/statement.ts'
import { type Counts, countKey } from './plan-query.ts'

const Counter = z.object({ facet: z.string(), key: z.string(), partners: z.number() })
type Counter = z.infer<typeof Counter>

/** All counters of an organisation: some sixty rows. */
export const readCounts = (orgId: string) =>
  rows(Counter, sql`select facet, key, partners from partner_counts c where c.org_id = ${orgId}`)

/** Organisations whose counters an isolate remembers. */
const MOST = 500
const remembered = new Map<string, Counts>()
const UNKNOWN: Counts = new Map()

/** The counters as they were read last, to choose an index by; a stale one costs time, never a wrong answer. */
export const knownCounts = (orgId: string): Counts => remembered.get(orgId) ?? UNKNOWN

export function remember(orgId: string, counters: readonly Counter[]) {
  remembered.delete(orgId)
  const [oldest] = remembered.keys()
  if (remembered.size >= MOST && oldest !== undefined) remembered.delete(oldest)
  remembered.set(orgId, new Map(counters.map(({ facet, key, partners }) => [countKey(facet, key), partners])))
}
