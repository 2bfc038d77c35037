import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { everybody } from './counts.ts'
import type { Changes } from './list-schema.ts'

/** Ids that an answer names; a page with more changes than this reads itself anew. */
const MOST = 200
/**
 * A request writes the time at which it began, and a replica may lag: what is asked for next reaches back this far, so
 * that a change is rather told twice than never.
 */
const OVERLAP_MS = 10_000

const Changed = z.object({ id: z.string() })
const Counted = z.object({ partners: z.number() })

/**
 * The partners that were added or edited, or whose scores say something else, since an earlier answer's `at`, newest
 * first. Of partners that are gone only the total tells. Two index ranges, read from their end.
 */
export async function listChanges(tenant: Tenant, since: number | undefined, now: number): Promise<Changes> {
  const { orgId } = tenant
  const from = since ?? now
  const [changed, counted] = await tenant.batch([
    rows(
      Changed,
      sql`select c.id, max(c.at) as at from (
          select * from (select p.id, p.updated_at as at from partners p indexed by partners_by_updated
            where p.org_id = ${orgId} and p.updated_at > ${from} order by p.updated_at desc limit ${MOST + 1})
          union all
          select * from (select p.id, p.scored_at as at from partners p indexed by partners_by_scored
            where p.org_id = ${orgId} and p.scored_at > ${from} order by p.scored_at desc limit ${MOST + 1})) c
        group by c.id order by at desc, c.id limit ${MOST + 1}`,
    ),
    row(Counted, sql`select ${everybody(orgId)} as partners`),
  ])
  return {
    at: new Date(now - OVERLAP_MS).toISOString(),
    total: counted?.partners ?? 0,
    ids: changed.slice(0, MOST).map(({ id }) => id),
    more: changed.length > MOST,
  }
}
