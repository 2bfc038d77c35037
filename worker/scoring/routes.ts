import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce, announceScores } from '#worker/http/announce.ts'
import { validBody } from '#worker/http/valid.ts'
import { refreshScores, saveSettings } from './commands.ts'
import { getProgress, getScores, getSettings } from './queries.ts'
import { ScoringRules, ScoringSettings } from './schema.ts'

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

/** Mounted at /api/scoring. */
export const scoringRoutes = new Hono<App>()
  .get('/', async (c) => c.json(await getSettings(c.var.tenant)))
  .put('/', validBody(ScoringSettings), async (c) => {
    const { tenant } = c.var
    const saved = await saveSettings(tenant, c.req.valid('json'), actorOf(c))
    announce(c, { kind: 'score-due', orgId: tenant.orgId, after: '' })
    return c.json(saved)
  })
  .get('/progress', async (c) => c.json(await getProgress(c.var.tenant)))
  .post('/preview', validBody(ScoringRules), async (c) => {
    const { previewScores } = await import('./preview.ts')
    return c.json(await previewScores(c.var.tenant, c.req.valid('json'), c.var.now))
  })
