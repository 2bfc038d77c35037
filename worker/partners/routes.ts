import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce, announceScores } from '#worker/http/announce.ts'
import { idempotentOf } from '#worker/http/idempotency.ts'
import { answerJson } from '#worker/http/json.ts'
import { Page } from '#worker/http/schema.ts'
import { validBody, validQuery } from '#worker/http/valid.ts'
import { isTwoSided, listActivity, logActivity } from './activity.ts'
import { asked } from './asked.ts'
import { listChanges } from './changes.ts'
import { createPartner } from './commands.ts'
import { addContact, editContact, listContacts, removeContact } from './contacts.ts'
import { editPartner } from './edit.ts'
import { listGroups } from './groups.ts'
import { listPartners } from './list.ts'
import { ChangesQuery, GroupsQuery, PartnerQuery, RowsQuery, TagsQuery } from './list-schema.ts'
import { removeLogo, setLogo } from './logo.ts'
import { getPartner, listRows } from './queries.ts'
import { removePartner } from './remove.ts'
import {
  ContactChange,
  NewActivity,
  NewContact,
  NewPartner,
  type Partner,
  PartnerChange,
  type PartnerPage,
  type PartnerRow,
} from './schema.ts'
import { listTags } from './tags.ts'

/** Mounted at /api/partners. */
export const partnerRoutes = new Hono<App>()
  .get('/', validQuery(PartnerQuery), async (c) =>
    answerJson<PartnerPage>(c, await listPartners(c.var.tenant, asked(c, c.req.valid('query')))),
  )
  .get('/groups', validQuery(GroupsQuery), async (c) =>
    c.json(await listGroups(c.var.tenant, asked(c, c.req.valid('query')))),
  )
  .get('/tags', validQuery(TagsQuery), async (c) =>
    c.json(await listTags(c.var.tenant, c.req.valid('query').q ?? '')),
  )
  .get('/rows', validQuery(RowsQuery), async (c) =>
    answerJson<{ items: PartnerRow[] }>(c, await listRows(c.var.tenant, c.req.valid('query').id)),
  )
  .get('/changes', validQuery(ChangesQuery), async (c) =>
    c.json(await listChanges(c.var.tenant, c.req.valid('query').since, c.var.now)),
  )
  .post('/', validBody(NewPartner), async (c) => {
    const { tenant } = c.var
    const input = c.req.valid('json')
    const idempotent = await idempotentOf(c, 'partners', input)
    const { id, json } = await createPartner(tenant, input, actorOf(c), idempotent)
    if (id) announceScores(c, [id])
    else c.header('Idempotency-Replayed', 'true')
    return answerJson<Partner>(c, json, 201)
  })
  .get('/:id', async (c) => answerJson<Partner>(c, await getPartner(c.var.tenant, c.req.param('id'))))
  .patch('/:id', validBody(PartnerChange), async (c) => {
    const { tenant } = c.var
    const partnerId = c.req.param('id')
    const { json, rescore } = await editPartner(tenant, partnerId, c.req.valid('json'), actorOf(c))
    if (rescore) announceScores(c, [partnerId])
    return answerJson<Partner>(c, json)
  })
  .delete('/:id', async (c) => {
    const files = await removePartner(c.var.tenant, c.req.param('id'), actorOf(c))
    if (files) announce(c, { kind: 'delete-files' })
    return c.body(null, 204)
  })
  .put('/:id/logo', async (c) => {
    const { tenant, log } = c.var
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const { logoUrl, files } = await setLogo(c.env, tenant, c.req.param('id'), bytes, actorOf(c), log)
    if (files) announce(c, { kind: 'delete-files' })
    return c.json({ logoUrl })
  })
  .delete('/:id/logo', async (c) => {
    const { files } = await removeLogo(c.var.tenant, c.req.param('id'), actorOf(c))
    if (files) announce(c, { kind: 'delete-files' })
    return c.body(null, 204)
  })
  .get('/:id/activity', validQuery(Page), async (c) =>
    c.json(await listActivity(c.var.tenant, c.req.param('id'), c.req.valid('query'))),
  )
  .post('/:id/activity', validBody(NewActivity), async (c) => {
    const activity = await logActivity(c.var.tenant, c.req.param('id'), c.req.valid('json'), actorOf(c))
    if (isTwoSided(activity.kind)) announceScores(c, [c.req.param('id')])
    return c.json(activity, 201)
  })
  .get('/:id/contacts', async (c) => c.json({ items: await listContacts(c.var.tenant, c.req.param('id')) }))
  .post('/:id/contacts', validBody(NewContact), async (c) => {
    const contact = await addContact(c.var.tenant, c.req.param('id'), c.req.valid('json'), actorOf(c))
    announceScores(c, [c.req.param('id')])
    return c.json(contact, 201)
  })
  .patch('/:id/contacts/:contactId', validBody(ContactChange), async (c) => {
    const { id, contactId } = c.req.param()
    const contact = await editContact(c.var.tenant, id, contactId, c.req.valid('json'), actorOf(c))
    announceScores(c, [id])
    return c.json(contact)
  })
  .delete('/:id/contacts/:contactId', async (c) => {
    const { id, contactId } = c.req.param()
    await removeContact(c.var.tenant, id, contactId, actorOf(c))
    announceScores(c, [id])
    return c.body(null, 204)
  })
