import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { among, jsonText, rows, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { PARTNER_JSON, rowJson } from './json.ts'

/** The rows of these partners, as the text of `{items}`; ids that are not there are left out. */
export async function listRows(tenant: Tenant, ids: readonly string[]): Promise<string> {
  const found = await tenant.run(
    rows(
      z.object({ json: z.string() }),
      sql`select ${rowJson(tenant.orgId)} as json from partners p
        where p.org_id = ${tenant.orgId} and p.id in ${among(ids)}`,
    ),
  )
  return `{"items":[${found.map(({ json }) => json).join()}]}`
}

/** A `Partner` as JSON text, or null. */
export const partnerJson = (orgId: string, id: string) =>
  jsonText(sql`select ${PARTNER_JSON} as json from partners p where p.org_id = ${orgId} and p.id = ${id}`)

/** Ends a batch unless the organisation has this partner. */
export const partnerExists = (orgId: string, id: string) =>
  unless(sql`select 1 from partners p where p.org_id = ${orgId} and p.id = ${id}`)

/** For a batch whose checks only ask whether something is there. @throws `not-found` when one of them refused. */
export const missing = (error: unknown): never => {
  throw isGuardRefusal(error) ? new AppError('not-found') : error
}

/** @throws `not-found` when the organisation has no such partner. */
export async function getPartner(tenant: Tenant, id: string): Promise<string> {
  const found = await tenant.run(partnerJson(tenant.orgId, id))
  if (found === null) throw new AppError('not-found')
  return found
}
