import { createMiddleware } from 'hono/factory'
import { bookmarkOf, keepBookmark } from '#worker/db/bookmark.ts'
import { Database } from '#worker/db/database.ts'
import { Guarded } from '#worker/db/guarded.ts'
import { Tenant } from '#worker/db/tenant.ts'
import type { App } from '#worker/env.ts'
import { AppError } from '#worker/http/errors.ts'
import { entryOf, keyOf, type Registry } from '#worker/http/registry.ts'
import { memberGuard, principalOf, sessionGuard } from './principal.ts'

/**
 * Lets a request through only as the registry says; a route that is not in it does not exist. The proof runs in the same
 * round trip as the route's own first statement; a route that makes none, or fails before, is proved afterwards, so that
 * somebody who may not call it learns nothing but that.
 */
export const authorise = (registry: Registry) =>
  createMiddleware<App>(async (c, next) => {
    const entry = entryOf(registry, c)
    if (!entry) throw new AppError('not-found')
    c.set('route', keyOf(entry.method, entry.path))
    const db = new Database(c.env.DB, entry.origin === 'any' ? 'any' : bookmarkOf(c))
    c.set('db', db)
    if (entry.origin === 'any') return next()
    if (entry.who === 'anyone') {
      await next()
      return keepBookmark(c, db)
    }
    const principal = await principalOf(c)
    if (!principal) throw new AppError('not-signed-in')
    c.set('principal', principal)
    const guard =
      entry.who === 'user'
        ? sessionGuard(principal, c.var.now)
        : memberGuard(db, principal, entry.who, c.var.now)
    const guarded = new Guarded(db, guard)
    c.set('guarded', guarded)
    c.set('tenant', new Tenant(guarded, principal.orgId ?? ''))
    await next()
    await guarded.verify()
    keepBookmark(c, db)
  })
