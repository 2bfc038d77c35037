import { createMiddleware } from 'hono/factory'
import type { App, Env } from '#worker/env.ts'
import { AppError } from './errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export const isOwnOrigin = (env: Env, origin: string) =>
  origin === env.APP_URL || env.OTHER_ORIGINS.split(' ').includes(origin)

/** A change of state must come from one of our own pages: browsers always send `Origin` with one. */
export const sameOrigin = createMiddleware<App>(async (c, next) => {
  const origin = c.req.header('Origin')
  if (!SAFE.has(c.req.method) && !(origin && isOwnOrigin(c.env, origin)))
    throw new AppError('foreign-origin', { detail: 'Send the Origin header of this site.' })
  await next()
})
