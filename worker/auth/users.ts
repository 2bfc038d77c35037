import { type SQL, sql } from 'drizzle-orm'
import { newId } from '#worker/db/ids.ts'
import { change, type Statement, shared } from '#worker/db/statement.ts'

/** The user of an address, as a scalar for other statements. */
export const userOf = (email: string) => sql`(select id from users where email = ${email})`

/** Makes the user of an address unless there is one; never changes one. Without a password nobody can sign in as it. */
export const ensureUser = (email: string, name: string | SQL, now: number): Statement<number> =>
  shared(
    change(
      sql`insert into users (id, name, email, email_verified, created_at, updated_at)
        values (${newId('usr')}, ${name}, ${email}, 0, ${now}, ${now}) on conflict (email) do nothing`,
    ),
  )

/** Until its address is proved, a user bears the name that whoever noted it first gave; this replaces that name. */
export const nameUnproved = (email: string, name: string | SQL): Statement<number> =>
  change(sql`update users set name = ${name} where email = ${email} and email_verified = 0`)

/**
 * Deletes the accounts of these contacts that are nobody's member, not invited anywhere and no other contact's, and what
 * was mailed to them. Stands before the deletion of the contacts, which are `c`.
 */
export function accountsWith(contacts: SQL): Statement<number>[] {
  const gone = sql`(select u.id from users u where u.email in (select c.email from contacts c where ${contacts})
    and not exists (select 1 from members m where m.email = u.email or m.user_id = u.id)
    and not exists (select 1 from contacts c where c.user_id = u.id and not (${contacts})))`
  const emails = sql`(select email from users where id in ${gone})`
  return [
    change(sql`delete from deliveries where org_id is null and recipient in ${emails}`),
    change(sql`delete from mail_links where org_id is null and email in ${emails}`),
    change(sql`delete from users where id in ${gone}`),
  ]
}

/** Sets the password of an address that a mailed link has proved, and ends every session of its user. */
export const setProvedPassword = (email: string, passwordHash: string, now: number): Statement<number>[] => [
  change(sql`update users set email_verified = 1, updated_at = ${now} where email = ${email}`),
  change(
    sql`insert into accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
      select ${newId('acc')}, id, id, 'credential', ${passwordHash}, ${now}, ${now} from users where email = ${email}
      on conflict (user_id, provider_id) do update set password = excluded.password, updated_at = excluded.updated_at`,
  ),
  change(sql`delete from sessions where user_id = ${userOf(email)}`),
]
