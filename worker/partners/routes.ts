import { Hono } from 'hono'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce } from '#worker/http/announce.ts'
import { idempotentOf } from '#worker/http/idempotency.ts'
import { answerJson } from '#worker/http/json.ts'
import { validBody, validQuery } from '#worker/http/valid.ts'
import { createPartner } from './commands.ts'
import { getPartner, listPartners, listRows } from './queries.ts'
import {
  NewPartner,
  type Partner,
  type PartnerPage,
  PartnerQuery,
  type PartnerRow,
  RowsQuery,
} from './schema.ts'

/** Mounted at /api/partners. */
export const partnerRoutes = new Hono<App>()
  .get('/', validQuery(PartnerQuery), async (c) =>
    answerJson<PartnerPage>(c, await listPartners(c.var.tenant, c.req.valid('query'))),
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
