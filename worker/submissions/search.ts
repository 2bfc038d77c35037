import { type SQL, sql } from 'drizzle-orm'

/** Letters beyond ASCII that a search tells both cases of; each takes two of the hundred values that D1 binds. */
const LETTERS_MAX = 30

const WORDS =
  sql.raw(`lower(coalesce(s.company_name, '') || char(10) || coalesce(s.company_domain, '') || char(10)
  || coalesce(s.contact_name, '') || char(10) || coalesce(s.contact_email, ''))`)

/**
 * Whether the submission `s` has this text in its company or contact, whatever the case, as SQL. SQLite lowers ASCII
 * only, and D1 takes no pattern of more than 50 bytes, so the other letters of the search are lowered one by one.
 */
export function contains(typed: string): SQL {
  const sought = typed.toLowerCase()
  const letters = [...new Set(sought)]
    .map((letter) => ({ letter, upper: letter.toUpperCase() }))
    .filter(({ letter, upper }) => letter > '\u007f' && upper !== letter && Array.from(upper).length === 1)
  const words = letters
    .slice(0, LETTERS_MAX)
    .reduce<SQL>((text, { letter, upper }) => sql`replace(${text}, ${upper}, ${letter})`, WORDS)
  return sql`instr(${words}, ${sought}) > 0`
}

/** What is searched for, or null for nothing. */
export const soughtIn = (search: string | undefined) => search?.replaceAll('\0', '').trim() || null
