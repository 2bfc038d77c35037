import type { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import type { Statement } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import type { Log } from '#worker/http/log.ts'
import { type ClaimedDelivery, postpone } from './commands.ts'
import type { Letter, Letters, LetterWriter, Message, Post, Postponed, Undeliverable } from './letter.ts'
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
/** What was written, and the claimed deliveries that it does: several, where it is a digest. */
interface Written<M = Message> {
  readonly to: string
  readonly deliveries: readonly ClaimedDelivery[]
  readonly message: M
}

/**
 * Delivers what `claim` takes, each at most once at a time, and records what became of it. Safe to call any number of
 * times, in any order, for what is long done. Answers when those come due whose turn has not come yet.
 */
export async function deliver(
  env: Env,
  db: Database,
  letters: Letters,
  claim: Statement<ClaimedDelivery[]>,
  now: number,
  log: Log,
): Promise<Waiting[]> {
  const run = { env, db, now, recorder: new Recorder(db, now, log) }
  const claimed = await db.run(claim)
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
    run.recorder.add(...claimed.map((each) => ({ deliveries: [each], error: { name, final: false } })))
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
  const gone = claimed.filter(({ id }) => !written.has(id))
  if (gone.length > 0) run.recorder.add(...gone.map((each) => ({ deliveries: [each], error: null })))
  return sendAll(run, byMessage(claimed, written))
}

const byMessage = (claimed: readonly ClaimedDelivery[], written: ReadonlyMap<string, Message>) =>
  [...Map.groupBy(claimed, ({ id }) => written.get(id))].flatMap(([message, deliveries]): Written[] => {
    const [first] = deliveries
    return message && first ? [{ to: first.recipient, deliveries, message }] : []
  })

const isPost = (each: Written): each is Written<Post> => 'webhook' in each.message
const isPostponed = (each: Written): each is Written<Postponed> => 'until' in each.message
const isMail = (each: Written): each is Written<Letter | Undeliverable> => !isPost(each) && !isPostponed(each)

/** Mails together, and each channel by itself: nobody's message waits for a target that does not answer. */
async function sendAll(run: Run, written: readonly Written[]): Promise<Waiting[]> {
  const channels = [...Map.groupBy(written.filter(isPost), ({ message }) => message.webhook).values()]
  const [, held] = await Promise.all([
    sendTogether(run, written.filter(isMail)),
    Promise.all(channels.map((channel) => postInTurn(run, channel))),
  ])
  const waiting = written.filter(isPostponed).map((each) => postponed(each, each.message.until))
  const all = [...waiting, ...held].flat()
  if (all.length > 0) await postpone(run.db, all)
  return all.map(({ delivery, until }) => ({ id: delivery.id, until }))
}

const postponed = ({ deliveries }: Written, until: number) =>
  deliveries.map((delivery) => ({ delivery, until }))

/** Mails under way at once, at least: few, so that a consumer that dies leaves few in doubt. */
const AT_ONCE = 4
/** Rounds that all mails of a run take, at most: each lasts ten seconds when nobody answers, and the lease a minute. */
const ROUNDS_MAX = 4

async function sendTogether(run: Run, mails: readonly Written<Letter | Undeliverable>[]) {
  const left = [...mails]
  const width = Math.max(AT_ONCE, Math.ceil(left.length / ROUNDS_MAX))
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { to, deliveries, message } = next
      const error =
        'error' in message ? { name: message.error, final: true } : await sendMail(run.env, to, message)
      run.recorder.add({ deliveries, error })
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, left.length) }, lane))
}

/** One after the other, each recorded at once; when Slack wants to be left alone, the rest waits. */
async function postInTurn(run: Run, turns: readonly Written<Post>[]) {
  let waited = 0
  for (const [at, { deliveries, message }] of turns.entries()) {
    await sleep(message.afterMs - waited)
    waited = Math.max(waited, message.afterMs)
    const error = await postToSlack(message)
    run.recorder.add({ deliveries, error })
    if (error?.waitMs === undefined) continue
    const until = run.now + waited + error.waitMs
    await message.hold(run.db, until)
    return turns.slice(at + 1).flatMap((turn) => postponed(turn, until))
  }
  return []
}

const sleep = (ms: number) => (ms > 0 ? new Promise<void>((resolve) => setTimeout(resolve, ms)) : undefined)
