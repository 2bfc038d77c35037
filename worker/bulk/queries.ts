import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { decodeCursor, encodeCursor } from '#worker/db/cursor.ts'
import { among, rows, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import type { AskedFilter } from '#worker/partners/filter.ts'
import { matchesOf } from '#worker/partners/plan-query.ts'
import { BULK_MAX } from './terms.ts'

export interface Selection {
  readonly ids?: readonly string[] | undefined
  readonly filter?: AskedFilter | undefined
  readonly expected?: number | undefined
  readonly cursor?: string | undefined
}

/** The partners that one call is about. */
export interface Chosen {
  readonly ids: readonly string[]
  /** How many of the selection come after these. */
  readonly remaining: number
  readonly nextCursor: string | null
  /** Ends a batch unless all of them are still there, and still chosen. */
  readonly still: Statement
  /** What such a refusal means to the caller. */
  readonly refusal: AppError
}

const Found = z.object({ id: z.string(), total: z.number() })

/**
 * Ids are taken as they are, without a round trip. A filter is read first, because what is done to a partner is written
 * down by its id; `still` then stands before the writes, so that nobody is touched who has left the selection meanwhile.
 * They come by id, the one order that no edit changes.
 * @throws `expected` when the filter lets another number through; `invalid` at `/cursor`.
 */
export async function choose(
  tenant: Tenant,
  { ids, filter = {}, expected = 0, cursor }: Selection,
): Promise<Chosen> {
  const { orgId } = tenant
  if (ids) return byIds(orgId, [...new Set(ids)])
  // Everybody comes by the primary key, which has the ids in order.
  const { from, where } = matchesOf(orgId, filter) ?? {
    from: sql`partners p`,
    where: sql`p.org_id = ${orgId}`,
  }
  const after = cursor === undefined ? '' : decodeCursor(cursor, 'prt')[1]
  const all = sql`from ${from} where ${where} and p.id > ${after}`
  const found = await tenant.run(
    rows(Found, sql`select p.id as id, count(*) over () as total ${all} order by p.id limit ${BULK_MAX}`),
  )
  const total = found[0]?.total ?? 0
  if (total !== expected) throw changed(total)
  const chosen = found.map(({ id }) => id)
  const last = chosen.at(-1)
  const remaining = total - chosen.length
  return {
    ids: chosen,
    remaining,
    nextCursor: remaining > 0 && last !== undefined ? encodeCursor(['', last]) : null,
    still: unless(
      sql`select 1 where (select count(*) ${all} and p.id in ${among(chosen)}) = ${chosen.length}`,
    ),
    refusal: changed(null),
  }
}

const byIds = (orgId: string, ids: readonly string[]): Chosen => ({
  ids,
  remaining: 0,
  nextCursor: null,
  still: unless(
    sql`select 1 where (select count(*) from partners p where p.org_id = ${orgId} and p.id in ${among(ids)})
      = ${ids.length}`,
  ),
  refusal: new AppError('not-found'),
})

const changed = (actual: number | null) =>
  new AppError('expected', {
    detail:
      actual === null
        ? 'The selection has changed. Look at it again.'
        : `It is ${actual.toLocaleString('en')} now. Look at the selection again.`,
    ...(actual === null ? {} : { members: { actual } }),
  })
