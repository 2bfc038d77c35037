import { sql } from 'drizzle-orm'
import { accountsWith } from '#worker/auth/users.ts'
import { type Actor, auditEach } from '#worker/db/audit.ts'
import { among, change, type Statement } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { anyDue, dueFiles } from '#worker/files/job.ts'
import { missing, partnerExists } from './queries.ts'

/**
 * Deletes partners for good: contacts, scores, activity and whatever else hangs on them goes with them, and so do portal
 * accounts that belong to nobody else. The audit log keeps their ids. Stands behind a check that all of them are there.
 */
export function removal(orgId: string, ids: readonly string[], actor: Actor): Statement[] {
  const chosen = among(ids)
  return [
    ...accountsWith(sql`c.org_id = ${orgId} and c.partner_id in ${chosen}`),
    change(
      sql`delete from idempotency_keys where idempotency_keys.org_id = ${orgId} and answer ->> 'id' in ${chosen}`,
    ),
    change(sql`delete from partners where partners.org_id = ${orgId} and partners.id in ${chosen}`),
    auditEach(orgId, actor, 'partner.delete', ids),
  ]
}

/**
 * Deletes one partner; answers whether its logo is left to be deleted.
 * @throws `not-found`
 */
export async function removePartner(tenant: Tenant, id: string, actor: Actor) {
  const { orgId } = tenant
  const deletion = [partnerExists(orgId, id), ...removal(orgId, [id], actor), dueFiles(actor.now)]
  return anyDue(await tenant.batch(deletion).catch(missing))
}
