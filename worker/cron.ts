import { sql } from 'drizzle-orm'
import { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import { dueFiles } from '#worker/files/job.ts'
import { logFor } from '#worker/http/log.ts'
import { run } from '#worker/jobs/consumer.ts'
import type { JobMessage } from '#worker/jobs/schema.ts'
import { dueDeliveries } from '#worker/notifications/commands.ts'
import { dueScores } from '#worker/scoring/job.ts'

/** Most that one sweep announces; what is left comes a minute later. */
const SWEEP_MAX = 500
/** A night scores a hundred thousand partners in an hour, which is 1,700 a minute. */
const SCORES_MAX = 5_000
/** Work done at once in the sweep itself when the queue takes no messages. */
const INLINE_MAX = 20
const MESSAGE_MAX = 100
const DAY_MS = 86_400_000

/**
 * Each minute: announces what is due in D1 and held by nobody, whose message was lost or whose time has come. Skipped or
 * doubled, it changes nothing: leases and states in D1 decide.
 */
export async function sweep(env: Env, now: () => number) {
  const requestId = newId('req')
  const db = new Database(env.DB, 'primary')
  const at = now()
  const [deliveries, partners, files] = await db.batch([
    dueDeliveries(at, SWEEP_MAX),
    dueScores(at, SCORES_MAX),
    dueFiles(at),
  ])
  const byOrg = Map.groupBy(partners, ({ org_id }) => org_id)
  const messages: JobMessage[] = [
    ...chunks(deliveries).map(
      (some): JobMessage => ({
        v: 1,
        requestId,
        kind: 'deliver',
        deliveryIds: some.map(({ id }) => id),
      }),
    ),
    ...[...byOrg].flatMap(([orgId, due]) =>
      chunks(due).map(
        (some): JobMessage => ({
          v: 1,
          requestId,
          kind: 'score-partners',
          orgId,
          partnerIds: some.map(({ id }) => id),
        }),
      ),
    ),
    ...files.map((): JobMessage => ({ v: 1, requestId, kind: 'delete-files' })),
  ]
  await send(env, now, messages, requestId)
  await forget(db, at)
}

const chunks = <T>(all: readonly T[]) =>
  Array.from({ length: Math.ceil(all.length / MESSAGE_MAX) }, (_, at) =>
    all.slice(at * MESSAGE_MAX, (at + 1) * MESSAGE_MAX),
  )

async function send(env: Env, now: () => number, messages: readonly JobMessage[], requestId: string) {
  if (messages.length === 0) return
  try {
    for (const some of chunks(messages)) await env.JOBS.sendBatch(some.map((body) => ({ body })))
  } catch {
    logFor(requestId)('sweep_inline', { messages: messages.length })
    for (const message of messages.slice(0, INLINE_MAX)) await runAlone(env, now, message)
  }
}

/** What fails waits for the next sweep; what comes after it does not. */
async function runAlone(env: Env, now: () => number, message: JobMessage) {
  try {
    await run(env, now, [message])
  } catch (error) {
    logFor(message.requestId)('job_failed', { kind: message.kind, class: errorClass(error) })
  }
}

/** Rows that nobody will ask for again. */
const forget = (db: Database, now: number) =>
  db.batch([
    change(sql`delete from limits where started_at < ${now - DAY_MS}`),
    change(sql`delete from sessions where expires_at < ${now}`),
    change(sql`delete from mail_links where expires_at < ${now - 30 * DAY_MS}`),
    change(
      sql`delete from deliveries where org_id is null and state <> 'pending' and created_at < ${now - 30 * DAY_MS}`,
    ),
    change(sql`delete from idempotency_keys where created_at < ${now - DAY_MS}`),
    change(sql`delete from bulk_edits where until < ${now}`),
  ])
