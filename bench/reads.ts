import { PAGE_READS } from '#worker/testing/page-reads.ts'
import { startCounted } from './counted/server.ts'
import { Client } from './http.ts'
import type { Bench } from './rig.ts'
import { number } from './targets.ts'

/** One line per query: the rows that its second page reads in the small and in the large directory, of 50 rows each. */
export async function pageReads(bench: Bench, freePort: () => Promise<number>): Promise<string[]> {
  const small = await readsIn(bench, 'small', await freePort())
  const large = await readsIn(bench, 'large', await freePort())
  return PAGE_READS.map(([query, most]) => {
    const cell = (read: number, bound: number) =>
      `${number(read).padStart(7)} of ${number(bound).padStart(6)} ${read <= bound ? 'ok    ' : 'MISSED'}`
    return `${query.padEnd(44)} ${cell(small.get(query) ?? Number.NaN, most.small)}   ${cell(large.get(query) ?? Number.NaN, most.large)}`
  })
}

async function readsIn(bench: Bench, state: 'small' | 'large', port: number) {
  const counted = await startCounted(port, bench.dataDir, state)
  const client = new Client(counted.url, 1, { Origin: counted.origin, Cookie: bench.owner.cookie })
  const reads = new Map<string, number>()
  for (const [query] of PAGE_READS) {
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
