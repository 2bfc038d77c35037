import type { Context } from 'hono'
import * as z from 'zod'
import { errorClass } from '#worker/db/errors.ts'
import type { App } from '#worker/env.ts'
import { sha256 } from '#worker/http/secrets.ts'
import type { Sameness } from '#worker/submissions/intake.ts'
import type { Suspicion } from '#worker/submissions/terms.ts'

const ADDRESS = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'
const TIMEOUT_MS = 3_000

const Verdict = z.object({ success: z.boolean(), 'error-codes': z.array(z.string()).optional() })
/** What says nothing of the applicant. */
const OURS = new Set(['internal-error', 'missing-input-secret', 'invalid-input-secret', 'bad-request'])

/**
 * What is to be doubted about a submission after Turnstile was asked about it; null when a person sent it. A second try of
 * the same submission asks with the same key, so that a token which was used up by a lost answer still counts.
 */
export async function askTurnstile(
  c: Context<App>,
  secret: string,
  token: string | undefined,
  { keys: [key = ''] }: Sameness,
): Promise<Suspicion | null> {
  if (!token) return 'refused'
  const question = {
    secret,
    response: token,
    remoteip: c.req.header('CF-Connecting-IP'),
    idempotency_key: uuidOf(await sha256(`turnstile ${key} ${token}`)),
  }
  try {
    const response = await fetch(ADDRESS, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (response.status >= 500) return 'unverified'
    const { success, 'error-codes': codes = [] } = Verdict.parse(await response.json())
    if (success) return null
    return codes.some((code) => OURS.has(code)) ? 'unverified' : 'refused'
  } catch (error) {
    c.var.log('turnstile_failed', { class: errorClass(error) })
    return 'unverified'
  }
}

const uuidOf = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
