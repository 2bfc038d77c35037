import { type SQL, sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as z from 'zod'
import type { Guarded } from '#worker/db/guarded.ts'
import { change, row, rows } from '#worker/db/statement.ts'
import type { App } from '#worker/env.ts'
import { AppError, invalid } from '#worker/http/errors.ts'
import { countPasswordTry, countSignIn } from './limits.ts'
import { mailLink, voidResets } from './links.ts'
import { hashPassword, matchesPassword, refuseCommon } from './passwords.ts'
import type { Principal } from './principal.ts'
import { meOf, toMe } from './queries.ts'
import type { PasswordChange, ResetRequest, SignIn } from './schema.ts'
import { cameIn, comingIn } from './sessions.ts'

const Credential = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  password: z.string().nullable(),
})

/** Who has the address or id, and their password. */
const credentialOf = (whom: SQL) =>
  row(
    Credential,
    sql`select u.id, u.name, u.email, a.password from users u
      left join accounts a on a.user_id = u.id and a.provider_id = 'credential' where ${whom}`,
  )

const wrongCredentials = () =>
  new AppError('wrong-credentials', { detail: 'Check both, or set a new password.' })

/**
 * Begins a session. Unknown address, wrong password and an account without a password answer the same, after the same work.
 * @throws `wrong-credentials`; `too-many-requests`
 */
export async function signIn(c: Context<App>, { email, password }: SignIn) {
  const found = await countSignIn(c, credentialOf(sql`u.email = ${email}`))
  const matches = await matchesPassword(found?.password ?? null, password)
  if (!(found && matches)) throw wrongCredentials()
  const { id, name } = found
  // Not if the password was changed while it was being checked: that ends every session of before.
  const whom = sql`u.id = ${id} and exists (select 1 from accounts a
    where a.user_id = u.id and a.provider_id = 'credential' and a.password = ${found.password})`
  const results = await c.var.db.batch(comingIn(c, sql`${id}`, whom))
  if (!(await cameIn(c, results))) throw wrongCredentials()
  return { user: { id, name, email: found.email } }
}

/** Ends the session that asks. */
export const signOut = (guarded: Guarded, { token }: Principal) =>
  guarded.run(change(sql`delete from sessions where token = ${token}`))

/**
 * Records the request and its mail for any address, known or not, with equal work; whether a mail goes out is decided
 * when its turn comes.
 */
export async function requestReset(c: Context<App>, { email, redirectTo }: ResetRequest) {
  const { requestId, now } = c.var
  const payload = redirectTo ? { redirectTo } : {}
  const link = await mailLink(c.env, { purpose: 'reset', orgId: null, email, payload, requestId, now })
  await c.var.db.batch(link.statements)
  return link.deliveryId
}

/**
 * Sets another password, and ends every other session and waiting link of the user.
 * @throws `invalid` at the field that is wrong; `too-many-requests`
 */
export async function changePassword(c: Context<App>, { currentPassword, newPassword }: PasswordChange) {
  await refuseCommon(newPassword)
  const { guarded, now } = c.var
  const { userId, token } = c.var.principal
  const found = await countPasswordTry(c, userId, credentialOf(sql`u.id = ${userId}`))
  const matches = await matchesPassword(found?.password ?? null, currentPassword)
  if (!(found && matches)) throw invalid('/currentPassword', 'This is not your current password.')
  const hash = await hashPassword(newPassword)
  await guarded.batch([
    change(
      sql`update accounts set password = ${hash}, updated_at = ${now}
        where user_id = ${userId} and provider_id = 'credential'`,
    ),
    change(sql`delete from sessions where user_id = ${userId} and token <> ${token}`),
    voidResets(found.email, now),
  ])
}

/** Ends one session of the user. @throws `not-found` */
export async function endSession(guarded: Guarded, { userId }: Principal, id: string) {
  const ended = await guarded.run(change(sql`delete from sessions where user_id = ${userId} and id = ${id}`))
  if (ended === 0) throw new AppError('not-found')
}

/** Ends every session of the user but the one that asks. */
export const endOtherSessions = (guarded: Guarded, { userId, token }: Principal) =>
  guarded.run(change(sql`delete from sessions where user_id = ${userId} and token <> ${token}`))

/** Renames the user, and the member that they are. Contacts stay as their organisations noted them. */
export async function renameUser(guarded: Guarded, principal: Principal, name: string, now: number) {
  const { userId } = principal
  const [, , ...me] = await guarded.batch([
    change(sql`update users set name = ${name}, updated_at = ${now} where id = ${userId}`),
    rows(z.unknown(), sql`update members set name = ${name} where user_id = ${userId} returning org_id`),
    ...meOf(principal),
  ])
  return toMe(me)
}
