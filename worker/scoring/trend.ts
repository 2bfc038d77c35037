import type { Factor, Score } from './schema.ts'

/** A score as it was: its value, and the points of each factor. */
interface Past {
  value: number
  points: Readonly<Record<string, number>>
}

/**
 * By how much a score changed since then, and the factor that moved it that way most; null while either score is missing.
 * A factor that one of the two ledgers leaves out gave nothing there.
 */
export function changeOf(
  now: { value: number | null; ledger: readonly Factor[] } | undefined,
  then: Past | undefined,
): Score['change'] {
  if (!now || now.value === null || !then) return null
  const points = now.value - then.value
  const moved = now.ledger.map(({ factor, label, points }) => ({
    factor,
    label,
    points: Math.round(10 * (points - (then.points[factor] ?? 0))) / 10,
  }))
  const driver = moved.toSorted((a, b) => (points < 0 ? a.points - b.points : b.points - a.points))[0]
  const along = driver && points !== 0 && Math.sign(driver.points) === Math.sign(points)
  return { days: 30, points, driver: along ? driver : null }
}
