import { ACCOUNT_LETTERS } from '#worker/auth/letters.ts'
import { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import type { Env } from '#worker/env.ts'
import { deleteStrays } from '#worker/files/job.ts'
import { logFor } from '#worker/http/log.ts'
import { deliver } from '#worker/notifications/job.ts'
import { scorePartners } from '#worker/scoring/job.ts'
import { checkDomains, type DuePartner } from '#worker/signals/job.ts'
import { recordDeadLetters } from './dead-letters.ts'
import { JobMessage } from './schema.ts'

/** Partners that one scoring run takes. */
const RUN_MAX = 100
/** Domains that are looked up at once. */
const CHECKS_MAX = 4
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
  for (const some of chunks(refs, RUN_MAX)) await scorePartners(db, some, now(), log)
  const checks = jobs.flatMap((job) =>
    job.kind === 'check-domains' ? job.domains.map((domain) => ({ orgId: job.orgId, domain })) : [],
  )
  for (const some of chunks(checks, CHECKS_MAX))
    await announceScores(env, jobs, await checkDomains(env, db, some, now(), log))
  const mails = jobs.flatMap((job) => (job.kind === 'deliver' ? job.deliveryIds : []))
  if (jobs.some(({ kind }) => kind === 'delete-files')) await deleteStrays(env, db, now(), log)
  if (mails.length > 0) await deliver(env, db, ACCOUNT_LETTERS, mails, now(), log)
}

const chunks = <T>(all: readonly T[], size: number) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))

/** Never fails the job that made them due: a message that is lost is found by the sweep. */
async function announceScores({ JOBS }: Env, jobs: readonly JobMessage[], due: readonly DuePartner[]) {
  const requestId = jobs[0]?.requestId ?? 'none'
  const messages = [...Map.groupBy(due, ({ orgId }) => orgId)].map(
    ([orgId, partners]): JobMessage => ({
      v: 1,
      requestId,
      kind: 'score-partners',
      orgId,
      partnerIds: partners.map(({ partnerId }) => partnerId),
    }),
  )
  try {
    for (const message of messages) await JOBS.send(message)
  } catch (error) {
    logFor(requestId)('announce_failed', { kind: 'score-partners', class: errorClass(error) })
  }
}
