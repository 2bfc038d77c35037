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

/** Alerts that are alike, of a minute or of one run, that are told of singly; more of them are one message. */
export const SINGLY_MAX = 10
/** Deliveries that one message tells of: their ids, should they have to wait, fit into one message of the queue. */
const GATHERED_MAX = 2_000
/** Due deliveries among which a sweep looks for those that are alike. */
const LOOKED_AT_MAX = 5_000

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
export const claimDeliveries = (ids: readonly string[], now: number) =>
  rows(
    Claimed,
    sql`update deliveries set lease_until = ${now + LEASE_MS}, attempts = attempts + 1
      where id in ${among(ids)}
        and state = 'pending' and next_try_at <= ${now} and lease_until <= ${now}
      returning id, purpose, recipient, attempts, request_id`,
  )

/** Takes all that are due and that nobody holds of the delivery's topic, to its recipient, the longest due first. */
export const claimAlike = (id: string, now: number) =>
  rows(
    Claimed,
    sql`update deliveries set lease_until = ${now + LEASE_MS}, attempts = attempts + 1
      where id in (select id from deliveries
        where state = 'pending' and next_try_at <= ${now} and lease_until <= ${now}
          and (topic, channel, recipient) in (select topic, channel, recipient from deliveries where id = ${id})
        order by next_try_at limit ${GATHERED_MAX})
      returning id, purpose, recipient, attempts, request_id`,
  )

/** What became of a try: done, or an error that may pass or will not. A digest is one try of several deliveries. */
export interface Outcome {
  deliveries: readonly Pick<ClaimedDelivery, 'id' | 'attempts'>[]
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
  const list = outcomes.flatMap(({ deliveries: told, error }) =>
    told.map(({ id, attempts }) => {
      const wait = waitAfter(attempts, error)
      const over = error !== null && (error.final || wait === undefined)
      return {
        id,
        attempts,
        state: error === null ? 'done' : over ? 'failed' : 'pending',
        error: error?.name ?? null,
        next: now + (wait ?? 0),
        done: error === null ? now : null,
        of: told.length > 1 ? told.length : null,
      }
    }),
  )
  return db.run(
    change(
      sql`update deliveries set state = r.value ->> 'state', last_error = r.value ->> 'error',
          next_try_at = r.value ->> 'next', done_at = r.value ->> 'done', digest_of = r.value ->> 'of', lease_until = 0
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

const Due = z.object({
  id: z.string(),
  channel: z.enum(['email', 'slack']),
  /** It stands for all that are alike, which are too many to be told of singly. */
  many: z.number(),
})
/**
 * Deliveries that are due and that nobody holds: their message was lost, their next try has come, or there were so many
 * that none was sent.
 */
export const dueDeliveries = (now: number, limit: number) =>
  rows(
    Due,
    sql`select id, channel, count > ${SINGLY_MAX} as many from (
        select id, channel, next_try_at, min(id) over alike as first,
          iif(topic is null, 1, count(*) over alike) as count
        from (select id, channel, next_try_at, topic, recipient from deliveries
          where state = 'pending' and next_try_at <= ${now} and lease_until <= ${now}
          order by next_try_at limit ${LOOKED_AT_MAX})
        window alike as (partition by topic, channel, recipient))
      where count <= ${SINGLY_MAX} or id = first order by next_try_at limit ${limit}`,
  )
