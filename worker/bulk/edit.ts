import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isForeignKeyViolation, isGuardRefusal } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { among, change, row, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { invalid } from '#worker/http/errors.ts'
import { sha256 } from '#worker/http/secrets.ts'
import {
  anyDiffers,
  applyChanges,
  fieldsOf,
  noteChanges,
  recordChanges,
  scoredOf,
  tagsAfter,
} from './changes.ts'
import { type Chosen, choose } from './queries.ts'
import type { Assignment, BulkEdit, BulkEdited } from './schema.ts'
import { UNDO_MINUTES } from './terms.ts'

const UNDO_MS = UNDO_MINUTES * 60_000
const TAGS_MAX = 50

interface Edited extends BulkEdited {
  /** Partners whose score is due. */
  rescore: readonly string[]
}

/**
 * Sets the same on the first 1,000 partners of a selection, or on none of them. Partners that have all of it already stay
 * as they are; of the others the version rises, and what they were can be taken back. A call that comes again changes
 * nothing more.
 * @throws `not-found`, `expected`; `invalid` at `/set/managerId`, `/set/addTags`, `/undo`.
 */
export async function editMany(
  tenant: Tenant,
  { set, undo, ...selection }: BulkEdit,
  actor: Actor,
): Promise<Edited> {
  const { orgId } = tenant
  const chosen = await choose(tenant, selection)
  const { ids, remaining, nextCursor } = chosen
  const bulkId = undo ?? newId('blk')
  const hash = await sha256(JSON.stringify(set))
  const until = actor.now + UNDO_MS
  const fields = fieldsOf(orgId, set, actor)
  const names = fields.map(({ name }) => name)
  try {
    const [changed] = (
      await tenant.batch([
        chosen.still,
        ...roomForTags(orgId, ids, set),
        ...kept(orgId, bulkId, hash, until, actor.now),
        noteChanges(orgId, bulkId, ids, fields),
        recordedEdit(orgId, bulkId, names, ids.length, actor),
        applyChanges(
          orgId,
          { bulkId, ids, side: 'after', fields: names, where: anyDiffers(fields) },
          actor.now,
        ),
        recordChanges(orgId, bulkId, ids, actor),
      ])
    ).slice(-2)
    return {
      updated: ids.length,
      remaining,
      nextCursor,
      undo: { id: bulkId, until: new Date(until).toISOString() },
      rescore: scoredOf(changed),
    }
  } catch (error) {
    if (isForeignKeyViolation(error)) throw invalid('/set/managerId', 'There is no such member.')
    throw isGuardRefusal(error)
      ? await explain(tenant, chosen, set, otherEdit(orgId, bulkId, hash, actor.now))
      : error
  }
}

/** Partners that would come to have too many tags. */
const crowded = (orgId: string, ids: readonly string[], { addTags = [], removeTags = [] }: Assignment) =>
  sql`from partners where partners.org_id = ${orgId} and partners.id in ${among(ids)}
    and json_array_length(${tagsAfter(addTags, removeTags)}) > ${TAGS_MAX}`

const roomForTags = (orgId: string, ids: readonly string[], set: Assignment): Statement[] =>
  set.addTags?.length ? [unless(sql`select 1 where not exists (select 1 ${crowded(orgId, ids, set)})`)] : []

/** An edit that no call goes on with: it set something else, or can no longer be taken back. */
const otherEdit = (orgId: string, id: string, hash: string, now: number) =>
  sql`select 1 from bulk_edits b where b.org_id = ${orgId} and b.id = ${id}
    and (b.assignment_hash <> ${hash} or b.until <= ${now})`

/** The edit itself: a new one, or one that goes on and lasts longer now. */
const kept = (orgId: string, id: string, hash: string, until: number, now: number): Statement[] => [
  unless(sql`select 1 where not exists (${otherEdit(orgId, id, hash, now)})`),
  change(
    sql`insert into bulk_edits (org_id, id, assignment_hash, until) values (${orgId}, ${id}, ${hash}, ${until})
      on conflict (org_id, id) do update set until = excluded.until`,
  ),
]

const recordedEdit = (
  orgId: string,
  bulkId: string,
  names: readonly string[],
  partners: number,
  actor: Actor,
) =>
  audit(orgId, actor, {
    action: 'partner.bulk-edit',
    targetId: bulkId,
    detail: { fields: names.join(' '), partners },
  })

const Reasons = z.object({ here: z.number(), crowded: z.number(), ended: z.number() })

/** Why nothing was done. */
async function explain(tenant: Tenant, { ids, refusal }: Chosen, set: Assignment, other: SQL) {
  const { orgId } = tenant
  const found = await tenant.run(
    row(
      Reasons,
      sql`select
        (select count(*) from partners p where p.org_id = ${orgId} and p.id in ${among(ids)}) as here,
        (select count(*) ${crowded(orgId, ids, set)}) as crowded,
        exists (${other}) as ended`,
    ),
  )
  if (!found || found.here < ids.length) return refusal
  if (found.ended) return invalid('/undo', 'This edit has ended. Begin a new one.')
  if (found.crowded > 0 && set.addTags?.length) return invalid('/set/addTags', tooMany(found.crowded))
  return refusal
}

const tooMany = (partners: number) =>
  partners === 1
    ? `One of the partners would have more than ${TAGS_MAX} tags.`
    : `${partners.toLocaleString('en')} of the partners would have more than ${TAGS_MAX} tags.`
