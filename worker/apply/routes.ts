import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { preflight, submit } from './submit.ts'

/** What applicants send, from our own pages and from others'. */
export const submitRoutes = new Hono<App>()
  .post('/:slug', async (c) => {
    const submitted = await submit(c)
    if (!('taken' in submitted)) return c.json(submitted.errors, 422)
    const { id, replayed } = submitted.taken
    if (replayed) c.header('Idempotency-Replayed', 'true')
    if (submitted.as === 'json') return c.json({ id }, 201)
    const embed = c.req.query('embed') === '1' ? '?embed=1' : ''
    return c.redirect(`/apply/${c.req.param('slug')}/thanks${embed}`, 303)
  })
  .options('/:slug', preflight)
