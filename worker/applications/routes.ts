import { type Context, Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce } from '#worker/http/announce.ts'
import { purge } from '#worker/http/purge.ts'
import { Page } from '#worker/http/schema.ts'
import { validBody, validQuery } from '#worker/http/valid.ts'
import { FormChange, NewForm } from './schema.ts'

/** The bytes of a request, with what it takes to keep them. */
async function uploadOf(c: Context<App>, formId: string) {
  const { env } = c
  const { tenant, log } = c.var
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  return { env, tenant, formId, bytes, actor: actorOf(c), log }
}

/**
 * Mounted at /api/forms. What the edge keeps of a form bears its id as `Cache-Tag`. The builder's half is loaded when it is
 * asked for: the public page, which most requests are for, starts without it.
 */
export const formRoutes = new Hono<App>()
  .get('/', validQuery(Page), async (c) => {
    const { listForms } = await import('./queries.ts')
    return c.json(await listForms(c.var.tenant, c.req.valid('query')))
  })
  .post('/', validBody(NewForm), async (c) => {
    const { createForm } = await import('./commands.ts')
    const form = await createForm(c.var.tenant, c.env.AUTH_SECRET, c.req.valid('json'), actorOf(c))
    return c.json(form, 201)
  })
  .get('/:id', async (c) => {
    const { getForm } = await import('./queries.ts')
    return c.json(await getForm(c.var.tenant, c.req.param('id'), c.var.now))
  })
  .patch('/:id', validBody(FormChange), async (c) => {
    const id = c.req.param('id')
    const { editForm } = await import('./save.ts')
    const form = await editForm(c.var.tenant, c.env.AUTH_SECRET, id, c.req.valid('json'), actorOf(c))
    purge(c, id)
    return c.json(form)
  })
  .delete('/:id', async (c) => {
    const id = c.req.param('id')
    const { removeForm } = await import('./commands.ts')
    if (await removeForm(c.var.tenant, id, actorOf(c))) announce(c, { kind: 'delete-files' })
    purge(c, id)
    return c.body(null, 204)
  })
  .put('/:id/banner', async (c) => {
    const id = c.req.param('id')
    const { setBanner } = await import('./uploads.ts')
    const form = await setBanner(await uploadOf(c, id))
    purge(c, id)
    return c.json(form)
  })
  .put('/:id/sections/:sectionId/document', async (c) => {
    const { id, sectionId } = c.req.param()
    const { setDocument } = await import('./uploads.ts')
    const form = await setDocument(await uploadOf(c, id), sectionId)
    purge(c, id)
    return c.json(form)
  })
