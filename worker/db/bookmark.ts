import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { App } from '#worker/env.ts'
import type { Database, Freshness } from './database.ts'

const NAME = 'entente-seen'
/** Replicas lag by seconds; after this, any of them has caught up. */
const SECONDS = 300

/** What this browser has written must be seen by its next read, whichever replica serves it. */
export function bookmarkOf(c: Context<App>): Freshness {
  const bookmark = getCookie(c, NAME)
  return bookmark ? { bookmark } : 'any'
}

export function keepBookmark(c: Context<App>, db: Database) {
  const { bookmark } = db
  if (!bookmark) return
  const secure = c.env.APP_URL.startsWith('https:')
  setCookie(c, NAME, bookmark, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: SECONDS })
}
