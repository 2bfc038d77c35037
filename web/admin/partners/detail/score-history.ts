import { formatDay } from '#web/format.ts'
import type { Score } from '#worker/scoring/schema.ts'

type History = Score['history']

/** The least that the drawing spans, so that a step of one point does not look like a fall. */
const SPAN_MIN = 20

/** Two scores of one day are no course of anything yet. */
const DAY_MS = 86_400_000

/** The history as points of a drawing of this size, by time from left to right; none where there is no line to draw. */
export function pointsOf(history: History, width: number, height: number): [number, number][] {
  const times = history.map(({ at }) => Date.parse(at))
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0]
  if (to - from < DAY_MS) return []
  const values = history.map(({ value }) => value)
  const middle = (Math.min(...values) + Math.max(...values)) / 2
  const half = Math.max(SPAN_MIN, Math.max(...values) - Math.min(...values)) / 2
  return history.map(({ value }, index) => [
    rounded((((times[index] ?? from) - from) / (to - from)) * width),
    rounded(height / 2 - ((value - middle) / half) * (height / 2)),
  ])
}

const rounded = (number: number) => Math.round(number * 10) / 10

/** What the drawing says to those who do not see it. */
export function historyInWords(name: string, history: History): string {
  const [first, last] = [history[0], history.at(-1)]
  if (!(first && last)) return ''
  const values = history.map(({ value }) => value)
  const ends = `${name} from ${first.value} on ${formatDay(first.at)} to ${last.value} on ${formatDay(last.at)}`
  return `${ends}; lowest ${Math.min(...values)}, highest ${Math.max(...values)}.`
}
