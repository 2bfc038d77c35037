import { createMiddleware } from 'hono/factory'
import type { App, Env } from '#worker/env.ts'
import { AppError } from './errors.ts'
import { entryOf, type Registry } from './registry.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export const isOwnOrigin = (env: Env, origin: string) =>
  origin === env.APP_URL || env.OTHER_ORIGINS.split(' ').includes(origin)

/**
 * A change of state must come from one of our own pages, whose browsers always send `Origin` with one; but for routes that
 * read no cookie, where there is nobody to be deceived.
 */
export const sameOrigin = (registry: Registry) =>
  createMiddleware<App>(async (c, next) => {
    const origin = c.req.header('Origin')
    const isOurs = origin ? isOwnOrigin(c.env, origin) : false
    if (!(SAFE.has(c.req.method) || isOurs || entryOf(registry, c)?.origin === 'any'))
      throw new AppError('foreign-origin', { detail: 'Send the Origin header of this site.' })
    await next()
  })
