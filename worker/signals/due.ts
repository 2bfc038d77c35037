import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { rows } from '#worker/db/statement.ts'

const DueCheck = z.object({ org_id: z.string(), domain: z.string() })
/** Domains that are due and that nobody holds: their message was lost, or a week has passed. */
export const dueChecks = (now: number, limit: number) =>
  rows(
    DueCheck,
    sql`select org_id, domain from domain_checks where due_at <= ${now} and lease_until <= ${now}
      order by due_at limit ${limit}`,
  )
