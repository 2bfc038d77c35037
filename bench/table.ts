import type { Counts } from './counted/worker.ts'
import type { Samples } from './measure.ts'
import { number } from './targets.ts'

/** One line of the table; what does not apply stays out. */
export interface Line {
  work: string
  app: Samples
  floor?: Samples
  perSecond?: number
  floorPerSecond?: number | undefined
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
  'x per s',
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

/** Requests per second, of those of the floor. */
export const shareOf = (line: Line | undefined) =>
  (line?.perSecond ?? Number.NaN) / (line?.floorPerSecond ?? Number.NaN)

function cellsOf(line: Line): string[] {
  const { work, app, floor, perSecond, cpuMs, counts } = line

  const shown = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '' : number(value)
  const { roundTrips, rowsRead, rowsWritten } = counts ?? {}
  const ratio = floor && app.p50 / floor.p50
  return [
    work,
    ...[
      app.p50,
      app.p99,
      perSecond,
      cpuMs,
      roundTrips,
      rowsRead,
      rowsWritten,
      floor?.p50,
      ratio,
      shareOf(line),
    ].map(shown),
  ]
}
