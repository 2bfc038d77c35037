import { type Context, Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce } from '#worker/http/announce.ts'
import { idempotentOf } from '#worker/http/idempotency.ts'
import { answerJson } from '#worker/http/json.ts'
import { Page } from '#worker/http/schema.ts'
import { validBody, validQuery } from '#worker/http/valid.ts'
import { listActivity, logActivity } from './activity.ts'
import { createPartner } from './commands.ts'
import { addContact, editContact, listContacts, removeContact } from './contacts.ts'
import { editPartner } from './edit.ts'
import { type AskedFilter, createdSince } from './filter.ts'
import { listGroups } from './groups.ts'
import { listPartners } from './list.ts'
import { getPartner, listRows } from './queries.ts'
import { removePartner } from './remove.ts'
import {
  ContactChange,
  GroupsQuery,
  NewActivity,
  NewContact,
  NewPartner,
  type Partner,
  PartnerChange,
  type PartnerFilter,
  type PartnerPage,
  PartnerQuery,
  type PartnerRow,
  RowsQuery,
  TagsQuery,
} from './schema.ts'
import { listTags } from './tags.ts'

/** `me` among the managers is the member who asks, and this month is the one in which they do. */
const asked = <Filter extends PartnerFilter>(c: Context<App>, filter: Filter): Filter & AskedFilter => ({
  ...filter,
  ...(filter.created?.length && { createdSince: createdSince(filter.created, c.var.now) }),
  manager: filter.manager?.map((each) => (each === 'me' ? (c.var.principal.memberId ?? 'none') : each)),
})

const announceScore = (c: Context<App>, partnerId: string) =>
  announce(c, { kind: 'score-partners', orgId: c.var.tenant.orgId, partnerIds: [partnerId] })

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
  .post('/', validBody(NewPartner), async (c) => {
    const { tenant } = c.var
    const input = c.req.valid('json')
    const idempotent = await idempotentOf(c, 'partners', input)
    const { id, json } = await createPartner(tenant, input, actorOf(c), idempotent)
    if (id) announce(c, { kind: 'score-partners', orgId: tenant.orgId, partnerIds: [id] })
    else c.header('Idempotency-Replayed', 'true')
    return answerJson<Partner>(c, json, 201)
  })
  .get('/:id', async (c) => answerJson<Partner>(c, await getPartner(c.var.tenant, c.req.param('id'))))
  .patch('/:id', validBody(PartnerChange), async (c) => {
    const { tenant } = c.var
    const partnerId = c.req.param('id')
    const { json, rescore } = await editPartner(tenant, partnerId, c.req.valid('json'), actorOf(c))
    if (rescore) announceScore(c, partnerId)
    return answerJson<Partner>(c, json)
  })
  .delete('/:id', async (c) => {
    await removePartner(c.var.tenant, c.req.param('id'), actorOf(c))
    return c.body(null, 204)
  })
  .get('/:id/activity', validQuery(Page), async (c) =>
    c.json(await listActivity(c.var.tenant, c.req.param('id'), c.req.valid('query'))),
  )
  .post('/:id/activity', validBody(NewActivity), async (c) =>
    c.json(await logActivity(c.var.tenant, c.req.param('id'), c.req.valid('json'), actorOf(c)), 201),
  )
  .get('/:id/contacts', async (c) => c.json({ items: await listContacts(c.var.tenant, c.req.param('id')) }))
  .post('/:id/contacts', validBody(NewContact), async (c) => {
    const contact = await addContact(c.var.tenant, c.req.param('id'), c.req.valid('json'), actorOf(c))
    announceScore(c, c.req.param('id'))
    return c.json(contact, 201)
  })
  .patch('/:id/contacts/:contactId', validBody(ContactChange), async (c) => {
    const { id, contactId } = c.req.param()
    const contact = await editContact(c.var.tenant, id, contactId, c.req.valid('json'), actorOf(c))
    announceScore(c, id)
    return c.json(contact)
  })
  .delete('/:id/contacts/:contactId', async (c) => {
    const { id, contactId } = c.req.param()
    await removeContact(c.var.tenant, id, contactId, actorOf(c))
    announceScore(c, id)
    return c.body(null, 204)
  })
