import type { Principal } from '#worker/auth/principal.ts'
import type { Database } from '#worker/db/database.ts'
import type { Guarded } from '#worker/db/guarded.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { Log } from '#worker/http/log.ts'
import type { JobMessage } from '#worker/jobs/schema.ts'

/** Bindings and settings, as wrangler.toml and the deployment's secrets give them. */
export interface Env {
  DB: D1Database
  JOBS: Queue<JobMessage>
  /** For jobs that wait for the network outside. */
  CHECKS: Queue<JobMessage>
  EMAIL: SendEmail
  /** Images, by keys that nobody can guess. */
  FILES: R2Bucket
  ASSETS: Fetcher
  /** The one origin that people open and that links in mails carry, without a slash at its end. */
  APP_URL: string
  /** Further origins that count as our own, separated by blanks. */
  OTHER_ORIGINS: string
  /** Who may found an organisation. */
  SIGNUP: 'first' | 'open' | 'closed'
  MAIL_FROM: string
  /** Signs session cookies and mailed links; at least 32 characters. */
  AUTH_SECRET: string
  /** Turnstile's two keys, where the deployment uses it to tell people from programs. */
  TURNSTILE_SITE_KEY?: string
  TURNSTILE_SECRET_KEY?: string
}

/** What middleware puts on the context before a route runs. */
export interface Variables {
  requestId: string
  /** Unix ms; one reading per request. */
  now: number
  log: Log
  /** The registry's key of the route that answers. */
  route: string
  /** The request's session of D1, unguarded: for sign-in and mailed links, where nobody is signed in yet. */
  db: Database
  /** Who asks; set for every route that is not open to everybody, and proved by the tenant's first batch. */
  principal: Principal
  /** The database for the principal's own rows that belong to no organisation: user and sessions. */
  guarded: Guarded
  /** The data of the principal's organisation. */
  tenant: Tenant
}

export interface App {
  Bindings: Env
  Variables: Variables
}
