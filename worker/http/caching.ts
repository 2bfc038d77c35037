import { createMiddleware } from 'hono/factory'
import type { App } from '#worker/env.ts'
import { entryOf, type Registry } from './registry.ts'

/**
 * The edge keeps what is public by path and query. A query that means nothing to the route would make another copy of the
 * same answer for each of its spellings, so such an answer is not kept.
 */
export const keptByAddress = (registry: Registry) =>
  createMiddleware<App>(async (c, next) => {
    await next()
    const entry = entryOf(registry, c)
    if (entry?.cache !== 'public') return
    const at = c.req.url.indexOf('?')
    if (at !== -1 && c.req.url.slice(at) !== entry.query) c.res.headers.set('Cache-Control', 'no-store')
  })
