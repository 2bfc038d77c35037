import type { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import type { Env } from '#worker/env.ts'
import type { Log } from '#worker/http/log.ts'
import { type ClaimedDelivery, claimDeliveries, type Outcome, postpone } from './commands.ts'
import type { Letters, LetterWriter, Message, Post } from './letter.ts'
import { sendMail } from './mail.ts'
import { Recorder } from './recorder.ts'
import { postToSlack } from './slack.ts'

/** What every try needs. */
interface Run {
  readonly env: Env
  readonly db: Database
  readonly now: number
  readonly recorder: Recorder
}
/** A claimed delivery, and what was written for it. */
interface Written {
  readonly delivery: ClaimedDelivery
  readonly message: Message | undefined
}

/**
 * Delivers those of `ids` that are due, each at most once at a time, and records what became of it. Safe to call any
 * number of times, in any order, with ids that are long done. Answers when those come due whose turn has not come yet.
 */
export async function deliver(
  env: Env,
  db: Database,
  letters: Letters,
  ids: readonly string[],
  now: number,
  log: Log,
): Promise<Waiting[]> {
  const run = { env, db, now, recorder: new Recorder(db, now, log) }
  const claimed = await claimDeliveries(db, ids, now)
  const byPurpose = Map.groupBy(claimed, ({ purpose }) => purpose)
  const waiting = await Promise.all(
    [...byPurpose].map(([purpose, some]) => attemptAll(run, letters[purpose], some)),
  )
  await run.recorder.end()
  return waiting.flat()
}

/** A delivery that waits for its turn. */
export interface Waiting {
  readonly id: string
  readonly until: number
}

/**
 * Those of one purpose. What has no letter writer here, or whose writer fails, waits for the next try, which a newer
 * version of this code may make; other purposes go on.
 */
async function attemptAll(
  run: Run,
  write: LetterWriter | undefined,
  claimed: readonly ClaimedDelivery[],
): Promise<Waiting[]> {
  const later = (name: string) => {
    run.recorder.add(...claimed.map(({ id, attempts }) => ({ id, attempts, error: { name, final: false } })))
    return []
  }
  if (!write) return later('unknown_purpose')
  let written: Map<string, Message>
  try {
    const ids = claimed.map(({ id }) => id)
    written = await write(run.env, run.db, ids, run.now)
  } catch (error) {
    return later(errorClass(error))
  }
  const all = claimed.map((delivery): Written => ({ delivery, message: written.get(delivery.id) }))
  return sendAll(run, all)
}

/** Mails together, and each channel by itself: nobody's message waits for a target that does not answer. */
async function sendAll(run: Run, written: readonly Written[]): Promise<Waiting[]> {
  const posts = written.flatMap(({ delivery, message }) =>
    message && 'webhook' in message ? [{ delivery, post: message }] : [],
  )
  const others = written.filter(({ message }) => !(message && ('webhook' in message || 'until' in message)))
  const waiting = written.flatMap(({ delivery, message }) =>
    message && 'until' in message ? [{ delivery, until: message.until }] : [],
  )
  const channels = [...Map.groupBy(posts, ({ post }) => post.webhook).values()]
  const [, held] = await Promise.all([
    sendTogether(run, others),
    Promise.all(channels.map((channel) => postInTurn(run, channel))),
  ])
  const all = [...waiting, ...held.flat()]
  if (all.length > 0) await postpone(run.db, all)
  return all.map(({ delivery, until }) => ({ id: delivery.id, until }))
}

/** Mails under way at once, at least: few, so that a consumer that dies leaves few in doubt. */
const AT_ONCE = 4
/** Rounds that all mails of a run take, at most: each lasts ten seconds when nobody answers, and the lease a minute. */
const ROUNDS_MAX = 4

async function sendTogether(run: Run, written: readonly Written[]) {
  const left = [...written]
  const width = Math.max(AT_ONCE, Math.ceil(left.length / ROUNDS_MAX))
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) run.recorder.add(await outcomeOf(run.env, next))
  }
  await Promise.all(Array.from({ length: Math.min(width, left.length) }, lane))
}

async function outcomeOf(env: Env, { delivery, message }: Written): Promise<Outcome> {
  const { id, attempts, recipient } = delivery
  if (!message || 'webhook' in message || 'until' in message) return { id, attempts, error: null }
  if ('error' in message) return { id, attempts, error: { name: message.error, final: true } }
  return { id, attempts, error: await sendMail(env, recipient, message) }
}

interface Turn {
  readonly delivery: ClaimedDelivery
  readonly post: Post
}

/** One after the other, each recorded at once; when Slack wants to be left alone, the rest waits. */
async function postInTurn(run: Run, turns: readonly Turn[]) {
  let waited = 0
  for (const [at, { delivery, post }] of turns.entries()) {
    await sleep(post.afterMs - waited)
    waited = Math.max(waited, post.afterMs)
    const { id, attempts } = delivery
    const error = await postToSlack(post)
    run.recorder.add({ id, attempts, error })
    if (error?.waitMs === undefined) continue
    const until = run.now + waited + error.waitMs
    await post.hold(run.db, until)
    return turns.slice(at + 1).map((turn) => ({ delivery: turn.delivery, until }))
  }
  return []
}

const sleep = (ms: number) => (ms > 0 ? new Promise<void>((resolve) => setTimeout(resolve, ms)) : undefined)
