import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import type * as z from 'zod'
import type { Role } from '#worker/auth/terms.ts'
import type { App } from '#worker/env.ts'

/** Who may call a route. A role is the lowest that may. */
export type Who = 'anyone' | 'user' | Role

/** One route, as everything outside it needs to know it: the guard, the tests that are generated, the documentation. */
export interface RouteEntry {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** As mounted, with `:name` for a parameter. */
  readonly path: string
  readonly who: Who
  /** The tables that an allowed call may change. */
  readonly changes: readonly string[]
  /** The JSON body, where there is one. */
  readonly body?: z.ZodType
  /** Takes bytes instead of JSON, so many at most. */
  readonly bytesMax?: number
  /**
   * `public`: the same answer for everybody, without a cookie; `private`: kept by the browser of whom it is for; all
   * others are `no-store`.
   */
  readonly cache?: 'public' | 'private'
  /** The query under which another answer of a public route may be kept, besides the one without. */
  readonly query?: string
  /** Takes requests from pages of any site: no cookie is read or set, and nobody is ever signed in. */
  readonly origin?: 'any'
}

export type Registry = ReadonlyMap<string, RouteEntry>

export const keyOf = (method: string, path: string) => `${method} ${path}`

/** The entry of the route that a request is for. */
export function entryOf(registry: Registry, c: Context<App>): RouteEntry | undefined {
  const route = matchedRoutes(c).find(({ method }) => method !== 'ALL')
  return route && registry.get(keyOf(route.method, route.path))
}

/** @throws when two entries name one route. */
export function registryOf(entries: readonly RouteEntry[]): Registry {
  const registry = new Map(entries.map((entry) => [keyOf(entry.method, entry.path), entry]))
  if (registry.size !== entries.length) throw new Error('A route stands twice in the registry.')
  return registry
}
