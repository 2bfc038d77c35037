import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { AppError } from '#worker/http/errors.ts'
import { readFile } from './read.ts'
import { FORM_FILE_TYPES, IMAGE_TYPES } from './terms.ts'

const YEAR_SECONDS = 31_536_000
/** Were it ever opened as a page, it could neither load nor run anything, nor speak for this site. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
/** As `newKey` makes them. */
const KEY = /^(org_[0-9a-hjkmnp-tv-z]{26})-[0-9a-f]{32}\.(png|jpg|webp|gif)$/

/** Mounted at /files. A key is never used again, so that what it names may be kept for good. */
export const fileRoutes = new Hono<App>().get('/:key', async (c) => {
  const [key, orgId, format] = KEY.exec(c.req.param('key')) ?? []
  const type = Object.entries(IMAGE_TYPES).find(([ending]) => ending === format)?.[1]
  if (!key || !type || orgId !== c.var.tenant.orgId) throw new AppError('not-found')
  await c.var.guarded.verify()
  const { body } = await readFile(c.env, key, c.var.log)
  return c.body(body, 200, {
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    'Cache-Control': `private, max-age=${YEAR_SECONDS}, immutable`,
  })
})

/** As `newFormKey` makes them. */
const FORM_KEY = /^org_[0-9a-hjkmnp-tv-z]{26}-form-[0-9a-f]{32}\.(png|jpg|webp|gif|pdf)$/

/**
 * Mounted at /form-files: what forms show to whoever opens them, so anybody may have it who knows its key. A document is
 * for saving: were it opened here, its reader would run on this site.
 */
export const formFileRoutes = new Hono<App>().get('/:key', async (c) => {
  const [key, format] = FORM_KEY.exec(c.req.param('key')) ?? []
  const type = Object.entries(FORM_FILE_TYPES).find(([ending]) => ending === format)?.[1]
  if (!key || !type) throw new AppError('not-found')
  const { body } = await readFile(c.env, key, c.var.log)
  return c.body(body, 200, {
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    'Cache-Control': `public, max-age=${YEAR_SECONDS}, immutable`,
    ...(format === 'pdf' ? { 'Content-Disposition': 'attachment; filename="document.pdf"' } : {}),
  })
})
