import type { Factor } from '#worker/scoring/schema.ts'

export interface Hint {
  text: string
  /** Points by which the score would rise; null where that is not known. */
  gain: number | null
  /** About the organisation's own ideal profile, not about the partner. */
  isWish: boolean
}

const SHOWN = 3

/** What would raise a score, most first, each thing once; a wish that nobody has made yet comes before all. */
export function hintsOf(ledger: readonly Factor[]): Hint[] {
  const byText = new Map<string, Hint>()
  for (const { hint, gain, asked } of ledger) {
    if (hint === undefined) continue
    const known = byText.get(hint)
    const most = Math.max(gain ?? 0, known?.gain ?? 0)
    byText.set(hint, { text: hint, gain: most > 0 ? most : null, isWish: !asked })
  }
  const rank = ({ isWish, gain }: Hint) => (isWish ? Infinity : (gain ?? 0))
  return [...byText.values()].toSorted((one, other) => rank(other) - rank(one) || 0).slice(0, SHOWN)
}
