import type { PartnerFilter } from './list-schema.ts'

/**
 * The words under which the full-text index has a partner's facets, as the view `partner_words` of the database spells
 * them. Each begins with the whole id of the organisation, so that no query can find, or count, another's partners.
 */
const bare = (text: string) => text.replaceAll(/[-_]/g, '')
const wordOf = (orgId: string, facet: string, value: string) => `f${bare(orgId)}${facet}${value}`

/** What narrows the directory, apart from a search: words of which a partner must have at least one. */
export type Facet = Exclude<keyof PartnerFilter, 'search'>

export const facetWords = (orgId: string, facet: Facet, values: readonly string[]) =>
  values.map((value) => wordOf(orgId, facet, facet === 'tag' ? hexOf(value) : bare(value)))

/** A tag may hold anything, so that it stands there byte by byte. */
const hexOf = (text: string) =>
  Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * The words of the days since the beginning of one, in Unix ms: the rest of its month day by day, then beginnings of
 * words for the months of its year and for the next year, whose days nobody was added on yet.
 */
export function createdWords(orgId: string, since: number): string[] {
  const from = new Date(since)
  const [year, month, day] = [from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()]
  const spelled = (...parts: readonly number[]) => parts.map((part) => String(part).padStart(2, '0')).join('')
  const between = (first: number, last: number) =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const days = day === 1 ? [] : between(day, lastDay).map((each) => spelled(year, month + 1, each))
  const months = between(day === 1 ? month : month + 1, 11).map((each) => `${spelled(year, each + 1)}*`)
  const years = month === 0 && day === 1 ? [`${year}*`] : months
  return [...days, ...years, `${year + 1}*`].map((each) => wordOf(orgId, 'created', each))
}

/** A word that stands nowhere. */
const NOBODY = ['nobody']

/** The query for partners that have one word of each list; an empty list lets nobody through. */
export const queryOf = (lists: readonly (readonly string[])[]) =>
  lists.map((words) => `(${(words.length > 0 ? words : NOBODY).join(' OR ')})`).join(' AND ')
