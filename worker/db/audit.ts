import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { newId } from './ids.ts'
import { build, change, type Statement } from './statement.ts'

/** Who did what, when, to which id. Append-only: a trigger refuses updates. */
export const auditLog = sqliteTable('audit_log', {
  id: text('id').notNull(), // aud_…
  orgId: text('org_id').notNull(),
  at: integer('at').notNull(), // Unix ms
  /** The user. */
  actorId: text('actor_id').notNull(),
  action: text('action').notNull(),
  targetId: text('target_id'),
  /** Ids and values of fixed lists, never a name or an address. */
  detail: text('detail', { mode: 'json' }).notNull(),
  requestId: text('request_id').notNull(),
})

/** Who acts, and in which request. */
export interface Actor {
  userId: string
  requestId: string
  now: number
}

export interface Deed {
  action: `${string}.${string}`
  targetId: string | null
  detail?: Record<string, string | number | null>
}

/** One entry; goes into the batch of the change that it tells of. */
export const audit = (
  orgId: string,
  actor: Actor,
  { action, targetId, detail = {} }: Deed,
): Statement<number> =>
  change(
    build.insert(auditLog).values({
      id: newId('aud'),
      orgId,
      at: actor.now,
      actorId: actor.userId,
      action,
      targetId,
      detail,
      requestId: actor.requestId,
    }),
  )

/** One entry for each of many targets, in one statement. */
export const auditEach = (
  orgId: string,
  { userId, requestId, now }: Actor,
  action: Deed['action'],
  targetIds: readonly string[],
): Statement<number> =>
  change(
    sql`insert into audit_log (id, org_id, at, actor_id, action, target_id, detail, request_id)
      select r.value ->> 0, ${orgId}, ${now}, ${userId}, ${action}, r.value ->> 1, '{}', ${requestId}
      from json_each(${JSON.stringify(targetIds.map((id) => [newId('aud'), id]))}) r`,
  )
