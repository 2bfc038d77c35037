import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { announceScores } from '#worker/http/announce.ts'
import { refreshScores } from './commands.ts'
import { getScores } from './queries.ts'

/** Mounted at /api/partners/:id/scores. */
export const scoreRoutes = new Hono<App>()
  .get('/', async (c) => c.json(await getScores(c.var.tenant, c.req.param('id') ?? '', c.var.now)))
  .post('/refresh', async (c) => {
    const { tenant, now } = c.var
    const partnerId = c.req.param('id') ?? ''
    await refreshScores(tenant, partnerId, now)
    announceScores(c, [partnerId])
    return c.json({}, 202)
  })
