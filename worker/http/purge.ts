import type { Context } from 'hono'
import { errorClass } from '#worker/db/errors.ts'
import type { App } from '#worker/env.ts'

/** Only deployments have the edge's cache. */
interface Edge {
  readonly waitUntil: (work: Promise<unknown>) => void
  readonly cache?: CacheContext
}

/** Drops what the edge keeps under this `Cache-Tag`. After the answer, and never failing it: what it keeps runs out. */
export function purge(c: Context<App>, tag: string) {
  const { cache }: Edge = c.executionCtx
  if (!cache) return
  const dropped = cache.purge({ tags: [tag] }).catch((error: unknown) => {
    c.var.log('purge_failed', { class: errorClass(error) })
  })
  c.executionCtx.waitUntil(dropped)
}
