import { sql } from 'drizzle-orm'
import { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import { dueFiles } from '#worker/files/job.ts'
import { deliveryNews, type News, queueFor } from '#worker/http/announce.ts'
import { logFor } from '#worker/http/log.ts'
import { run } from '#worker/jobs/consumer.ts'
import type { JobMessage } from '#worker/jobs/schema.ts'
import { dueDeliveries } from '#worker/notifications/commands.ts'
import { dueScores } from '#worker/scoring/job.ts'
import { dueChecks } from '#worker/signals/due.ts'
import { forgetSuspected } from '#worker/submissions/forget.ts'
import { dueSummaries } from '#worker/submissions/summaries.ts'

/** Most that one sweep announces; what is left comes a minute later. */
const SWEEP_MAX = 500
/** A night scores a hundred thousand partners in an hour, which is 1,700 a minute. */
const SCORES_MAX = 5_000
/** Work done at once in the sweep itself when the queue takes no messages. */
const INLINE_MAX = 20
const MESSAGE_MAX = 100
/** Domains of one sweep, and of one message: each is some twenty requests to the outside. */
const CHECKS_MAX = 100
const CHECKS_OF_MESSAGE = 10
const DAY_MS = 86_400_000

/**
 * Each minute: announces what is due in D1 and held by nobody, whose message was lost or whose time has come. Skipped or
 * doubled, it changes nothing: leases and states in D1 decide.
 */
export async function sweep(env: Env, now: () => number) {
  const requestId = newId('req')
  const db = new Database(env.DB, 'primary')
  const at = now()
  const [, , deliveries, partners, files, checks] = await db.batch([
    ...dueSummaries(requestId, at),
    dueDeliveries(at, SWEEP_MAX),
    dueScores(at, SCORES_MAX),
    dueFiles(at),
    dueChecks(at, CHECKS_MAX),
  ])
  const messages = [
    ...chunks(deliveries).flatMap(deliveryNews),
    ...byOrg(partners, MESSAGE_MAX).map(
      ([orgId, some]): News => ({ kind: 'score-partners', orgId, partnerIds: some.map(({ id }) => id) }),
    ),
    ...files.map((): News => ({ kind: 'delete-files' })),
    // Last, for where the sweep does the work itself: nothing else takes as long.
    ...byOrg(checks, CHECKS_OF_MESSAGE).map(
      ([orgId, some]): News => ({ kind: 'check-domains', orgId, domains: some.map(({ domain }) => domain) }),
    ),
  ].map((news): JobMessage => ({ v: 1, requestId, ...news }))
  await send(env, now, messages, requestId)
  await forget(db, at)
}

const chunks = <T>(all: readonly T[], size = MESSAGE_MAX) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))

const byOrg = <T extends { org_id: string }>(due: readonly T[], size: number) =>
  [...Map.groupBy(due, ({ org_id }) => org_id)].flatMap(([orgId, all]) =>
    chunks(all, size).map((some) => [orgId, some] as const),
  )

async function send(env: Env, now: () => number, messages: readonly JobMessage[], requestId: string) {
  if (messages.length === 0) return
  try {
    for (const [queue, all] of Map.groupBy(messages, ({ kind }) => queueFor(env, kind)))
      for (const some of chunks(all)) await queue.sendBatch(some.map((body) => ({ body })))
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
    ...forgetSuspected(now),
  ])
