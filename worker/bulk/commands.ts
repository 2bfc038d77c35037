import type { Actor } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { anyDue, dueFiles } from '#worker/files/job.ts'
import { removal } from '#worker/partners/remove.ts'
import { choose, type Selection } from './queries.ts'
import type { BulkDeleted } from './schema.ts'

interface Deleted extends BulkDeleted {
  /** True when logos are left to be deleted. */
  files: boolean
}

/**
 * Deletes the first 1,000 partners of a selection with all that hangs on them, or none of them.
 * @throws `not-found` when one of the ids is not the organisation's; `expected` when a filter lets another number through.
 */
export async function deleteMany(tenant: Tenant, selection: Selection, actor: Actor): Promise<Deleted> {
  const { ids, remaining, still, refusal } = await choose(tenant, selection)
  if (ids.length === 0) return { deleted: 0, remaining, files: false }
  try {
    const results = await tenant.batch([still, ...removal(tenant.orgId, ids, actor), dueFiles(actor.now)])
    return { deleted: ids.length, remaining, files: anyDue(results) }
  } catch (error) {
    throw isGuardRefusal(error) ? refusal : error
  }
}
