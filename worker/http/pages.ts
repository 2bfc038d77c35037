import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { App } from '#worker/env.ts'
import { AppError } from './errors.ts'
import { PAGE_POLICY } from './security.ts'

/** The built pages, by app. */
const SHELLS = { admin: '/web/admin/index.html', portal: '/web/portal/index.html' } as const
/** About as long as a build takes. */
const BUILD_SECONDS = 30
const THEMES = new Set(['light', 'dark'])

/**
 * The page of an app. It holds nothing of anybody, but for the theme of the visitor's cookie, which stands in the markup
 * so that the first paint has the right colours.
 */
export const page =
  (app: keyof typeof SHELLS, status: 200 | 404 = 200) =>
  async (c: Context<App>) => {
    const shell = await c.env.ASSETS.fetch(new Request(new URL(SHELLS[app], c.env.APP_URL)))
    if (!shell.ok)
      throw new AppError('unavailable', {
        detail: 'The pages are missing. Build them first.',
        retryAfterSeconds: BUILD_SECONDS,
      })
    const theme = getCookie(c, 'theme') ?? ''
    const markup = await shell.text()
    const themed = THEMES.has(theme) ? markup.replace('<html', `<html data-theme="${theme}"`) : markup
    return c.html(themed, status, { 'Content-Security-Policy': PAGE_POLICY, 'Cache-Control': 'no-store' })
  }

/** A person who opened an address in a browser, rather than a program that calls the API. */
export const isVisit = (c: Context<App>) =>
  c.req.method === 'GET' &&
  !c.req.path.startsWith('/api/') &&
  (c.req.header('Accept') ?? '').includes('text/html')
