import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { embedScript, openPage, openThanks, readForm, showFailure, showRefused } from './open.ts'

/** What takes submissions is loaded with the first of them: opening a form does not wait for it. */
const intake = () => import('./submit.ts')

/** Mounted at /apply: what applicants open, and what they send from our own pages and from others'. */
export const applyRoutes = new Hono<App>()
  .get('/:slug', openPage)
  .get('/:slug/thanks', openThanks)
  .post('/:slug', async (c) => {
    const { submit } = await intake()
    const isPage = c.req.header('Accept')?.includes('text/html')
    const submitted = isPage ? await submit(c).catch((error) => showFailure(c, error)) : await submit(c)
    if (submitted instanceof Response) return submitted
    if (!('taken' in submitted)) return showRefused(c, submitted)
    const { id, replayed } = submitted.taken
    if (replayed) c.header('Idempotency-Replayed', 'true')
    if (submitted.as === 'json') return c.json({ id }, 201)
    const embed = c.req.query('embed') === '1' ? '?embed=1' : ''
    return c.redirect(`/apply/${c.req.param('slug')}/thanks${embed}`, 303)
  })
  .options('/:slug', async (c) => (await intake()).preflight(c))

/** Mounted at /api/public/forms. */
export const publicFormRoutes = new Hono<App>().get('/:slug', readForm)

/** Mounted at the root, because sites write its address by hand. */
export const embedRoutes = new Hono<App>().get('/embed.js', embedScript)
