import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as z from 'zod'
import { type FoundLink, findLink, spent, useLink, voidResets } from '#worker/auth/links.ts'
import { hashPassword, refuseCommon } from '#worker/auth/passwords.ts'
import type { PasswordReset } from '#worker/auth/schema.ts'
import { cameIn, comingIn } from '#worker/auth/sessions.ts'
import { unlessTooLate } from '#worker/auth/sign-up.ts'
import { ensureUser, nameUnproved, setProvedPassword, userOf } from '#worker/auth/users.ts'
import { isGuardRefusal, isUniqueViolation } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, type Statement, unless } from '#worker/db/statement.ts'
import type { App, Env } from '#worker/env.ts'
import { AppError } from '#worker/http/errors.ts'
import { defaultProgram } from '#worker/program/defaults.ts'
import { defaultScoring } from '#worker/scoring/defaults.ts'

/**
 * Uses a mailed link: sets the password of its address, ends every session of the user, and does what the link is for
 * (found an organisation, accept an invitation). Who proved the address is then signed in. All in one transaction, so that
 * of fifty at once exactly one succeeds and a crash leaves either a link that still works or an account that does.
 * @returns the sign-in page of the app to go on to, which leads on whoever is signed in.
 * @throws `invalid` at `/token` or `/newPassword`; `other-organization`.
 */
export async function claimLink(c: Context<App>, { token, newPassword }: PasswordReset) {
  const { env } = c
  const { db, now } = c.var
  const link = await findLink(db, token, now)
  await refuseCommon(newPassword)
  const hash = await hashPassword(newPassword)
  const name = link.payload.ownerName ?? link.email
  try {
    const results = await db.batch([
      ...useLink(link, now),
      ensureUser(link.email, name, now),
      ...(link.purpose === 'founding' ? founding(env, link, now) : joining(link, now)),
      ...setProvedPassword(link.email, hash, now),
      voidResets(link.email, now),
      ...comingIn(c, userOf(link.email), sql`u.email = ${link.email}`),
    ])
    await cameIn(c, results)
  } catch (error) {
    if (isUniqueViolation(error, 'members.user_id')) throw elsewhere()
    throw isGuardRefusal(error) ? spent() : error
  }
  return { redirectTo: link.payload.redirectTo ?? '/login' }
}

const elsewhere = () =>
  new AppError('other-organization', {
    detail:
      'One address belongs to one organisation. Use another address, or leave the other organisation first.',
  })

/** The organisation with its first owner, a programme and scoring to start from. */
function founding(env: Env, link: FoundLink, now: number): Statement[] {
  const orgId = newId('org')
  const { organizationName, ownerName } = Founding.parse(link.payload)
  return [
    ...unlessTooLate(env),
    nameUnproved(link.email, ownerName),
    change(
      sql`insert into organizations (id, name, created_at) values (${orgId}, ${organizationName}, ${now})`,
    ),
    change(
      sql`insert into members (id, org_id, user_id, email, name, role, created_at, accepted_at)
        values (${newId('mbr')}, ${orgId}, ${userOf(link.email)}, ${link.email}, ${ownerName}, 'owner', ${now}, ${now})`,
    ),
    ...defaultProgram(orgId, { id: userOf(link.email), name: ownerName }, now),
    defaultScoring(orgId),
  ]
}
const Founding = z.object({ organizationName: z.string(), ownerName: z.string() })

/**
 * An invitation's own membership; or, for a plain reset, the one invitation that waits for this address, because its
 * mail may have been lost and the address is proved all the same.
 */
function joining({ purpose, org_id: orgId, email, payload }: FoundLink, now: number): Statement[] {
  if (purpose === 'invitation') {
    const waiting = sql`org_id = ${orgId} and id = ${payload.memberId ?? null} and user_id is null`
    return [
      unless(sql`select 1 from members where ${waiting}`),
      nameUnproved(email, sql`(select name from members where ${waiting})`),
      change(sql`update members set user_id = ${userOf(email)}, accepted_at = ${now} where ${waiting}`),
    ]
  }
  return [
    ...(payload.redirectTo === '/portal/login' ? [claimContacts(email, now)] : []),
    change(
      sql`update members set user_id = ${userOf(email)}, accepted_at = ${now}
        where email = ${email} and user_id is null
          and (select count(*) from members i where i.email = ${email} and i.user_id is null) = 1
          and not exists (select 1 from members o where o.user_id = ${userOf(email)})`,
    ),
  ]
}

/** Whoever sets a password for the portal claims what they are there. */
const claimContacts = (email: string, now: number) =>
  change(sql`update contacts set claimed_at = coalesce(claimed_at, ${now}) where user_id = ${userOf(email)}`)
