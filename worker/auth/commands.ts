import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as z from 'zod'
import type { Guarded } from '#worker/db/guarded.ts'
import { change, row, rows } from '#worker/db/statement.ts'
import type { App } from '#worker/env.ts'
import { AppError, invalid } from '#worker/http/errors.ts'
import { mailLink, voidResets } from './links.ts'
import { hashPassword, matchesPassword, refuseCommon } from './passwords.ts'
import type { Principal } from './principal.ts'
import { sessionCookieName } from './principal.ts'
import { meOf, toMe } from './queries.ts'
import type { PasswordChange, ResetRequest, SignIn } from './schema.ts'

const User = z.object({ id: z.string(), name: z.string(), email: z.string() })
/** What the library asks for before it refuses a known address: the user, then the password. */
const LOOKUPS = 2
const Membership = z.object({ orgId: z.string(), memberId: z.string() })

/**
 * Begins a session. Unknown address, wrong password and an account without a password answer the same, after the same
 * work.
 * @throws `wrong-credentials`
 */
export async function signIn(c: Context<App>, { email, password }: SignIn) {
  const { credentials } = await import('./library.ts')
  const { db, now } = c.var
  let lookups = 0
  const binding = db.forLibrary(() => lookups++)
  const library = credentials(c.env, binding, async (userId) => {
    const found = await db.run(
      row(Membership, sql`select org_id as orgId, id as memberId from members where user_id = ${userId}`),
    )
    return found ?? { orgId: null, memberId: null }
  })
  const answer = await library.api.signInEmail({
    body: { email, password },
    headers: new Headers({ 'user-agent': c.req.header('User-Agent')?.slice(0, 400) ?? '' }),
    asResponse: true,
  })
  if (!answer.ok) {
    // The library looks for the password of known addresses only; as many round trips hide which ones are known.
    while (lookups++ < LOOKUPS)
      await db.run(row(z.unknown(), sql`select id from accounts where user_id = ''`))
    throw new AppError('wrong-credentials', { detail: 'Check both, or set a new password.' })
  }
  const prefix = `${sessionCookieName(c.env)}=`
  const cookie = answer.headers.getSetCookie().find((each) => each.startsWith(prefix))
  if (cookie) c.header('Set-Cookie', cookie, { append: true })
  const { user } = z.object({ user: User }).parse(await answer.json())
  // A contact who signs in is seen by the partners that they are a contact of; a member's sign-ins are nobody else's.
  await db.run(seen(user.id, now))
  return user
}

const seen = (userId: string, now: number) =>
  change(
    sql`update contacts set last_seen_at = ${now}, claimed_at = coalesce(claimed_at, ${now}) where user_id = ${userId}
      and not exists (select 1 from members m where m.user_id = ${userId})`,
  )

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

const Credential = z.object({ password: z.string().nullable() })

/**
 * Sets another password, and ends every other session and waiting link of the user.
 * @throws `invalid` at the field that is wrong.
 */
export async function changePassword(
  guarded: Guarded,
  principal: Principal,
  change_: PasswordChange,
  now: number,
) {
  refuseCommon(change_.newPassword)
  const { userId, token } = principal
  const [found, user] = await guarded.batch([
    row(
      Credential,
      sql`select password from accounts where user_id = ${userId} and provider_id = 'credential'`,
    ),
    row(User, sql`select id, name, email from users where id = ${userId}`),
  ])
  if (!user || !found?.password || !(await matchesPassword(found.password, change_.currentPassword)))
    throw invalid('/currentPassword', 'This is not your current password.')
  const hash = await hashPassword(change_.newPassword)
  await guarded.batch([
    change(
      sql`update accounts set password = ${hash}, updated_at = ${now}
        where user_id = ${userId} and provider_id = 'credential'`,
    ),
    change(sql`delete from sessions where user_id = ${userId} and token <> ${token}`),
    voidResets(user.email, now),
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
