import type { Counts } from './counted/worker.ts'
import type { Samples } from './measure.ts'
import { number } from './targets.ts'

/** One line of the table; what does not apply stays out. */
export interface Line {
  work: string
  app: Samples
  floor?: Samples
  perSecond?: number
  cpuMs?: number
  counts?: Counts
}

const COLUMNS = [
  'work',
  'p50 ms',
  'p99 ms',
  'per s',
  'CPU ms',
  'D1 trips',
  'read',
  'written',
  'floor p50',
  'x floor',
]

export function table(lines: readonly Line[]): string {
  const cells = [COLUMNS, ...lines.map(cellsOf)]
  const widths = COLUMNS.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  const [head = '', ...rows] = cells.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  )
  return [head, rule, ...rows].join('\n')
}

function cellsOf({ work, app, floor, perSecond, cpuMs, counts }: Line): string[] {
  const shown = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '' : number(value)
  const { roundTrips, rowsRead, rowsWritten } = counts ?? {}
  const ratio = floor && app.p50 / floor.p50
  return [
    work,
    ...[app.p50, app.p99, perSecond, cpuMs, roundTrips, rowsRead, rowsWritten, floor?.p50, ratio].map(shown),
  ]
}
