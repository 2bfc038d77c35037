import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { decodeCursor, encodeCursor } from '#worker/db/cursor.ts'
import { jsonText, row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { PARTNER_JSON, rowJson } from './json.ts'
import type { PartnerQuery } from './schema.ts'

const Listed = z.object({ json: z.string(), key: z.string(), id: z.string() })
const Count = z.object({ partners: z.number() })

/**
 * One page of the directory as the text of a `PartnerPage`: by name, then id, so that equal names never repeat or vanish
 * between pages. Reads one row more than the page holds, to learn whether another follows.
 */
export async function listPartners(tenant: Tenant, { cursor, limit }: PartnerQuery): Promise<string> {
  const { orgId } = tenant
  const after = cursor === undefined ? null : decodeCursor(cursor, 'prt')
  const beyond = after ? sql`and (p.name_key, p.id) > (${after[0]}, ${after[1]})` : sql``
  const page = rows(
    Listed,
    sql`select ${rowJson(orgId)} as json, p.name_key as key, p.id as id from partners p
      where p.org_id = ${orgId} ${beyond} order by p.name_key, p.id limit ${limit + 1}`,
  )
  const count = row(Count, sql`select partners from partner_counts where partner_counts.org_id = ${orgId}`)
  const [found, total] = after ? [await tenant.run(page), null] : await tenant.batch([page, count])
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const next = found.length > items.length && last ? encodeCursor([last.key, last.id]) : null
  const counted = after ? null : (total?.partners ?? 0)
  return `{"items":[${items.map(({ json }) => json).join()}],"nextCursor":${JSON.stringify(next)},"total":${counted}}`
}

/** The rows of these partners, as the text of `{items}`; ids that are not there are left out. */
export async function listRows(tenant: Tenant, ids: readonly string[]): Promise<string> {
  const found = await tenant.run(
    rows(
      z.object({ json: z.string() }),
      sql`select ${rowJson(tenant.orgId)} as json from partners p
        where p.org_id = ${tenant.orgId} and p.id in (select value from json_each(${JSON.stringify(ids)}))`,
    ),
  )
  return `{"items":[${found.map(({ json }) => json).join()}]}`
}

/** A `Partner` as JSON text, or null. */
export const partnerJson = (orgId: string, id: string) =>
  jsonText(sql`select ${PARTNER_JSON} as json from partners p where p.org_id = ${orgId} and p.id = ${id}`)

/** @throws `not-found` when the organisation has no such partner. */
export async function getPartner(tenant: Tenant, id: string): Promise<string> {
  const found = await tenant.run(partnerJson(tenant.orgId, id))
  if (found === null) throw new AppError('not-found')
  return found
}
