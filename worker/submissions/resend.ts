import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { ALERT_CHANNELS } from '#worker/applications/terms.ts'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, row, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { DueDelivery } from '#worker/http/announce.ts'
import { AppError } from '#worker/http/errors.ts'

const Due = z.object({ id: z.string(), channel: z.enum(ALERT_CHANNELS) })

/** An alert of the organisation; other mail is not for members to send. */
const alert = (orgId: string, id: string) =>
  sql`deliveries.org_id = ${orgId} and deliveries.id = ${id}
    and deliveries.purpose in ('application', 'application-summary')`

/**
 * Makes an alert due again that is done or has failed, with all its tries; null when it is under way anyway. The submission
 * remembers who asked for it.
 * @throws `not-found`
 */
export async function resendDelivery(tenant: Tenant, id: string, actor: Actor): Promise<DueDelivery | null> {
  const { orgId } = tenant
  const { userId, now, requestId } = actor
  const settled = sql`${alert(orgId, id)} and deliveries.state <> 'pending'`
  try {
    const [, , , due] = await tenant.batch([
      unless(sql`select 1 from deliveries where ${settled}`),
      change(
        sql`insert into submission_events (id, org_id, submission_id, kind, text, actor_id, actor_name, at)
          select ${newId('sev')}, deliveries.org_id, deliveries.submission_id, 'resent', deliveries.recipient, ${userId},
            coalesce((select m.name from members m where m.org_id = ${orgId} and m.user_id = ${userId}), ''), ${now}
          from deliveries where ${settled} and deliveries.submission_id is not null`,
      ),
      audit(orgId, actor, { action: 'delivery.resend', targetId: id }),
      row(
        Due,
        sql`update deliveries set state = 'pending', attempts = 0, next_try_at = ${now}, lease_until = 0, last_error = null,
            done_at = null, digest_of = null, request_id = ${requestId}
          where ${settled} returning id, channel`,
      ),
    ])
    return due
  } catch (error) {
    if (!isGuardRefusal(error)) throw error
    if (await tenant.run(row(Due, sql`select id, channel from deliveries where ${alert(orgId, id)}`)))
      return null
    throw new AppError('not-found')
  }
}
