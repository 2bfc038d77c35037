import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce } from '#worker/http/announce.ts'
import { validBody } from '#worker/http/valid.ts'
import { getProgram } from './queries.ts'
import { ProgramEdit } from './schema.ts'

/** What edits the programme and tells of its past is loaded when it is asked for: nothing else waits for it. */
const versions = () => import('./versions.ts')

/** Mounted at /api/program. */
export const programRoutes = new Hono<App>()
  .get('/', async (c) => c.json(await getProgram(c.var.tenant)))
  .put('/', validBody(ProgramEdit), async (c) => {
    const { saveProgram } = await import('./commands.ts')
    const { tenant } = c.var
    const program = await saveProgram(tenant, c.req.valid('json'), actorOf(c))
    announce(c, { kind: 'score-due', orgId: tenant.orgId, after: '' })
    return c.json(program)
  })
  .post('/simulate', validBody(ProgramEdit), async (c) => {
    const { simulateProgram } = await import('./simulate.ts')
    return c.json(await simulateProgram(c.var.tenant, c.req.valid('json'), c.var.now))
  })
  .get('/versions', async (c) => c.json({ items: await (await versions()).listVersions(c.var.tenant) }))
  .get('/versions/:n', async (c) =>
    c.json(await (await versions()).getVersion(c.var.tenant, c.req.param('n'))),
  )

/** Mounted at /api/partners/:id/tiers. */
export const tierRoutes = new Hono<App>().get('/', async (c) =>
  c.json({ items: await (await versions()).listTierChanges(c.var.tenant, c.req.param('id') ?? '') }),
)
