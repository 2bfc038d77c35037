import type { Context } from 'hono'
import type { PublicForm } from '#worker/applications/published.ts'
import type { App } from '#worker/env.ts'

/** Lets pages of the form's sites read the answer; without sites, pages of any. Never with anybody's credentials. */
export function allowReading(c: Context<App>, { share: { sites } }: PublicForm) {
  const origin = c.req.header('Origin') ?? ''
  c.header('Access-Control-Expose-Headers', 'Idempotency-Replayed, Retry-After')
  if (sites.length === 0) c.header('Access-Control-Allow-Origin', '*')
  else {
    c.header('Vary', 'Origin')
    if (sites.includes(origin)) c.header('Access-Control-Allow-Origin', origin)
  }
}
