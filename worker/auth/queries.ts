import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Guarded } from '#worker/db/guarded.ts'
import { type Results, row, rows } from '#worker/db/statement.ts'
import { AppError } from '#worker/http/errors.ts'
import type { Principal } from './principal.ts'
import type { Me, Session } from './schema.ts'
import { ROLES } from './terms.ts'

const User = z.object({ id: z.string(), name: z.string(), email: z.string() })
const Membership = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  org_id: z.string(),
  org_name: z.string(),
})
const ContactOf = z.object({
  partner_id: z.string(),
  partner_name: z.string(),
  org_id: z.string(),
  org_name: z.string(),
})

/** Reads who the user is, where they are a member, and whose contact they are. */
export const meOf = ({ userId }: Principal) =>
  [
    row(User, sql`select id, name, email from users where id = ${userId}`),
    row(
      Membership,
      sql`select m.id, m.role, m.org_id, o.name as org_name from members m
        join organizations o on o.id = m.org_id where m.user_id = ${userId}`,
    ),
    rows(
      ContactOf,
      sql`select c.partner_id, p.name as partner_name, c.org_id, o.name as org_name from contacts c
        join partners p on p.org_id = c.org_id and p.id = c.partner_id
        join organizations o on o.id = c.org_id
        where c.user_id = ${userId} order by p.name_key, p.id`,
    ),
  ] as const

/** What `meOf` read, as the contract spells it. */
export function toMe([user, member, contactOf]: Results<ReturnType<typeof meOf>>): Me {
  if (!user) throw new AppError('not-signed-in')
  return {
    user,
    organization: member ? { id: member.org_id, name: member.org_name } : null,
    role: member?.role ?? null,
    memberId: member?.id ?? null,
    contactOf: contactOf.map((each) => ({
      partnerId: each.partner_id,
      partnerName: each.partner_name,
      organization: { id: each.org_id, name: each.org_name },
    })),
  }
}

export const getMe = async (guarded: Guarded, principal: Principal): Promise<Me> =>
  toMe(await guarded.batch(meOf(principal)))

const isoOf = (ms: number) => new Date(ms).toISOString()
const StoredSession = z.object({
  id: z.string(),
  token: z.string(),
  user_agent: z.string().nullable(),
  created_at: z.number().transform(isoOf),
  expires_at: z.number().transform(isoOf),
})

/** The user's live sessions, newest first. */
export async function listSessions(
  guarded: Guarded,
  { userId, token }: Principal,
  now: number,
): Promise<Session[]> {
  const found = await guarded.run(
    rows(
      StoredSession,
      sql`select id, token, user_agent, created_at, expires_at from sessions
        where user_id = ${userId} and expires_at > ${now} order by created_at desc`,
    ),
  )
  return found.map((each) => ({
    id: each.id,
    current: each.token === token,
    userAgent: each.user_agent || null,
    createdAt: each.created_at,
    expiresAt: each.expires_at,
  }))
}
