import { sql } from 'drizzle-orm'
import { type Actor, auditEach } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { change, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { anyDue, dueFiles } from '#worker/files/job.ts'
import { AppError } from '#worker/http/errors.ts'

/**
 * Deletes partners for good: contacts, scores, activity and whatever else hangs on them goes with them, and so do portal
 * accounts that belong to nobody else. The audit log keeps their ids. Ends the batch unless all of them are there.
 */
export function removal(orgId: string, ids: readonly string[], actor: Actor): Statement[] {
  const list = JSON.stringify(ids)
  const chosen = sql`(select value from json_each(${list}))`
  const mails = sql`(select c.email from contacts c where c.org_id = ${orgId} and c.partner_id in ${chosen})`
  // A user who is nobody's member, no other partner's contact and not invited anywhere.
  const orphans = sql`(select u.id from users u where u.email in ${mails}
    and not exists (select 1 from members m where m.email = u.email or m.user_id = u.id)
    and not exists (select 1 from contacts c where c.user_id = u.id
      and not (c.org_id = ${orgId} and c.partner_id in ${chosen})))`
  return [
    unless(sql`select 1 where (select count(*) from partners p where p.org_id = ${orgId} and p.id in ${chosen})
      = json_array_length(${list})`),
    change(
      sql`delete from deliveries where org_id is null and recipient in (select email from users where id in ${orphans})
        and ${orgId} <> ''`,
    ),
    change(
      sql`delete from mail_links where org_id is null and email in (select email from users where id in ${orphans})
        and ${orgId} <> ''`,
    ),
    change(sql`delete from users where id in ${orphans}`),
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
  try {
    return anyDue(await tenant.batch([...removal(tenant.orgId, [id], actor), dueFiles(actor.now)]))
  } catch (error) {
    throw isGuardRefusal(error) ? new AppError('not-found') : error
  }
}
