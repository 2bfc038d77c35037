import { type SQL, sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as z from 'zod'
import { newId } from '#worker/db/ids.ts'
import { change, row, rows, type Statement } from '#worker/db/statement.ts'
import type { App } from '#worker/env.ts'
import { announce } from '#worker/http/announce.ts'
import { newSessionRandom, setSessionCookie } from './principal.ts'

/** Days for which a sign-in holds. */
const SESSION_DAYS = 30
const AGENT_LENGTH = 400

const Begun = z.object({ token: z.string() })
const Visited = z.object({ orgId: z.string(), partnerId: z.string() })

/**
 * Somebody comes in: statements that begin a session, and note the visit. `whom` selects the user `u`, who is a member of
 * one organisation or of none; when it selects nobody, no session begins. Read their results with `cameIn`.
 */
export function comingIn(c: Context<App>, userId: SQL, whom: SQL): Statement[] {
  const { now } = c.var
  const agent = c.req.header('User-Agent')?.slice(0, AGENT_LENGTH) ?? ''
  const expires = now + SESSION_DAYS * 86_400_000
  return [
    // The token of `principalOf`: the ids that it speaks for, and what nobody can guess.
    row(
      Begun,
      sql`insert into sessions (id, user_id, token, expires_at, user_agent, created_at, updated_at)
        select ${newId('ses')}, u.id, u.id || '.' || coalesce(m.org_id, '') || '.' || coalesce(m.id, '') || '.' || ${newSessionRandom()},
          ${expires}, ${agent}, ${now}, ${now}
        from users u left join members m on m.user_id = u.id where ${whom} returning token`,
    ),
    change(
      sql`update contacts set last_seen_at = ${now}, claimed_at = coalesce(claimed_at, ${now}) where user_id = ${userId}
        and not exists (select 1 from members m where m.user_id = ${userId})`,
    ),
    // Health reads how the portal is used, so a contact who comes makes the scores of their partners due.
    rows(
      Visited,
      sql`update partners set input_version = input_version + 1, score_due_at = ${now}
        where (org_id, id) in (select c.org_id, c.partner_id from contacts c where c.user_id = ${userId})
          and not exists (select 1 from members m where m.user_id = ${userId})
        returning org_id as orgId, id as partnerId`,
    ),
  ]
}

/** Hands out the session that began, by what a batch answered that ended with `comingIn`; false if none did. */
export async function cameIn(c: Context<App>, results: readonly unknown[]): Promise<boolean> {
  const [begun, , visited] = Came.parse(results.slice(-3))
  if (!begun) return false
  for (const { orgId, partnerId } of visited)
    announce(c, { kind: 'score-partners', orgId, partnerIds: [partnerId] })
  await setSessionCookie(c, begun.token, SESSION_DAYS)
  return true
}
const Came = z.tuple([Begun.nullable(), z.number(), z.array(Visited)])
