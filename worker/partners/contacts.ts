import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { accountsWith, ensureUser, userOf } from '#worker/auth/users.ts'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal, isUniqueViolation } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, row, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError, invalid } from '#worker/http/errors.ts'
import { record } from './activity.ts'
import { getPartner, partnerExists, partnerJson } from './queries.ts'
import { Contact, type ContactChange, type NewContact } from './schema.ts'
import { contacts } from './table.ts'

const Contacts = z.object({ contacts: z.array(Contact) })

const contactsIn = (partner: string) => Contacts.parse(JSON.parse(partner)).contacts

/** The partner's contacts, the primary one first. @throws `not-found` */
export const listContacts = async (tenant: Tenant, partnerId: string): Promise<Contact[]> =>
  contactsIn(await getPartner(tenant, partnerId))

/** Scoring reads contacts, so their changes make it due. */
const rescored = (orgId: string, partnerId: string, now: number) =>
  change(
    sql`update partners set input_version = input_version + 1, score_due_at = ${now}
      where partners.org_id = ${orgId} and partners.id = ${partnerId}`,
  )

/** Contacts of one partner: all of them come with it. */
const CONTACTS_MAX = 100
const hasRoom = (orgId: string, partnerId: string) =>
  unless(sql`select 1 where (select count(*) from contacts c
    where c.org_id = ${orgId} and c.partner_id = ${partnerId}) < ${CONTACTS_MAX}`)

/** Of the partner as a batch read it last. @throws `not-found` */
function contactIn(json: unknown, id: string): Contact {
  const found = typeof json === 'string' ? contactsIn(json).find((each) => each.id === id) : undefined
  if (!found) throw new AppError('not-found')
  return found
}

const isTwice = (error: unknown) =>
  isUniqueViolation(error, 'contacts.org_id, contacts.partner_id, contacts.email')
const twice = () => invalid('/email', 'Another contact of this partner has this address.')

/**
 * Adds a contact and its portal account.
 * @throws `not-found`; `invalid` at `/email` when the partner has that address, or too many contacts, already.
 */
export async function addContact(
  tenant: Tenant,
  partnerId: string,
  input: NewContact,
  actor: Actor,
): Promise<Contact> {
  const { orgId } = tenant
  const id = newId('con')
  const results = await tenant
    .batch([
      partnerExists(orgId, partnerId),
      hasRoom(orgId, partnerId),
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
      partnerJson(orgId, partnerId),
    ])
    .catch(async (error: unknown) => {
      if (isTwice(error)) throw twice()
      if (!isGuardRefusal(error)) throw error
      await getPartner(tenant, partnerId)
      throw invalid('/email', `This partner has ${CONTACTS_MAX} contacts already. Remove one of them first.`)
    })
  return contactIn(results.at(-1), id)
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
): Promise<Contact> {
  const { orgId } = tenant
  const { version, primary, email, ...fields } = input
  const all = sql`contacts.org_id = ${orgId} and contacts.partner_id = ${partnerId}`
  const one = sql`${all} and contacts.id = ${id}`
  const name = sql`(select ${fields.firstName ?? sql`first_name`} || ' ' || ${fields.lastName ?? sql`last_name`}
    from contacts where ${one})`
  try {
    const results = await tenant.batch([
      unless(sql`select 1 from contacts where ${one} and contacts.version = ${version}`),
      ...(email ? [ensureUser(email, name, actor.now)] : []),
      ...(primary ? [change(sql`update contacts set is_primary = 0 where ${all} and is_primary = 1`)] : []),
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
      partnerJson(orgId, partnerId),
    ])
    return contactIn(results.at(-1), id)
  } catch (error) {
    if (isTwice(error)) throw twice()
    if (!isGuardRefusal(error)) throw error
    const current = contactIn(await getPartner(tenant, partnerId), id)
    throw new AppError('stale', { members: { current, changes: [] } })
  }
}

const Primary = z.object({ is_primary: z.number() })

/**
 * Removes a contact, and its portal account if that belongs to nobody else; a member stays one.
 * @throws `not-found`; `primary-contact` for the primary one.
 */
export async function removeContact(tenant: Tenant, partnerId: string, id: string, actor: Actor) {
  const { orgId } = tenant
  const one = sql`c.org_id = ${orgId} and c.partner_id = ${partnerId} and c.id = ${id}`
  try {
    await tenant.batch([
      unless(sql`select 1 from contacts c where ${one} and c.is_primary = 0`),
      ...accountsWith(one),
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
