import { createMiddleware } from 'hono/factory'
import type { App } from '#worker/env.ts'

/** Pages run our own hashed files only; nothing inline, nothing from elsewhere, and nobody may frame them. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
/** Anything else is data: were it ever opened as a page, it could load nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

const FIXED = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
}
const YEAR_SECONDS = 31_536_000

/** Security headers on every answer; `no-store` unless the route says otherwise. */
export const secure = createMiddleware<App>(async (c, next) => {
  await next()
  const { headers } = c.res
  // What is meant for other sites says so itself.
  for (const [name, value] of Object.entries(FIXED)) if (!headers.has(name)) headers.set(name, value)
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', DATA_POLICY)
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  if (c.env.APP_URL.startsWith('https:'))
    headers.set('Strict-Transport-Security', `max-age=${YEAR_SECONDS}; includeSubDomains`)
})
