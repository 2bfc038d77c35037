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

/** Views that one member keeps, private and shared. */
const VIEWS_MAX = 100
const hasRoom = (orgId: string, memberId: string) =>
  sql`select 1 where (select count(*) from views v where v.org_id = ${orgId} and v.owner_id = ${memberId}) < ${VIEWS_MAX}`

const Room = z.object({ room: z.number() })

/** Why a view was not kept. */
async function saveRefusal(tenant: Tenant, memberId: string) {
  const found = await tenant.run(row(Room, sql`select exists (${hasRoom(tenant.orgId, memberId)}) as room`))
  return found?.room
    ? managersOnly()
    : invalid('/name', `You keep ${VIEWS_MAX} views already. Delete one of them first.`)
}

/**
 * Keeps a view.
 * @throws `forbidden` when a viewer shares it; `invalid` at `/name` when the member keeps too many already.
 */
export async function saveView(tenant: Tenant, memberId: string, input: NewView, now: number): Promise<View> {
  const { orgId } = tenant
  const id = newId('vew')
  const definition = JSON.stringify(input.definition)
  const results = await tenant
    .batch([
      ...(input.shared ? [mayShare(orgId, memberId)] : []),
      unless(hasRoom(orgId, memberId)),
      change(
        sql`insert into views (id, org_id, owner_id, name, shared, definition, created_at, updated_at)
          values (${id}, ${orgId}, ${memberId}, ${input.name}, ${input.shared ? 1 : 0}, ${definition}, ${now}, ${now})`,
      ),
      viewOf(orgId, memberId, id),
    ])
    .catch(async (error: unknown) => {
      throw isGuardRefusal(error) ? await saveRefusal(tenant, memberId) : error
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

const owned = (orgId: string, memberId: string, id: string) =>
  sql`select 1 from views v where v.org_id = ${orgId} and v.id = ${id} and v.owner_id = ${memberId}`

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
  // Whoever hid another's view would hide it from themselves, too.
  if (shared === false) checks.push(unless(owned(orgId, memberId, id)))
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
    throw isGuardRefusal(error) ? await refusal(tenant, memberId, id, input) : error
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
    throw isGuardRefusal(error) ? await refusal(tenant, memberId, id, {}) : error
  }
}

async function refusal(
  tenant: Tenant,
  memberId: string,
  id: string,
  { version, shared }: Partial<ViewChange>,
) {
  const { orgId } = tenant
  const [view, member] = await tenant.batch([
    viewOf(orgId, memberId, id),
    row(Role, sql`select m.role from members m where m.org_id = ${orgId} and m.id = ${memberId}`),
  ])
  if (!view) return new AppError('not-found')
  const isOwner = view.owner.id === memberId
  if (!isOwner && shared === false)
    return new AppError('forbidden', { detail: 'Only its owner keeps a view to themselves.' })
  const may = isOwner || (member && mayAct(member.role, 'manager'))
  if (!may || version === undefined || view.version === version) return managersOnly()
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
