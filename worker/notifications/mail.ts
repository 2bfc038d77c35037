import type { Env } from '#worker/env.ts'
import type { Letter } from './letter.ts'
import { inTime, type TryError } from './try.ts'

/** Shorter than the lease by far. */
const PROVIDER_TIMEOUT_MS = 10_000
/** Cloudflare's codes for what another try will not mend. */
const FINAL = new Set([
  'E_RECIPIENT_SUPPRESSED',
  'E_RECIPIENT_NOT_ALLOWED',
  'E_VALIDATION_ERROR',
  'E_CONTENT_TOO_LARGE',
])

/** Hands one mail to the provider; answers why it did not take it, or null. */
export async function sendMail(env: Env, to: string, letter: Letter): Promise<TryError | null> {
  try {
    await inTime(env.EMAIL.send({ from: env.MAIL_FROM, to, ...letter }), PROVIDER_TIMEOUT_MS)
    return null
  } catch (error) {
    const name = providerCode(error)
    return { name, final: FINAL.has(name) }
  }
}

/** The provider's code, or the class of the error; its text could hold an address. */
function providerCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error && error.message === 'timeout' ? 'timeout' : 'failed'
}
