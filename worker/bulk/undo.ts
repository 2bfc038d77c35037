import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { among, row, rows, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { applyChanges, FIELDS, recordChanges, scoredOf } from './changes.ts'
import type { BulkUndone } from './schema.ts'
import { BULK_MAX } from './terms.ts'

interface Undone extends BulkUndone {
  /** Partners whose score is due. */
  rescore: readonly string[]
}

const Partner = z.object({ partner_id: z.string() })
const Left = z.object({ remaining: z.number() })

/** The edit, as long as it can be taken back. */
const open = (orgId: string, id: string, now: number) =>
  unless(sql`select 1 from bulk_edits b where b.org_id = ${orgId} and b.id = ${id} and b.until > ${now}`)

/**
 * What the edit changed is as the edit left it, and what it was before can be again: the manager is still a member, the
 * tier still in the programme.
 */
const UNCHANGED = sql`(b.after -> '$.managerId' is null or (partners.manager_id is b.after ->> '$.managerId.id'
    and (b.before ->> '$.managerId.id' is null or exists (select 1 from members m
      where m.org_id = b.org_id and m.id = b.before ->> '$.managerId.id'))))
  and (b.after -> '$.stage' is null or (partners.stage = b.after ->> '$.stage.stage'
    and partners.stage_changed_at = b.after ->> '$.stage.at'))
  and (b.after -> '$.tags' is null or partners.tags = b.after ->> '$.tags')
  and (b.after -> '$.tier' is null or (partners.tier_source = b.after ->> '$.tier.source'
    and partners.tier_at is b.after ->> '$.tier.at'
    and (partners.tier_source = 'auto' or partners.program_tier_id is b.after ->> '$.tier.programTierId')
    and (b.before ->> '$.tier.programTierId' is null or exists (select 1 from program_tiers g
      where g.org_id = b.org_id and g.id = b.before ->> '$.tier.programTierId'))))`

/**
 * Takes an edit back for the first 1,000 partners that it changed and that are left: they get the values they had before,
 * unless one of those fields has been changed since. Two round trips, since what is done to a partner is written down by
 * its id; a second undo at the same time finds nothing left.
 * @throws `not-found` when there is no such edit, or its time is over.
 */
export async function undoEdit(tenant: Tenant, id: string, actor: Actor): Promise<Undone> {
  const { orgId } = tenant
  const of = sql`b.org_id = ${orgId} and b.bulk_id = ${id}`
  try {
    const [, partners] = await tenant.batch([
      open(orgId, id, actor.now),
      rows(
        Partner,
        sql`select b.partner_id from bulk_changes b where ${of} order by b.partner_id limit ${BULK_MAX}`,
      ),
    ])
    const ids = partners.map(({ partner_id }) => partner_id)
    if (ids.length === 0) return { restored: 0, skipped: 0, remaining: 0, rescore: [] }
    const [, restored, , , taken, left] = await tenant.batch([
      open(orgId, id, actor.now),
      applyChanges(orgId, { bulkId: id, ids, side: 'before', fields: FIELDS, where: UNCHANGED }, actor.now),
      recordChanges(orgId, id, ids, actor),
      audit(orgId, actor, {
        action: 'partner.bulk-undo',
        targetId: id,
        detail: { partners: ids.length },
      }),
      rows(
        Partner,
        sql`delete from bulk_changes where bulk_changes.org_id = ${orgId} and bulk_changes.bulk_id = ${id}
          and bulk_changes.partner_id in ${among(ids)} returning partner_id`,
      ),
      row(Left, sql`select count(*) as remaining from bulk_changes b where ${of}`),
    ])
    return {
      restored: restored.length,
      skipped: taken.length - restored.length,
      remaining: left?.remaining ?? 0,
      rescore: scoredOf(restored),
    }
  } catch (error) {
    if (!isGuardRefusal(error)) throw error
    throw new AppError('not-found', { detail: 'This edit can no longer be undone.' })
  }
}
