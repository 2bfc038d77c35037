import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { type View, ViewDefinition, type Views } from './schema.ts'

const Stored = z
  .object({
    id: z.string(),
    name: z.string(),
    shared: z.number(),
    owner_id: z.string(),
    owner_name: z.string(),
    definition: z.string().transform((text) => ViewDefinition.parse(JSON.parse(text))),
    version: z.number(),
  })
  .transform(
    ({ owner_id, owner_name, shared, ...view }): View => ({
      ...view,
      shared: shared === 1,
      owner: { id: owner_id, name: owner_name },
    }),
  )

const Default = z.object({ default_view_id: z.string().nullable() })

/** The views that a member sees: their own, and those shared with the organisation. */
const visible = (orgId: string, memberId: string) =>
  sql`v.org_id = ${orgId} and (v.shared = 1 or v.owner_id = ${memberId})`

const views = sql`select v.id, v.name, v.shared, v.owner_id, m.name as owner_name, v.definition, v.version from views v
  join members m on m.org_id = v.org_id and m.id = v.owner_id`

export const viewOf = (orgId: string, memberId: string, id: string) =>
  row(Stored, sql`${views} where ${visible(orgId, memberId)} and v.id = ${id}`)

/** By name. A default that is gone, or is no longer shared, counts as none. */
export async function listViews(tenant: Tenant, memberId: string): Promise<Views> {
  const { orgId } = tenant
  const [items, member] = await tenant.batch([
    rows(Stored, sql`${views} where ${visible(orgId, memberId)} order by lower(v.name), v.id`),
    row(Default, sql`select default_view_id from members m where m.org_id = ${orgId} and m.id = ${memberId}`),
  ])
  const wished = member?.default_view_id ?? null
  const stands = wished !== null && (!wished.startsWith('vew_') || items.some(({ id }) => id === wished))
  return { items, defaultViewId: stands ? wished : null }
}
