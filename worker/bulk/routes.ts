import { type Context, Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce, announceScores } from '#worker/http/announce.ts'
import { validBody } from '#worker/http/valid.ts'
import { asked } from '#worker/partners/asked.ts'
import { BulkDelete, type BulkDeleted, BulkEdit, type BulkEdited, type BulkUndone } from './schema.ts'

/** The selection with `me` among its managers as the member who asks. */
const askedBy = <Body extends Pick<BulkDelete, 'filter'>>(c: Context<App>, body: Body): Body => ({
  ...body,
  ...(body.filter ? { filter: asked(c, body.filter) } : {}),
})

/** Mounted at /api/partners. What does the work is loaded when it is asked for: nothing else waits for it. */
export const bulkRoutes = new Hono<App>()
  .post('/delete', validBody(BulkDelete), async (c) => {
    const { deleteMany } = await import('./commands.ts')
    const { files, ...answer } = await deleteMany(c.var.tenant, askedBy(c, c.req.valid('json')), actorOf(c))
    if (files) announce(c, { kind: 'delete-files' })
    return c.json<BulkDeleted>(answer)
  })
  .post('/bulk', validBody(BulkEdit), async (c) => {
    const { editMany } = await import('./edit.ts')
    const { rescore, ...answer } = await editMany(c.var.tenant, askedBy(c, c.req.valid('json')), actorOf(c))
    announceScores(c, rescore)
    return c.json<BulkEdited>(answer)
  })
  .post('/bulk/:id/undo', async (c) => {
    const { undoEdit } = await import('./undo.ts')
    const { rescore, ...answer } = await undoEdit(c.var.tenant, c.req.param('id'), actorOf(c))
    announceScores(c, rescore)
    return c.json<BulkUndone>(answer)
  })
