import { sql } from 'drizzle-orm'
import { change } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'

/**
 * Makes a partner's scores due now.
 * @throws `not-found` when the organisation has no such partner.
 */
export async function refreshScores(tenant: Tenant, partnerId: string, now: number) {
  const found = await tenant.run(
    change(
      sql`update partners set score_due_at = ${now}
        where partners.org_id = ${tenant.orgId} and partners.id = ${partnerId}`,
    ),
  )
  if (found === 0) throw new AppError('not-found')
}
