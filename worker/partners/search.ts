import { nameKey } from './name-key.ts'

/** Letters that a search must have to match any part of a name; a shorter one matches beginnings of words. */
const GRAM = 3
/** Longer searches than this add nothing that tells partners apart. */
const SEARCH_MAX = 100

/**
 * A mark of the organisation before each term: an entry of the search index then belongs to one organisation, so that a
 * search reads as many entries as it has hits. Two organisations with the same mark cost each other a few reads; the
 * statement still asks for the organisation by its id.
 */
const markOf = (orgId: string) => orgId.slice(-6)

/** Letters in any script, spelled with what the index's tokeniser takes for one word. */
const spelled = (letters: readonly string[]) =>
  letters.map((letter) => letter.codePointAt(0)?.toString(36)).join('z')

const gramsOf = (mark: string, letters: readonly string[]) =>
  letters.slice(0, 1 - GRAM).map((_, at) => `${mark}g${spelled(letters.slice(at, at + GRAM))}`)

/** Emoji and other symbols side by side are a word, too, of which a name may consist. */
const wordsOf = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+|[\p{S}\u200d]+/gu) ?? []

/** What the index holds of a partner: all trigrams of its name and domain, and the first one and two letters of words. */
export function searchTerms(orgId: string, name: string, domain: string): string {
  const mark = markOf(orgId)
  const parts = [nameKey(name), domain]
  const grams = parts.flatMap((part) => gramsOf(mark, Array.from(part)))
  const beginnings = parts.flatMap(wordsOf).flatMap((word) => {
    const letters = Array.from(word)
    return [1, 2].slice(0, letters.length).map((length) => `${mark}b${spelled(letters.slice(0, length))}`)
  })
  // The two kinds of grams are kept apart, so that a search never runs from the end of the name into the domain.
  return [...grams, 'end', ...new Set(beginnings)].join(' ')
}

/** The full-text query for what somebody typed, or null when nothing of it can be searched for. */
export function searchQuery(orgId: string, typed: string): string | null {
  const letters = Array.from(nameKey(typed.trim())).slice(0, SEARCH_MAX)
  if (letters.length === 0) return null
  const mark = markOf(orgId)
  if (letters.length < GRAM) return `"${mark}b${spelled(letters)}"`
  return `"${gramsOf(mark, letters).join(' ')}"`
}
