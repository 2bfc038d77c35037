import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { getCookie, setSignedCookie } from 'hono/cookie'
import * as z from 'zod'
import type { Database, Guard } from '#worker/db/database.ts'
import { row, unless } from '#worker/db/statement.ts'
import type { App, Env } from '#worker/env.ts'
import { AppError } from '#worker/http/errors.ts'
import { isSigned } from '#worker/http/secrets.ts'
import { mayAct, ROLE_LABELS, ROLES, type Role } from './terms.ts'

/**
 * Who asks, as the signed session cookie tells it. We wrote the ids into the token when the session began, so they can be
 * trusted to belong together; whether session and membership still stand is for the guard to find out.
 */
export interface Principal {
  readonly token: string
  readonly userId: string
  readonly orgId: string | null
  readonly memberId: string | null
}

const isSecure = (env: Env) => env.APP_URL.startsWith('https:')
/** `__Host-` keeps other hosts of the same site from setting it; browsers allow that name over https only. */
export const sessionCookieName = (env: Env) => (isSecure(env) ? '__Host-entente' : 'entente')
export const sessionCookieAttributes = (env: Env) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(env) }) as const

/** Hands the token of a session to the browser that asks, for so many days. */
export const setSessionCookie = (c: Context<App>, token: string, days: number) =>
  setSignedCookie(c, sessionCookieName(c.env), token, c.env.AUTH_SECRET, {
    ...sessionCookieAttributes(c.env),
    maxAge: days * 86_400,
  })

type Ids = Omit<Principal, 'token'>

/** 192 bits in 32 characters, none of them a dot. */
export const newSessionRandom = () =>
  crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: 'base64url' })

/** A session's token: the ids it speaks for, and 32 random characters. */
export const tokenFor = ({ userId, orgId, memberId }: Ids, random: string) =>
  [userId, orgId ?? '', memberId ?? '', random].join('.')

/** The principal of the request's cookie, or null without a cookie that we signed. */
export async function principalOf(c: Context<App>): Promise<Principal | null> {
  const cookie = getCookie(c, sessionCookieName(c.env)) ?? ''
  const dot = cookie.lastIndexOf('.')
  const token = cookie.slice(0, Math.max(0, dot))
  if (!(await isSigned(c.env.AUTH_SECRET, token, cookie.slice(dot + 1)))) return null
  const [userId, orgId, memberId, random] = token.split('.')
  if (!userId || !random) return null
  return { token, userId, orgId: orgId || null, memberId: memberId || null }
}

const live = (principal: Principal, now: number) =>
  sql`from sessions s where s.token = ${principal.token} and s.expires_at > ${now}`

/** Grants while the session stands. */
export const sessionGuard = (principal: Principal, now: number): Guard => ({
  statement: unless(sql`select 1 ${live(principal, now)}`),
  refused: () => Promise.reject(new AppError('not-signed-in')),
})

/** Grants while the session stands and its user is a member with at least the role `needed`. */
export function memberGuard(db: Database, principal: Principal, needed: Role, now: number): Guard {
  const enough = sql.join(
    ROLES.filter((role) => mayAct(role, needed)).map((role) => sql`${role}`),
    sql`, `,
  )
  const membership = sql`select m.role from sessions s
    join members m on m.org_id = ${principal.orgId} and m.id = ${principal.memberId} and m.user_id = s.user_id
    where s.token = ${principal.token} and s.expires_at > ${now}`
  return {
    statement: unless(sql`${membership} and m.role in (${enough})`),
    refused: async () => {
      const [session, member] = await db.batch([
        row(z.unknown(), sql`select 1 ${live(principal, now)}`),
        row(z.object({ role: z.enum(ROLES) }), membership),
      ])
      if (!session) throw new AppError('not-signed-in')
      if (!member || !mayAct(member.role, needed))
        throw new AppError('forbidden', { detail: `This needs the role ${ROLE_LABELS[needed]}.` })
    },
  }
}
