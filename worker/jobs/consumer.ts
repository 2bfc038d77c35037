import { ACCOUNT_LETTERS } from '#worker/auth/letters.ts'
import { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import type { Env } from '#worker/env.ts'
import { deleteStrays } from '#worker/files/job.ts'
import { type News, queueFor } from '#worker/http/announce.ts'
import { logFor } from '#worker/http/log.ts'
import { claimAlike, claimDeliveries } from '#worker/notifications/commands.ts'
import { deliver, type Waiting } from '#worker/notifications/job.ts'
import type { Letters } from '#worker/notifications/letter.ts'
import { dueScoresOf, scorePartners } from '#worker/scoring/job.ts'
import type { DomainRef, DuePartner } from '#worker/signals/job.ts'
import { APPLICATION_LETTERS } from '#worker/submissions/letters.ts'
import { recordDeadLetters } from './dead-letters.ts'
import { JobMessage } from './schema.ts'

/** Partners that one scoring run takes. */
const RUN_MAX = 100
/** Partners that one message of a whole organisation hands out: 50 messages of 3.3 kB, of the 256 kB of a call. */
const SPREAD_MAX = 5_000
/** Domains that are looked up at once. */
const CHECKS_MAX = 4
/** Domains of one message: each is some twenty requests to the outside. */
const CHECKS_OF_MESSAGE = 10
const RETRY_SECONDS_MAX = 300
/** The sweep comes as often. */
const REMIND_MS = 60_000
/** Every purpose that a delivery may have. */
const LETTERS: Letters = { ...ACCOUNT_LETTERS, ...APPLICATION_LETTERS }
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
  for (const some of chunks(refs, RUN_MAX))
    await announce(env, jobs, checkNews(await scorePartners(db, some, now(), log)))
  for (const job of jobs) if (job.kind === 'score-due') await spread(env, db, job, now())
  const checks = jobs.flatMap((job) =>
    job.kind === 'check-domains' ? job.domains.map((domain) => ({ orgId: job.orgId, domain })) : [],
  )
  if (checks.length > 0) {
    // Much code that few calls need, so that a cold start need not read it.
    const { checkDomains } = await import('#worker/signals/job.ts')
    for (const some of chunks(checks, CHECKS_MAX))
      await announce(env, jobs, scoreNews(await checkDomains(env, db, some, now(), log)))
  }
  if (jobs.some(({ kind }) => kind === 'delete-files')) await deleteStrays(env, db, now(), log)
  for (const claim of claims(jobs))
    await remind(env, jobs, await deliver(env, db, LETTERS, claim(now()), now(), log), now())
}

/** Those that are handed out singly are taken together; what stands for many is taken by itself, with all of them. */
function claims(jobs: readonly JobMessage[]) {
  const told = jobs.flatMap((job) => (job.kind === 'deliver' || job.kind === 'deliver-slack' ? [job] : []))
  const idsOf = (some: typeof told = []) => some.flatMap(({ deliveryIds }) => deliveryIds)
  const ids = idsOf(told.filter(({ many }) => !many))
  return [
    ...(ids.length > 0 ? [(now: number) => claimDeliveries(ids, now)] : []),
    ...idsOf(told.filter(({ many }) => many)).map((id) => (now: number) => claimAlike(id, now)),
  ]
}

/** Whose turn comes soon is told of then, in one message for all of one time; what waits longer is found by the sweep. */
async function remind(env: Env, jobs: readonly JobMessage[], waiting: readonly Waiting[], now: number) {
  const soon = waiting.filter(({ until }) => until - now <= REMIND_MS)
  for (const [until, some] of Map.groupBy(soon, (each) => each.until)) {
    const delaySeconds = Math.max(1, Math.ceil((until - now) / 1_000))
    const news: News = { kind: 'deliver-slack', deliveryIds: some.map(({ id }) => id) }
    await announce(env, jobs, [news], { delaySeconds })
  }
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

const chunks = <T>(all: readonly T[], size: number) =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))

const byOrg = <T extends { orgId: string }>(all: readonly T[]) => [...Map.groupBy(all, ({ orgId }) => orgId)]

const checkNews = (refs: readonly DomainRef[]) =>
  byOrg(refs).flatMap(([orgId, some]) =>
    chunks(some, CHECKS_OF_MESSAGE).map(
      (few): News => ({ kind: 'check-domains', orgId, domains: few.map(({ domain }) => domain) }),
    ),
  )
const scoreNews = (due: readonly DuePartner[]) =>
  byOrg(due).map(
    ([orgId, some]): News => ({
      kind: 'score-partners',
      orgId,
      partnerIds: some.map(({ partnerId }) => partnerId),
    }),
  )

/** Says what a job made due. Never fails that job: a message that is lost is found by the sweep. */
async function announce(
  env: Env,
  jobs: readonly JobMessage[],
  all: readonly News[],
  options?: QueueSendOptions,
) {
  const requestId = jobs[0]?.requestId ?? 'none'
  for (const news of all)
    try {
      await queueFor(env, news.kind).send({ v: 1, requestId, ...news }, options)
    } catch (error) {
      logFor(requestId)('announce_failed', { kind: news.kind, class: errorClass(error) })
    }
}
