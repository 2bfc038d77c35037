import { type SQL, sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as z from 'zod'
import { isForeignKeyViolation, isGuardRefusal, isUniqueViolation } from '#worker/db/errors.ts'
import { change, row, type Statement } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { App } from '#worker/env.ts'
import { AppError, invalid } from './errors.ts'
import { sha256 } from './secrets.ts'

const KEY_MAX = 255

/** A request that may come again: the key is the client's, the hash tells whether the body is the same. */
export interface Idempotent {
  readonly scope: string
  readonly key: string
  readonly bodyHash: string
}

/** The request's `Idempotency-Key` with its parsed body, or null without one. Kept for a day, then swept. */
export async function idempotentOf(
  c: Context<App>,
  scope: string,
  body: unknown,
): Promise<Idempotent | null> {
  const key = c.req.header('Idempotency-Key')
  if (key === undefined) return null
  if (key === '' || key.length > KEY_MAX) throw invalid('/Idempotency-Key', `Use 1 to ${KEY_MAX} characters.`)
  return { scope, key, bodyHash: await sha256(JSON.stringify(body)) }
}

/** Last in a batch: keeps the answer that `json` selects. Fails the batch when the key was used before. */
export const keepAnswer = (
  orgId: string,
  { scope, key, bodyHash }: Idempotent,
  json: SQL,
  now: number,
): Statement =>
  change(
    sql`insert into idempotency_keys (org_id, scope, key, body_hash, answer, created_at)
      values (${orgId}, ${scope}, ${key}, ${bodyHash}, ${json}, ${now})`,
  )

/** The answer came to be another one before it was given; `json` selects it. */
export const renewAnswer = (orgId: string, { scope, key }: Idempotent, json: SQL): Statement =>
  change(
    sql`update idempotency_keys set answer = ${json}
      where idempotency_keys.org_id = ${orgId} and scope = ${scope} and key = ${key}`,
  )

const Kept = z.object({ body_hash: z.string(), answer: z.string() })

/**
 * After a batch failed: the answer that this key got before, if that is why. A repeated request meets other rules first
 * (its own row is in the way, or what it refers to is gone), so any violation asks.
 * @throws `idempotency-key` when the key was used with another body.
 */
export async function firstAnswer(tenant: Tenant, { scope, key, bodyHash }: Idempotent, error: unknown) {
  if (!(isUniqueViolation(error, '') || isForeignKeyViolation(error) || isGuardRefusal(error))) return null
  const kept = await tenant.run(
    row(
      Kept,
      sql`select body_hash, answer from idempotency_keys
        where idempotency_keys.org_id = ${tenant.orgId} and scope = ${scope} and key = ${key}`,
    ),
  )
  if (kept && kept.body_hash !== bodyHash) throw new AppError('idempotency-key')
  return kept?.answer ?? null
}
