import { ACCOUNT_LETTERS } from '#worker/auth/letters.ts'
import { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import type { Env } from '#worker/env.ts'
import { deleteStrays } from '#worker/files/job.ts'
import { logFor } from '#worker/http/log.ts'
import { deliver } from '#worker/notifications/job.ts'
import { dueScoresOf, scorePartners } from '#worker/scoring/job.ts'
import { recordDeadLetters } from './dead-letters.ts'
import { JobMessage } from './schema.ts'

/** Partners that one scoring run takes. */
const RUN_MAX = 100
/** Partners that one message of a whole organisation hands out: 50 messages of 3.3 kB, of the 256 kB of a call. */
const SPREAD_MAX = 5_000
const RETRY_SECONDS_MAX = 300
const DEAD_QUEUE = 'entente-dead'

interface Hint {
  message: Message<unknown>
  job: JobMessage
}

/**
 * Settles every message on its own: what one cannot do never makes its neighbours run again. Messages of one kind run
 * together, because a hundred partners cost the round trips of one; only when that fails does each run by itself.
 */
export async function consume(batch: MessageBatch<unknown>, env: Env, now: () => number) {
  if (batch.queue.startsWith(DEAD_QUEUE)) return recordDeadLetters(batch, env, now())
  const hints = batch.messages.flatMap(readHint)
  const kinds = Map.groupBy(hints, ({ job }) => job.kind)
  await Promise.all([...kinds.values()].map((alike) => together(env, now, alike)))
}

/** A message that cannot be read says nothing that D1 does not say, too: the sweep does without it. */
function readHint(message: Message<unknown>): Hint[] {
  const job = JobMessage.safeParse(message.body)
  if (job.success) return [{ message, job: job.data }]
  logFor('none')('job_unreadable', { messageId: message.id })
  message.ack()
  return []
}

async function together(env: Env, now: () => number, hints: readonly Hint[]) {
  try {
    await run(
      env,
      now,
      hints.map(({ job }) => job),
    )
    for (const { message } of hints) message.ack()
  } catch (error) {
    if (hints.length === 1) for (const hint of hints) retryLater(hint, error)
    else await Promise.all(hints.map((hint) => together(env, now, [hint])))
  }
}

function retryLater({ message, job }: Hint, error: unknown) {
  logFor(job.requestId)('job_failed', { kind: job.kind, attempt: message.attempts, class: errorClass(error) })
  message.retry({ delaySeconds: Math.min(RETRY_SECONDS_MAX, 5 * 2 ** (message.attempts - 1)) })
}

/** Does what these jobs hint at; they are all of one kind. */
export async function run(env: Env, now: () => number, jobs: readonly JobMessage[]) {
  const db = new Database(env.DB, 'primary')
  const log = logFor([...new Set(jobs.map(({ requestId }) => requestId))].join(','))
  const refs = jobs.flatMap((job) =>
    job.kind === 'score-partners' ? job.partnerIds.map((partnerId) => ({ orgId: job.orgId, partnerId })) : [],
  )
  for (let at = 0; at < refs.length; at += RUN_MAX)
    await scorePartners(db, refs.slice(at, at + RUN_MAX), now(), log)
  for (const job of jobs) if (job.kind === 'score-due') await spread(env, db, job, now())
  const mails = jobs.flatMap((job) => (job.kind === 'deliver' ? job.deliveryIds : []))
  if (jobs.some(({ kind }) => kind === 'delete-files')) await deleteStrays(env, db, now(), log)
  if (mails.length > 0) await deliver(env, db, ACCOUNT_LETTERS, mails, now(), log)
}

/**
 * Hands out whoever is due in an organisation, a hundred partners to a message and not too many messages to a call; what
 * is left over goes on as a message of the same kind.
 */
async function spread(env: Env, db: Database, job: Extract<JobMessage, { kind: 'score-due' }>, now: number) {
  const { v, requestId, orgId } = job
  const due = await db.run(dueScoresOf(orgId, job.after, now, SPREAD_MAX))
  const runs = Array.from({ length: Math.ceil(due.length / RUN_MAX) }, (_, at): JobMessage => {
    const partnerIds = due.slice(at * RUN_MAX, (at + 1) * RUN_MAX).map(({ id }) => id)
    return { v, requestId, kind: 'score-partners', orgId, partnerIds }
  })
  const last = due.at(-1)
  const more: JobMessage[] = due.length === SPREAD_MAX && last ? [{ ...job, after: last.id }] : []
  const messages = [...runs, ...more]
  if (messages.length > 0) await env.JOBS.sendBatch(messages.map((body) => ({ body })))
}
