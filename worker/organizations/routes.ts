import { Hono } from 'hono'
import { countInvitation, countMail } from '#worker/auth/limits.ts'
import { findLink, mailLink } from '#worker/auth/links.ts'
import { PasswordReset } from '#worker/auth/schema.ts'
import { mayFound } from '#worker/auth/sign-up.ts'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce } from '#worker/http/announce.ts'
import { addressBlock, countTry, type Limit } from '#worker/http/limits.ts'
import { validBody } from '#worker/http/valid.ts'
import { claimLink } from './claims.ts'
import { changeRole, getInvited, inviteAgain, inviteMember, listMembers, removeMember } from './members.ts'
import { LinkToken, MemberChange, NewMember, NewOrganization } from './schema.ts'

const LINK_USES: Limit = { name: 'link', tries: 30, seconds: 60 }

/** Mounted at /api/auth: what the page behind a mailed link needs. */
export const linkRoutes = new Hono<App>()
  .post('/link', validBody(LinkToken), async (c) => {
    await countTry(c, [[LINK_USES, addressBlock(c)]])
    const { purpose, email, org_name, payload } = await findLink(
      c.var.db,
      c.req.valid('json').token,
      c.var.now,
    )
    return c.json({
      purpose,
      email,
      organizationName: org_name ?? payload.organizationName ?? null,
      redirectTo: payload.redirectTo ?? '/login',
    })
  })
  .post('/reset-password', validBody(PasswordReset), async (c) => {
    await countTry(c, [[LINK_USES, addressBlock(c)]])
    return c.json(await claimLink(c, c.req.valid('json')))
  })

/** Mounted at /api/sign-up. */
export const signUpRoutes = new Hono<App>().get('/', async (c) =>
  c.json({ open: await mayFound(c.env, c.var.db) }),
)

/** Mounted at /api/organizations. The answer is always the same; the organisation exists once the link is used. */
export const organizationRoutes = new Hono<App>().post('/', validBody(NewOrganization), async (c) => {
  const { name, owner } = c.req.valid('json')
  await countMail(c, owner.email)
  const { statements, deliveryId } = await mailLink(c.env, {
    purpose: 'founding',
    orgId: null,
    email: owner.email,
    payload: { organizationName: name, ownerName: owner.name },
    requestId: c.var.requestId,
    now: c.var.now,
  })
  await c.var.db.batch(statements)
  announce(c, { kind: 'deliver', deliveryIds: [deliveryId] })
  return c.json({}, 202)
})

/** Mounted at /api/members. */
export const memberRoutes = new Hono<App>()
  .get('/', async (c) => c.json({ items: await listMembers(c.var.tenant) }))
  .post('/', validBody(NewMember), async (c) => {
    const { member, deliveryId } = await inviteMember(c.env, c.var.tenant, c.req.valid('json'), actorOf(c))
    announce(c, { kind: 'deliver', deliveryIds: [deliveryId] })
    return c.json(member, 201)
  })
  .patch('/:id', validBody(MemberChange), async (c) =>
    c.json(await changeRole(c.var.tenant, c.req.param('id'), c.req.valid('json').role, actorOf(c))),
  )
  .delete('/:id', async (c) => {
    await removeMember(c.var.tenant, c.req.param('id'), actorOf(c))
    return c.body(null, 204)
  })
  .post('/:id/invitation', async (c) => {
    const invited = await getInvited(c.var.tenant, c.req.param('id'))
    await countInvitation(c, invited.id)
    const deliveryId = await inviteAgain(c.env, c.var.tenant, invited, actorOf(c))
    announce(c, { kind: 'deliver', deliveryIds: [deliveryId] })
    return c.json({}, 202)
  })
