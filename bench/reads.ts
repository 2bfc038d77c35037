import { startCounted } from './counted/server.ts'
import { Client } from './http.ts'
import type { Bench } from './rig.ts'
import { number } from './targets.ts'

/** A page by name, of everybody or of one value of one filter: 1.5 x its 50 rows + 20. */
const BY_NAME = { small: 95, large: 95 }
/** Any other filters and orders. */
const ANY = { small: 2_500, large: 10_000 }

const QUERIES: readonly (readonly [query: string, most: typeof ANY])[] = [
  ['sort=name', BY_NAME],
  ['type=channel', BY_NAME],
  ['tier=none', BY_NAME],
  ['region=anz', BY_NAME],
  ['manager=none', BY_NAME],
  ['fit=high', BY_NAME],
  ['type=channel&type=referral', ANY],
  ['region=dach&stage=dormant', ANY],
  ['region=anz&tag=pilot', ANY],
  ['tag=strategic&tag=event', ANY],
  ['sort=-fit', ANY],
  ['sort=tier', ANY],
  ['sort=-updatedAt', ANY],
  ['type=channel&sort=-fit', ANY],
  ['fit=high&region=dach&sort=-createdAt', ANY],
  ['created=this-month', ANY],
  ['manager=none&region=global&stage=strategic', ANY],
]

/** One line per query: the rows that its second page reads in the small and in the large directory, of 50 rows each. */
export async function pageReads(bench: Bench, freePort: () => Promise<number>): Promise<string[]> {
  const small = await readsIn(bench, 'small', await freePort())
  const large = await readsIn(bench, 'large', await freePort())
  return QUERIES.map(([query, most]) => {
    const cell = (read: number, bound: number) =>
      `${number(read).padStart(7)} of ${number(bound).padStart(6)} ${read <= bound ? 'ok    ' : 'MISSED'}`
    return `${query.padEnd(44)} ${cell(small.get(query) ?? Number.NaN, most.small)}   ${cell(large.get(query) ?? Number.NaN, most.large)}`
  })
}

async function readsIn(bench: Bench, state: 'small' | 'large', port: number) {
  const counted = await startCounted(port, bench.dataDir, state)
  const client = new Client(counted.url, 1, { Origin: counted.origin, Cookie: bench.owner.cookie })
  const reads = new Map<string, number>()
  for (const [query] of QUERIES) {
    const path = `/api/partners?limit=50&${query}`
    const first = await client.expect({ method: 'GET', path })
    const { nextCursor } = JSON.parse(first.text)
    await counted.counts()
    await client.expect({ method: 'GET', path: nextCursor === null ? path : `${path}&cursor=${nextCursor}` })
    reads.set(query, (await counted.counts()).fetch.rowsRead)
  }
  client.close()
  await counted.stop()
  return reads
}
