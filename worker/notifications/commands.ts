import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { newId } from '#worker/db/ids.ts'
import { among, build, change, rows, type Statement } from '#worker/db/statement.ts'
import { deliveries } from './table.ts'
import type { TryError } from './try.ts'

/** Longer than the slowest provider call, so that no second consumer takes a delivery that is under way. */
export const LEASE_MS = 60_000
/** How long after each failed try the next one comes; after the last of them the delivery has failed. Sums to a day. */
const RETRY_MS = [10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800].map(
  (seconds) => seconds * 1_000,
)

export interface NewDelivery {
  id?: string
  orgId: string | null
  purpose: string
  recipient: string
  requestId: string
  now: number
}

/** A mail that is due at once; goes into the batch of the change that causes it. */
export const queueMail = ({
  id,
  orgId,
  purpose,
  recipient,
  requestId,
  now,
}: NewDelivery): Statement<number> =>
  change(
    build.insert(deliveries).values({
      id: id ?? newId('dlv'),
      orgId,
      purpose,
      channel: 'email',
      recipient,
      state: 'pending',
      attempts: 0,
      nextTryAt: now,
      leaseUntil: 0,
      requestId,
      createdAt: now,
    }),
  )

const Claimed = z.object({
  id: z.string(),
  purpose: z.string(),
  recipient: z.string(),
  attempts: z.number(),
  request_id: z.string(),
})
export type ClaimedDelivery = z.infer<typeof Claimed>

/** Takes those of `ids` that are due and that nobody holds. Two consumers never get the same one. */
export const claimDeliveries = (db: Database, ids: readonly string[], now: number) =>
  db.run(
    rows(
      Claimed,
      sql`update deliveries set lease_until = ${now + LEASE_MS}, attempts = attempts + 1
        where id in ${among(ids)}
          and state = 'pending' and next_try_at <= ${now} and lease_until <= ${now}
        returning id, purpose, recipient, attempts, request_id`,
    ),
  )

/** What became of a try: done, or an error that may pass or will not. */
export interface Outcome {
  id: string
  attempts: number
  error: TryError | null
}

/** Tries for which the other side's own wish is enough; after them it waits for the schedule, too, or a day would not last. */
const WISHES = 6

/** Milliseconds until the next try; undefined after the last. */
function waitAfter(attempts: number, error: TryError | null) {
  const wait = RETRY_MS[attempts - 1]
  const wished = error?.waitMs
  if (wait === undefined || wished === undefined) return wait
  return attempts <= WISHES ? wished : Math.max(wait, wished)
}

/**
 * Records a whole batch of tries in one statement. A success counts whenever it comes; a failure only while no later try
 * is under way, whose lease it would end.
 */
export function recordOutcomes(db: Database, outcomes: readonly Outcome[], now: number) {
  const list = outcomes.map(({ id, attempts, error }) => {
    const wait = waitAfter(attempts, error)
    const over = error !== null && (error.final || wait === undefined)
    const state = error === null ? 'done' : over ? 'failed' : 'pending'
    return {
      id,
      attempts,
      state,
      error: error?.name ?? null,
      next: now + (wait ?? 0),
      done: error === null ? now : null,
    }
  })
  return db.run(
    change(
      sql`update deliveries set state = r.value ->> 'state', last_error = r.value ->> 'error',
          next_try_at = r.value ->> 'next', done_at = r.value ->> 'done', lease_until = 0
        from json_each(${JSON.stringify(list)}) r
        where deliveries.id = r.value ->> 'id' and deliveries.state = 'pending'
          and (r.value ->> 'state' = 'done' or deliveries.attempts = r.value ->> 'attempts')`,
    ),
  )
}

/** Lets go of deliveries whose turn has not come: that was no try. */
export const postpone = (
  db: Database,
  waiting: readonly { delivery: Pick<ClaimedDelivery, 'id' | 'attempts'>; until: number }[],
) =>
  db.run(
    change(
      sql`update deliveries set attempts = deliveries.attempts - 1, next_try_at = r.value ->> 'until', lease_until = 0
        from json_each(${JSON.stringify(waiting.map(({ delivery: { id, attempts }, until }) => ({ id, attempts, until })))}) r
        where deliveries.id = r.value ->> 'id' and deliveries.state = 'pending'
          and deliveries.attempts = r.value ->> 'attempts'`,
    ),
  )

const Due = z.object({ id: z.string(), channel: z.enum(['email', 'slack']) })
/** Deliveries that are due and that nobody holds: their message was lost, or their next try has come. */
export const dueDeliveries = (now: number, limit: number) =>
  rows(
    Due,
    sql`select id, channel from deliveries where state = 'pending' and next_try_at <= ${now} and lease_until <= ${now}
      order by next_try_at limit ${limit}`,
  )
