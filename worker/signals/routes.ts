import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce } from '#worker/http/announce.ts'
import { validBody } from '#worker/http/valid.ts'
import { ignoreSuggestion, takeLogo } from './commands.ts'
import { getSignals } from './queries.ts'
import { IgnoredSuggestion } from './schema.ts'

/** Mounted at /api/partners/:id. */
export const signalRoutes = new Hono<App>()
  .get('/signals', async (c) => c.json(await getSignals(c.var.tenant, c.req.param('id') ?? '', c.var.now)))
  .post('/suggestions/ignore', validBody(IgnoredSuggestion), async (c) => {
    await ignoreSuggestion(c.var.tenant, c.req.param('id') ?? '', c.req.valid('json'))
    return c.body(null, 204)
  })
  .post('/suggestions/logo', async (c) => {
    const { tenant, log } = c.var
    const { logoUrl, files } = await takeLogo(c.env, tenant, c.req.param('id') ?? '', actorOf(c), log)
    if (files) announce(c, { kind: 'delete-files' })
    return c.json({ logoUrl })
  })
