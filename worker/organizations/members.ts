import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { mailLink } from '#worker/auth/links.ts'
import { members } from '#worker/auth/table.ts'
import { ROLES, type Role } from '#worker/auth/terms.ts'
import { ensureUser } from '#worker/auth/users.ts'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal, isUniqueViolation } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, row, rows, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { Env } from '#worker/env.ts'
import { AppError } from '#worker/http/errors.ts'
import type { Member, NewMember } from './schema.ts'

const Stored = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    user_id: z.string().nullable(),
  })
  .transform(({ user_id, ...member }): Member => ({ ...member, state: user_id ? 'active' : 'invited' }))

/** Everybody who is a member or invited, by name. */
export const listMembers = (tenant: Tenant): Promise<Member[]> =>
  tenant.run(
    rows(
      Stored,
      sql`select id, name, email, role, user_id from members where members.org_id = ${tenant.orgId}
        order by lower(name), id`,
    ),
  )

const storedMember = (orgId: string, id: string) =>
  row(
    Stored,
    sql`select id, name, email, role, user_id from members where members.org_id = ${orgId} and members.id = ${id}`,
  )

/** Ends the batch unless there is such a member. */
const known = (orgId: string, id: string) =>
  unless(sql`select 1 from members m where m.org_id = ${orgId} and m.id = ${id}`)

/** Ends the batch unless the acting user is an owner. */
const ownersOnly = (orgId: string, actor: Actor) =>
  unless(
    sql`select 1 from members m where m.org_id = ${orgId} and m.user_id = ${actor.userId} and m.role = 'owner'`,
  )

/** Ends the batch unless the member `id` is no owner, or the acting user is one too. */
const onlyOwnersTouchOwners = (orgId: string, id: string, actor: Actor) =>
  unless(sql`select 1 from members m where m.org_id = ${orgId} and (
    (m.id = ${id} and m.role <> 'owner') or (m.user_id = ${actor.userId} and m.role = 'owner'))`)

/** Ends the batch unless an owner other than `id` has a working account. */
const anotherOwner = (orgId: string, id: string) =>
  unless(sql`select 1 from members m
    where m.org_id = ${orgId} and ((m.id <> ${id} and m.role = 'owner' and m.user_id is not null)
      or (m.id = ${id} and m.role <> 'owner'))`)

/** The name to show until the invited person gives one: `ada.lovelace@…` is Ada Lovelace. */
const nameFrom = (email: string) =>
  (email.split('@')[0] ?? email)
    .split(/[._+-]+/)
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ') || email

/**
 * Invites an address by mail; the membership begins when the link is used. Says nothing of what else the address is.
 * @throws `duplicate-member`; `forbidden` when one who is no owner invites an owner.
 */
export async function inviteMember(env: Env, tenant: Tenant, { email, role }: NewMember, actor: Actor) {
  const { orgId } = tenant
  const id = newId('mbr')
  const name = nameFrom(email)
  const link = await invitation(env, orgId, email, id, actor)
  try {
    await tenant.batch([
      ...(role === 'owner' ? [ownersOnly(orgId, actor)] : []),
      ensureUser(email, name, actor.now),
      tenant.insert(members, { id, orgId, userId: null, email, name, role, createdAt: actor.now }),
      ...link.statements,
      audit(orgId, actor, { action: 'member.invite', targetId: id, detail: { role } }),
    ])
  } catch (error) {
    if (isUniqueViolation(error, 'members.org_id, members.email'))
      throw new AppError('duplicate-member', {
        errors: [{ pointer: '/email', detail: 'This address is a member already, or invited.' }],
      })
    throw isGuardRefusal(error) ? ownersDecide() : error
  }
  const member: Member = { id, name, email, role, state: 'invited' }
  return { member, deliveryId: link.deliveryId }
}

const invitation = (env: Env, orgId: string, email: string, memberId: string, { requestId, now }: Actor) =>
  mailLink(env, { purpose: 'invitation', orgId, email, payload: { memberId }, requestId, now })

const ownersDecide = () =>
  new AppError('forbidden', { detail: 'Only an owner makes, changes or removes an owner.' })

/** Somebody whose invitation waits. @throws `not-found` when nobody of that id does. */
export async function getInvited(tenant: Tenant, id: string): Promise<Member> {
  const found = await tenant.run(storedMember(tenant.orgId, id))
  if (found?.state !== 'invited') throw new AppError('not-found')
  return found
}

/** Mails a new link to somebody who is invited; older ones stop working. */
export async function inviteAgain(env: Env, tenant: Tenant, { id, email }: Member, actor: Actor) {
  const link = await invitation(env, tenant.orgId, email, id, actor)
  await tenant.batch(link.statements)
  return link.deliveryId
}

/**
 * Gives a member another role.
 * @throws `not-found`; `forbidden` when one who is no owner makes or changes an owner; `last-owner`.
 */
export async function changeRole(tenant: Tenant, id: string, role: Role, actor: Actor): Promise<Member> {
  const { orgId } = tenant
  return guardedByOwners(tenant, id, actor, async () => {
    const checks: Statement[] =
      role === 'owner'
        ? [ownersOnly(orgId, actor)]
        : [onlyOwnersTouchOwners(orgId, id, actor), anotherOwner(orgId, id)]
    const [, before] = await tenant.batch([
      known(orgId, id),
      storedMember(orgId, id),
      ...checks,
      change(sql`update members set role = ${role} where members.org_id = ${orgId} and members.id = ${id}`),
      audit(orgId, actor, { action: 'member.role', targetId: id, detail: { role } }),
    ])
    if (!before) throw new AppError('not-found')
    return { ...before, role }
  })
}

/**
 * Removes a member: their sessions end at once, and the partners that they managed have no manager. The user stays, with
 * what they may be elsewhere.
 * @throws `not-found`; `forbidden` when one who is no owner removes an owner; `last-owner`.
 */
export async function removeMember(tenant: Tenant, id: string, actor: Actor) {
  const { orgId } = tenant
  const gone = sql`members.org_id = ${orgId} and members.id = ${id}`
  await guardedByOwners(tenant, id, actor, async () => {
    await tenant.batch([
      known(orgId, id),
      onlyOwnersTouchOwners(orgId, id, actor),
      anotherOwner(orgId, id),
      change(sql`delete from sessions where user_id = (select user_id from members where ${gone})`),
      change(
        sql`update partners set manager_id = null where partners.org_id = ${orgId} and partners.manager_id = ${id}`,
      ),
      // What they shared is the organisation's; their private views go with them.
      change(
        sql`update views set owner_id = (select m.id from members m where m.org_id = ${orgId} and m.user_id = ${actor.userId})
          where views.org_id = ${orgId} and views.owner_id = ${id} and views.shared = 1`,
      ),
      change(
        sql`update mail_links set expires_at = ${actor.now}
          where org_id = ${orgId} and payload ->> 'memberId' = ${id} and used_at is null`,
      ),
      change(sql`delete from members where ${gone}`),
      audit(orgId, actor, { action: 'member.remove', targetId: id }),
    ])
  })
}

const Why = z.object({ known: z.number(), actorIsOwner: z.number(), targetIsOwner: z.number() })

/** Runs a change that owners guard, and says which of the rules refused it. */
async function guardedByOwners<Result>(tenant: Tenant, id: string, actor: Actor, act: () => Promise<Result>) {
  try {
    return await act()
  } catch (error) {
    if (!isGuardRefusal(error)) throw error
  }
  const { orgId } = tenant
  const why = await tenant.run(
    row(
      Why,
      sql`select exists (select 1 from members m where m.org_id = ${orgId} and m.id = ${id}) as known,
        exists (select 1 from members m where m.org_id = ${orgId} and m.user_id = ${actor.userId} and m.role = 'owner')
          as actorIsOwner,
        exists (select 1 from members m where m.org_id = ${orgId} and m.id = ${id} and m.role = 'owner')
          as targetIsOwner`,
    ),
  )
  if (!why?.known) throw new AppError('not-found')
  if (!why.actorIsOwner) throw ownersDecide()
  throw new AppError('last-owner', { detail: 'Make somebody else an owner first.' })
}
