import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import type { App } from '#worker/env.ts'
import { announce } from '#worker/http/announce.ts'
import { validBody } from '#worker/http/valid.ts'
import {
  changePassword,
  endOtherSessions,
  endSession,
  renameUser,
  requestReset,
  signIn,
  signOut,
} from './commands.ts'
import { countMail } from './limits.ts'
import { sessionCookieAttributes, sessionCookieName } from './principal.ts'
import { getMe, listSessions } from './queries.ts'
import { AccountChange, PasswordChange, ResetRequest, SignIn } from './schema.ts'

/** Mounted at /api/auth. */
export const signInRoutes = new Hono<App>()
  .post('/sign-in/email', validBody(SignIn), async (c) => {
    return c.json(await signIn(c, c.req.valid('json')))
  })
  .post('/sign-out', async (c) => {
    await signOut(c.var.guarded, c.var.principal)
    deleteCookie(c, sessionCookieName(c.env), sessionCookieAttributes(c.env))
    return c.body(null, 204)
  })
  .post('/request-password-reset', validBody(ResetRequest), async (c) => {
    const request = c.req.valid('json')
    await countMail(c, request.email)
    announce(c, { kind: 'deliver', deliveryIds: [await requestReset(c, request)] })
    return c.json({}, 202)
  })

/** Mounted at /api/me. */
export const meRoutes = new Hono<App>()
  .get('/', async (c) => c.json(await getMe(c.var.guarded, c.var.principal)))
  .patch('/', validBody(AccountChange), async (c) => {
    const { guarded, principal, now } = c.var
    return c.json(await renameUser(guarded, principal, c.req.valid('json').name, now))
  })

/** Mounted at /api/account. */
export const accountRoutes = new Hono<App>()
  .post('/password', validBody(PasswordChange), async (c) => {
    await changePassword(c, c.req.valid('json'))
    return c.body(null, 204)
  })
  .get('/sessions', async (c) =>
    c.json({ items: await listSessions(c.var.guarded, c.var.principal, c.var.now) }),
  )
  .delete('/sessions', async (c) => {
    await endOtherSessions(c.var.guarded, c.var.principal)
    return c.body(null, 204)
  })
  .delete('/sessions/:id', async (c) => {
    await endSession(c.var.guarded, c.var.principal, c.req.param('id'))
    return c.body(null, 204)
  })
