import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { ensureUser, userOf } from '#worker/auth/users.ts'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal, isUniqueViolation } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, row, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError, invalid } from '#worker/http/errors.ts'
import { record } from './activity.ts'
import { getPartner } from './queries.ts'
import { Contact, type ContactChange, type NewContact } from './schema.ts'
import { contacts } from './table.ts'

const Contacts = z.object({ contacts: z.array(Contact) })

/** The partner's contacts, the primary one first. @throws `not-found` */
export async function listContacts(tenant: Tenant, partnerId: string): Promise<Contact[]> {
  return Contacts.parse(JSON.parse(await getPartner(tenant, partnerId))).contacts
}

const exists = (orgId: string, partnerId: string) =>
  unless(sql`select 1 from partners p where p.org_id = ${orgId} and p.id = ${partnerId}`)

/** Scoring reads contacts, so their changes make it due. */
const rescored = (orgId: string, partnerId: string, now: number) =>
  change(
    sql`update partners set input_version = input_version + 1, score_due_at = ${now}
      where partners.org_id = ${orgId} and partners.id = ${partnerId}`,
  )

const twice = () => invalid('/email', 'Another contact of this partner has this address.')

/**
 * Adds a contact and its portal account.
 * @throws `not-found`; `invalid` at `/email` when the partner has that address already.
 */
export async function addContact(
  tenant: Tenant,
  partnerId: string,
  input: NewContact,
  actor: Actor,
): Promise<Contact> {
  const { orgId } = tenant
  const id = newId('con')
  await refused(
    tenant.batch([
      exists(orgId, partnerId),
      ensureUser(input.email, `${input.firstName} ${input.lastName}`, actor.now),
      tenant.insert(contacts, {
        ...input,
        id,
        orgId,
        partnerId,
        userId: userOf(input.email),
        isPrimary: false,
        version: 1,
        createdAt: actor.now,
        updatedAt: actor.now,
      }),
      rescored(orgId, partnerId, actor.now),
      record(orgId, partnerId, actor, { kind: 'edit', text: '', fields: ['contacts'] }),
    ]),
  )
  return contactOf(tenant, partnerId, id)
}

async function contactOf(tenant: Tenant, partnerId: string, id: string): Promise<Contact> {
  const found = (await listContacts(tenant, partnerId)).find((each) => each.id === id)
  if (!found) throw new AppError('not-found')
  return found
}

/** The contact as the caller knows it. @throws `not-found`; `stale` with the contact as it is */
async function contactAt(tenant: Tenant, partnerId: string, id: string, version: number): Promise<Contact> {
  const current = await contactOf(tenant, partnerId, id)
  if (current.version !== version) throw new AppError('stale', { members: { current, changes: [] } })
  return current
}

async function refused<Result>(batch: Promise<Result>): Promise<Result> {
  try {
    return await batch
  } catch (error) {
    if (isUniqueViolation(error, 'contacts.org_id, contacts.partner_id, contacts.email')) throw twice()
    throw isGuardRefusal(error) ? new AppError('not-found') : error
  }
}

/**
 * Changes a contact, the organisation's own note of a person: the user behind it stays as it is. Another address unlinks
 * that user and links, or creates, the one of the new address.
 * @throws `not-found`; `stale` with the contact as it is; `invalid` at `/email`.
 */
export async function editContact(
  tenant: Tenant,
  partnerId: string,
  id: string,
  input: ContactChange,
  actor: Actor,
) {
  const { orgId } = tenant
  const { version, primary, email, ...fields } = input
  const one = sql`contacts.org_id = ${orgId} and contacts.partner_id = ${partnerId}`
  const before = await contactAt(tenant, partnerId, id, version)
  const name = `${fields.firstName ?? before.firstName} ${fields.lastName ?? before.lastName}`
  const moved: Statement[] = primary
    ? [change(sql`update contacts set is_primary = 0 where ${one} and is_primary = 1`)]
    : []
  await refused(
    tenant.batch([
      unless(
        sql`select 1 from contacts where ${one} and contacts.id = ${id} and contacts.version = ${version}`,
      ),
      ...(email ? [ensureUser(email, name, actor.now)] : []),
      ...moved,
      tenant.update(
        contacts,
        {
          ...fields,
          ...(email ? { email, userId: userOf(email) } : {}),
          ...(primary ? { isPrimary: true } : {}),
          version: sql`version + 1`,
          updatedAt: actor.now,
        },
        sql`contacts.partner_id = ${partnerId} and contacts.id = ${id}`,
      ),
      rescored(orgId, partnerId, actor.now),
      record(orgId, partnerId, actor, { kind: 'edit', text: '', fields: ['contacts'] }),
    ]),
  ).catch(async (error: unknown) => {
    // Somebody else may have been quicker after the look at it.
    await contactAt(tenant, partnerId, id, version)
    throw error
  })
  return contactOf(tenant, partnerId, id)
}

const Primary = z.object({ is_primary: z.number() })

/**
 * Removes a contact, and its portal account if that belongs to nobody else; a member stays one.
 * @throws `not-found`; `primary-contact` for the primary one.
 */
export async function removeContact(tenant: Tenant, partnerId: string, id: string, actor: Actor) {
  const { orgId } = tenant
  const one = sql`c.org_id = ${orgId} and c.partner_id = ${partnerId} and c.id = ${id}`
  const lonely = sql`select u.id from contacts c join users u on u.id = c.user_id where ${one}
    and not exists (select 1 from members m where m.user_id = u.id or m.email = u.email)
    and not exists (select 1 from contacts o where o.user_id = u.id and o.id <> c.id)`
  try {
    await tenant.batch([
      unless(sql`select 1 from contacts c where ${one} and c.is_primary = 0`),
      change(sql`delete from users where id in (${lonely})`),
      change(
        sql`delete from contacts where contacts.org_id = ${orgId} and contacts.partner_id = ${partnerId}
          and contacts.id = ${id}`,
      ),
      rescored(orgId, partnerId, actor.now),
      record(orgId, partnerId, actor, { kind: 'edit', text: '', fields: ['contacts'] }),
      audit(orgId, actor, { action: 'contact.remove', targetId: id }),
    ])
  } catch (error) {
    if (!isGuardRefusal(error)) throw error
    const found = await tenant.run(row(Primary, sql`select c.is_primary from contacts c where ${one}`))
    if (!found) throw new AppError('not-found')
    throw new AppError('primary-contact', { detail: 'Make another contact primary first.' })
  }
}
