import type { Counted } from './counted/server.ts'
import { Client } from './http.ts'
import { pause, type Samples, samplesOf } from './measure.ts'
import type { Side } from './rig.ts'
import { newPartner, unusedName } from './works.ts'

const POLL_MS = 10
const BATCH = 100
const DEADLINE_MS = 60_000

/** From sending a new partner until a reading shows its score, asked for again and again. */
export async function scoreVisible({ url, headers }: Side, rounds: number): Promise<Samples> {
  const client = new Client(url, 1, headers)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    const { id } = JSON.parse((await client.expect(newPartner(unusedName()))).text)
    for (;;) {
      const { text } = await client.expect({ method: 'GET', path: `/api/partners/${id}` })
      if (JSON.parse(text).fitState !== 'pending') break
      if (performance.now() - start > DEADLINE_MS) throw new Error('A score did not come.')
      await pause(POLL_MS)
    }
    times.push(performance.now() - start)
  }
  client.close()
  return samplesOf(times)
}

export interface ScoringRun {
  partners: number
  /** From the first message to the last score. */
  ms: number
  /** From the statement that made them due to the last score. */
  recomputeMs: number
  roundTripsPerBatch: number
  rowsRead: number
  rowsWritten: number
}

/** Makes partners of the organisation due by one statement, announces them a hundred to a message, and waits for the last. */
export async function scoreAgain(counted: Counted, orgId: string, partners: number): Promise<ScoringRun> {
  const db = await counted.d1()
  const { results } = await db
    .prepare('select id from partners where org_id = ? order by id limit ?')
    .bind(orgId, partners)
    .all<{ id: string }>()
  const ids = results.map(({ id }) => id)
  await counted.counts()
  const start = performance.now()
  await db
    .prepare(
      'update partners set input_version = input_version + 1, score_due_at = ? where org_id = ? and id <= ?',
    )
    .bind(Date.now(), orgId, ids.at(-1))
    .run()
  const announced = performance.now()
  const batches = Math.ceil(ids.length / BATCH)
  const messages = Array.from({ length: batches }, (_, at) => ({
    ...{ v: 1, requestId: 'req_bench', kind: 'score-partners', orgId },
    partnerIds: ids.slice(at * BATCH, (at + 1) * BATCH),
  }))
  // A call takes 256 kB.
  for (let at = 0; at < batches; at += 50) await counted.send(messages.slice(at, at + 50))
  const due = db.prepare('select count(*) as n from partners where score_due_at <= ?').bind(Date.now())
  while ((await due.first('n')) !== 0) {
    if (performance.now() - start > DEADLINE_MS) throw new Error('Scoring did not end.')
    await pause(POLL_MS)
  }
  const end = performance.now()
  const { queue } = await counted.counts()
  return {
    partners: ids.length,
    ms: end - announced,
    recomputeMs: end - start,
    roundTripsPerBatch: queue.roundTrips / batches,
    rowsRead: queue.rowsRead,
    rowsWritten: queue.rowsWritten,
  }
}
