import type { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import type { Env } from '#worker/env.ts'
import type { Log } from '#worker/http/log.ts'
import { type ClaimedDelivery, claimDeliveries, type Outcome, recordOutcomes } from './commands.ts'
import type { Letter, Letters, LetterWriter } from './letter.ts'

/** Shorter than the lease by far. */
const PROVIDER_TIMEOUT_MS = 10_000
/** Cloudflare's codes for what another try will not mend. */
const FINAL = new Set([
  'E_RECIPIENT_SUPPRESSED',
  'E_RECIPIENT_NOT_ALLOWED',
  'E_VALIDATION_ERROR',
  'E_CONTENT_TOO_LARGE',
])

/**
 * Delivers those of `ids` that are due, each at most once at a time, and records what became of it. Safe to call any
 * number of times, in any order, with ids that are long done.
 */
export async function deliver(
  env: Env,
  db: Database,
  letters: Letters,
  ids: readonly string[],
  now: number,
  log: Log,
) {
  const claimed = await claimDeliveries(db, ids, now)
  if (claimed.length === 0) return
  const byPurpose = Map.groupBy(claimed, ({ purpose }) => purpose)
  const settled = await Promise.all(
    [...byPurpose].map(([purpose, some]) => attemptAll(env, db, letters[purpose], some, now)),
  )
  const outcomes = settled.flat()
  await recordOutcomes(db, outcomes, now)
  for (const { id, attempts, error } of outcomes)
    log('delivery', { deliveryId: id, attempts, result: error === null ? 'done' : error.name })
}

/**
 * Those of one purpose. What has no letter writer here, or whose writer fails, waits for the next try, which a newer
 * version of this code may make; other purposes go on.
 */
async function attemptAll(
  env: Env,
  db: Database,
  write: LetterWriter | undefined,
  claimed: readonly ClaimedDelivery[],
  now: number,
): Promise<Outcome[]> {
  const later = (name: string) =>
    claimed.map(({ id, attempts }) => ({ id, attempts, error: { name, final: false } }))
  if (!write) return later('unknown_purpose')
  try {
    const ids = claimed.map(({ id }) => id)
    const written = await write(env, db, ids, now)
    return await Promise.all(claimed.map((each) => attempt(env, each, written.get(each.id))))
  } catch (error) {
    return later(errorClass(error))
  }
}

async function attempt(env: Env, delivery: ClaimedDelivery, letter: Letter | undefined): Promise<Outcome> {
  const { id, attempts, recipient } = delivery
  if (!letter) return { id, attempts, error: null }
  try {
    await inTime(env.EMAIL.send({ from: env.MAIL_FROM, to: recipient, ...letter }))
    return { id, attempts, error: null }
  } catch (error) {
    const name = providerCode(error)
    return { id, attempts, error: { name, final: FINAL.has(name) } }
  }
}

async function inTime<T>(call: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('timeout')), PROVIDER_TIMEOUT_MS)
  try {
    return await Promise.race([call, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** The provider's code, or the class of the error; its text could hold an address. */
function providerCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error && error.message === 'timeout' ? 'timeout' : 'failed'
}
