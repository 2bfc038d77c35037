import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Actor } from '#worker/db/audit.ts'
import { decodeCursor, encodeCursor } from '#worker/db/cursor.ts'
import { newId } from '#worker/db/ids.ts'
import { change, row, rows, type Statement } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import type { Page } from '#worker/http/schema.ts'
import { missing, partnerExists } from './queries.ts'
import type { Activity, NewActivity } from './schema.ts'

interface Entry {
  id?: string
  kind: Activity['kind']
  text: string
  /** YYYY-MM-DD; today when left out. */
  on?: string
  fields?: readonly string[]
  /** The partner's version that an edit made. */
  version?: number | SQL
}

/** One entry of a partner's activity; goes into the batch of what it tells of. */
export const record = (orgId: string, partnerId: string, actor: Actor, entry: Entry): Statement<number> =>
  change(
    sql`insert into activity (id, org_id, partner_id, kind, happened_on, text, fields, version, actor_id, actor_name,
        created_at)
      select ${entry.id ?? newId('act')}, ${orgId}, ${partnerId}, ${entry.kind}, ${entry.on ?? dayOf(actor.now)},
        ${entry.text}, ${JSON.stringify(entry.fields ?? [])}, ${entry.version ?? null}, u.id, u.name, ${actor.now}
      from users u where u.id = ${actor.userId}`,
  )

const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10)

const Stored = z
  .object({
    id: z.string(),
    kind: z.enum(['meeting', 'call', 'email', 'note', 'edit', 'tier', 'created']),
    happened_on: z.string(),
    text: z.string(),
    fields: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
    actor_id: z.string(),
    actor_name: z.string(),
    created_at: z.number(),
  })
  .transform(
    ({ happened_on, actor_id, actor_name, created_at, ...entry }): Activity => ({
      ...entry,
      on: happened_on,
      by: { id: actor_id, name: actor_name },
      at: new Date(created_at).toISOString(),
    }),
  )

/** Counted for the first page only. */
const Total = z.object({ total: z.number().nullable() })

/**
 * What happened with a partner, newest first.
 * @throws `not-found`
 */
export async function listActivity(tenant: Tenant, partnerId: string, { cursor, limit }: Page) {
  const { orgId } = tenant
  const before = cursor === undefined ? sql`` : sql`and a.id < ${decodeCursor(cursor, 'act')[1]}`
  const of = sql`from activity a where a.org_id = ${orgId} and a.partner_id = ${partnerId}`
  const [, found, counted] = await tenant
    .batch([
      partnerExists(orgId, partnerId),
      rows(
        Stored,
        sql`select id, kind, happened_on, text, fields, actor_id, actor_name, created_at ${of} ${before}
          order by a.id desc limit ${limit + 1}`,
      ),
      row(Total, sql`select iif(${cursor === undefined ? 1 : 0}, (select count(*) ${of}), null) as total`),
    ])
    .catch(missing)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const nextCursor = found.length > items.length && last ? encodeCursor(['', last.id]) : null
  return { items, nextCursor, total: counted?.total ?? null }
}

/** Both sides dealt with each other, which health reads; a note is one's own. */
export const isTwoSided = (kind: Activity['kind']) => kind !== 'note'

const dealt = (orgId: string, partnerId: string, kind: NewActivity['kind'], on: string, now: number) =>
  change(
    sql`update partners set input_version = input_version + 1, score_due_at = ${now},
        two_sided_at = max(coalesce(two_sided_at, 0), ${Math.min(Date.parse(on), now)})
      where partners.org_id = ${orgId} and partners.id = ${partnerId} and ${isTwoSided(kind) ? 1 : 0} = 1`,
  )

/**
 * Adds what somebody logs.
 * @throws `not-found`
 */
export async function logActivity(
  tenant: Tenant,
  partnerId: string,
  { kind, on, text }: NewActivity,
  actor: Actor,
): Promise<Activity> {
  const { orgId } = tenant
  const id = newId('act')
  const [, , , stored] = await tenant
    .batch([
      partnerExists(orgId, partnerId),
      record(orgId, partnerId, actor, { id, kind, on, text }),
      dealt(orgId, partnerId, kind, on, actor.now),
      row(
        Stored,
        sql`select id, kind, happened_on, text, fields, actor_id, actor_name, created_at from activity a
          where a.org_id = ${orgId} and a.partner_id = ${partnerId} and a.id = ${id}`,
      ),
    ])
    .catch(missing)
  if (!stored) throw new AppError('not-found')
  return stored
}
