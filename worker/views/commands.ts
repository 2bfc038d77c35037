import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { mayAct, ROLES } from '#worker/auth/terms.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, row, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError, invalid } from '#worker/http/errors.ts'
import { viewOf } from './queries.ts'
import { type NewView, View, type ViewChange } from './schema.ts'

/** Views that come with the product; a member can open with one of them, too. */
const BUILT_IN = new Set(['mine', 'attention', 'new'])

const Role = z.object({ role: z.enum(ROLES) })

/** Ends the batch unless the member may share views. */
const mayShare = (orgId: string, memberId: string) =>
  unless(sql`select 1 from members m where m.org_id = ${orgId} and m.id = ${memberId} and m.role <> 'viewer'`)

const managersOnly = () => new AppError('forbidden', { detail: 'Sharing views needs the role Manager.' })

/**
 * Keeps a view.
 * @throws `forbidden` when a viewer shares it.
 */
export async function saveView(tenant: Tenant, memberId: string, input: NewView, now: number): Promise<View> {
  const { orgId } = tenant
  const id = newId('vew')
  const definition = JSON.stringify(input.definition)
  const results = await tenant
    .batch([
      ...(input.shared ? [mayShare(orgId, memberId)] : []),
      change(
        sql`insert into views (id, org_id, owner_id, name, shared, definition, created_at, updated_at)
          values (${id}, ${orgId}, ${memberId}, ${input.name}, ${input.shared ? 1 : 0}, ${definition}, ${now}, ${now})`,
      ),
      viewOf(orgId, memberId, id),
    ])
    .catch((error: unknown) => {
      throw isGuardRefusal(error) ? managersOnly() : error
    })
  return kept(results.at(-1))
}

/** The view that a batch read last. */
function kept(result: unknown): View {
  const view = View.safeParse(result)
  if (!view.success) throw new AppError('not-found')
  return view.data
}

/** A shared view is everybody's who may share; a private one is its owner's. */
const editable = (orgId: string, memberId: string, id: string) => sql`select 1 from views v
  join members m on m.org_id = v.org_id and m.id = ${memberId}
  where v.org_id = ${orgId} and v.id = ${id} and (v.owner_id = m.id or (v.shared = 1 and m.role <> 'viewer'))`

/**
 * Renames a view, shares it or keeps it to oneself, or replaces what it keeps.
 * @throws `not-found`; `forbidden`; `stale` with the view as it is.
 */
export async function changeView(
  tenant: Tenant,
  memberId: string,
  id: string,
  input: ViewChange,
  now: number,
): Promise<View> {
  const { orgId } = tenant
  const { version, name, shared, definition } = input
  const checks: Statement[] = [unless(editable(orgId, memberId, id))]
  if (shared) checks.push(mayShare(orgId, memberId))
  const set = sql.join(
    [
      sql`version = version + 1, updated_at = ${now}`,
      ...(name === undefined ? [] : [sql`name = ${name}`]),
      ...(shared === undefined ? [] : [sql`shared = ${shared ? 1 : 0}`]),
      ...(definition === undefined ? [] : [sql`definition = ${JSON.stringify(definition)}`]),
    ],
    sql`, `,
  )
  try {
    const results = await tenant.batch([
      ...checks,
      unless(
        sql`select 1 from views v where v.org_id = ${orgId} and v.id = ${id} and v.version = ${version}`,
      ),
      change(sql`update views set ${set} where views.org_id = ${orgId} and views.id = ${id}`),
      viewOf(orgId, memberId, id),
    ])
    return kept(results.at(-1))
  } catch (error) {
    throw isGuardRefusal(error) ? await refusal(tenant, memberId, id, version) : error
  }
}

/** @throws `not-found`; `forbidden` */
export async function deleteView(tenant: Tenant, memberId: string, id: string) {
  const { orgId } = tenant
  try {
    await tenant.batch([
      unless(editable(orgId, memberId, id)),
      change(sql`delete from views where views.org_id = ${orgId} and views.id = ${id}`),
    ])
  } catch (error) {
    throw isGuardRefusal(error) ? await refusal(tenant, memberId, id, null) : error
  }
}

async function refusal(tenant: Tenant, memberId: string, id: string, version: number | null) {
  const { orgId } = tenant
  const [view, member] = await tenant.batch([
    viewOf(orgId, memberId, id),
    row(Role, sql`select m.role from members m where m.org_id = ${orgId} and m.id = ${memberId}`),
  ])
  if (!view) return new AppError('not-found')
  const may = view.owner.id === memberId || (member && mayAct(member.role, 'manager'))
  if (!may || version === null || view.version === version) return managersOnly()
  return new AppError('stale', { members: { current: view, changes: [] } })
}

/**
 * The view that the member's directory opens with; null opens with everybody.
 * @throws `invalid` at `/viewId` when the member sees no such view.
 */
export async function chooseDefault(tenant: Tenant, memberId: string, viewId: string | null) {
  const { orgId } = tenant
  const seen = viewId !== null && !BUILT_IN.has(viewId)
  try {
    await tenant.batch([
      ...(seen
        ? [
            unless(sql`select 1 from views v where v.org_id = ${orgId} and v.id = ${viewId}
              and (v.shared = 1 or v.owner_id = ${memberId})`),
          ]
        : []),
      change(
        sql`update members set default_view_id = ${viewId} where members.org_id = ${orgId} and members.id = ${memberId}`,
      ),
    ])
  } catch (error) {
    throw isGuardRefusal(error) ? invalid('/viewId', 'There is no such view.') : error
  }
}
