import type { Context } from 'hono'
import type { Actor } from '#worker/db/audit.ts'
import type { App } from '#worker/env.ts'

/** Who acts in this request, for audit entries and rows that name a person. */
export const actorOf = (c: Context<App>): Actor => ({
  userId: c.var.principal.userId,
  requestId: c.var.requestId,
  now: c.var.now,
})
