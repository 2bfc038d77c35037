import { createMiddleware } from 'hono/factory'
import { newId } from '#worker/db/ids.ts'
import type { App } from '#worker/env.ts'
import { logFor } from './log.ts'

/** Gives the request its id, its clock and its log, and logs one line when it is answered. */
export const identify = createMiddleware<App>(async (c, next) => {
  const requestId = newId('req')
  c.set('requestId', requestId)
  c.set('now', Date.now())
  c.set('route', 'none')
  c.set('log', logFor(requestId))
  await next()
  c.res.headers.set('X-Request-Id', requestId)
  c.var.log('request', { method: c.req.method, route: c.var.route, status: c.res.status })
})
