import { type Context, Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { AppError } from '#worker/http/errors.ts'
import { validBody } from '#worker/http/valid.ts'
import { changeView, chooseDefault, deleteView, saveView } from './commands.ts'
import { listViews } from './queries.ts'
import { DefaultView, NewView, ViewChange } from './schema.ts'

/** The member who asks; the guard proves the membership with the first statement. */
function memberOf(c: Context<App>): string {
  const { memberId } = c.var.principal
  if (!memberId) throw new AppError('forbidden')
  return memberId
}

/** Mounted at /api/views. */
export const viewRoutes = new Hono<App>()
  .get('/', async (c) => c.json(await listViews(c.var.tenant, memberOf(c))))
  .post('/', validBody(NewView), async (c) =>
    c.json(await saveView(c.var.tenant, memberOf(c), c.req.valid('json'), c.var.now), 201),
  )
  .put('/default', validBody(DefaultView), async (c) => {
    await chooseDefault(c.var.tenant, memberOf(c), c.req.valid('json').viewId)
    return c.json({ viewId: c.req.valid('json').viewId })
  })
  .patch('/:id', validBody(ViewChange), async (c) =>
    c.json(await changeView(c.var.tenant, memberOf(c), c.req.param('id'), c.req.valid('json'), c.var.now)),
  )
  .delete('/:id', async (c) => {
    await deleteView(c.var.tenant, memberOf(c), c.req.param('id'))
    return c.body(null, 204)
  })
