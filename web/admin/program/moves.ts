import { formatCount } from '#web/format.ts'
import { TIERS } from '#worker/partners/terms.ts'
import type { Simulation } from '#worker/program/schema.ts'
import { actualWords, metricLabel, neededWords } from './rule-words.ts'

export type Move = Simulation['moves'][number]
export type Direction = 'up' | 'down' | 'out'
export const DIRECTIONS = ['up', 'down', 'out'] as const satisfies readonly Direction[]

/** Out is without any tier. A tier of the same level elsewhere is no move. */
export function directionOf({ from, to }: Pick<Move, 'from' | 'to'>): Direction {
  if (to === null) return 'out'
  if (from === null) return 'up'
  return TIERS.indexOf(to) < TIERS.indexOf(from) ? 'up' : 'down'
}

export function countsOf(moves: readonly Move[]): Record<Direction, number> {
  const counts = { up: 0, down: 0, out: 0 }
  for (const move of moves) counts[directionOf(move)] += 1
  return counts
}

const DIRECTION_WORDS: Record<Direction, string> = { up: 'up', down: 'down', out: 'out' }

/** "12 of 340 partners would move: 5 up, 4 down, 3 out." */
export function movesInWords({ moves, partners }: Pick<Simulation, 'moves' | 'partners'>): string {
  if (partners === 0) return 'There are no partners yet, so nobody would move.'
  if (moves.length === 0)
    return partners === 1
      ? 'The one partner would not move.'
      : `None of ${formatCount(partners)} partners would move.`
  const counts = countsOf(moves)
  const parts = DIRECTIONS.filter((direction) => counts[direction] > 0).map(
    (direction) => `${formatCount(counts[direction])} ${DIRECTION_WORDS[direction]}`,
  )
  return `${formatCount(moves.length)} of ${formatCount(partners)} ${partners === 1 ? 'partner' : 'partners'} would move: ${parts.join(', ')}.`
}

/** The rule that makes the difference: "Fit at least 90, has 67". */
export function becauseWords({ because, to }: Pick<Move, 'because' | 'to'>): string {
  if (!because) return to === null ? 'No tier is left for it.' : 'Its tier is not there any more.'
  const { metric, needed: value, op, actual } = because
  const has = actual === null ? 'which is not known' : `has ${actualWords(metric, actual)}`
  return `${metricLabel(metric)} ${neededWords({ metric, op, value })}, ${has}`
}

/** What becomes of those who are pinned to a tier that goes. */
export const pinnedInWords = ({ name, partners }: Simulation['pinned'][number]): string =>
  partners === 1
    ? `1 partner is pinned to ${name}. It keeps its level, pinned by hand, and no longer belongs to a tier of the programme.`
    : `${formatCount(partners)} partners are pinned to ${name}. They keep their level, pinned by hand, and no longer belong to a tier of the programme.`
