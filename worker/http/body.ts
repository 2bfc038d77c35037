import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { App } from '#worker/env.ts'
import { AppError } from './errors.ts'
import { entryOf, type Registry } from './registry.ts'

const JSON_MAX = 256 * 1_000

/** Refuses bodies that are larger than the route takes; nothing is kept of one that turns out to be. */
export function limitBody(registry: Registry) {
  const limits = new Map<number | undefined, MiddlewareHandler>([[undefined, limit(JSON_MAX, '256 kB')]])
  for (const { bytesMax } of registry.values())
    if (bytesMax !== undefined) limits.set(bytesMax, limit(bytesMax, `${bytesMax / 2 ** 20} MiB`))
  return createMiddleware<App>(async (c, next) => limits.get(entryOf(registry, c)?.bytesMax)?.(c, next))
}

const limit = (maxSize: number, label: string) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new AppError('too-large', { detail: `Send ${label} at most.` })
    },
  })
