import { folded } from './folded.ts'

interface Matchable {
  label: string
  /** Brought by the caller for what is typed: stays whatever its label says. */
  found?: boolean
}

/**
 * The choices that contain what is typed; those that begin with it, or of which a word does, come first. `textsOf` says
 * what is looked at besides the label.
 */
export function matching<T extends Matchable>(
  choices: readonly T[],
  typed: string,
  textsOf: (choice: T) => readonly string[] = () => [],
): T[] {
  const wanted = folded(typed.trim())
  if (wanted === '') return [...choices]
  const rank = (text: string) => {
    if (text.startsWith(wanted)) return 0
    if (text.includes(` ${wanted}`)) return 1
    return text.includes(wanted) ? 2 : Infinity
  }
  return choices
    .map((choice) => {
      const best = Math.min(...[choice.label, ...textsOf(choice)].map((text) => rank(folded(text))))
      return { choice, rank: choice.found ? Math.min(best, 2) : best }
    })
    .filter((one) => one.rank < Infinity)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ choice }) => choice)
}
