/** A figure that is promised: the most (or least) that must hold, and what is aimed at. */
export interface Target {
  must: number
  aim: number
  /** Higher is better. */
  atLeast?: true
  unit?: string
}

export const TARGETS = {
  'list, p50 / floor': { must: 1.6, aim: 1.2 },
  'create, p50 / floor': { must: 2, aim: 1.5 },
  'submit, p50 / floor': { must: 2.5, aim: 1.7 },
  'search, p50 / floor': { must: 1.6, aim: 1.3 },
  'groups, p50 / floor': { must: 1.6, aim: 1.3 },
  'list, p50 at 100,000 / at 10,000': { must: 1.3, aim: 1.1 },
  'groups, p50 at 100,000 / at 10,000': { must: 1.3, aim: 1.1 },
  'search, p50 at 100,000 / at 10,000': { must: 3, aim: 2 },
  'public form, per s / floor': { must: 0.8, aim: 0.95, atLeast: true },
  'D1 round trips of a read': { must: 1, aim: 1 },
  'D1 round trips of a create': { must: 2, aim: 1 },
  'D1 round trips of a submit': { must: 2, aim: 1 },
  'D1 round trips of a sign-in': { must: 2, aim: 1 },
  'list of 50, rows read at 10,000': { must: 95, aim: 51 },
  'list of 50, rows read at 100,000': { must: 95, aim: 51 },
  'groups, rows read at 10,000': { must: 22, aim: 17 },
  'create, rows written': { must: 36, aim: 28 },
  'submit with one alert, rows written': { must: 13, aim: 11 },
  'score visible, p50': { must: 250, aim: 60, unit: 'ms' },
  'scoring, jobs per second': { must: 3_000, aim: 8_000, atLeast: true },
  'scoring, D1 round trips per 100': { must: 2, aim: 2 },
  'recompute of 10,000': { must: 10_000, aim: 2_000, unit: 'ms' },
  'Worker, gzip': { must: 400_000, aim: 300_000, unit: 'B' },
  'evaluated by a cold API request, gzip': { must: 180_000, aim: 120_000, unit: 'B' },
  'cold start, p50 beyond a bare Worker': { must: 80, aim: 40, unit: 'ms' },
  'admin script to the partner table, brotli': { must: 60_000, aim: 45_000, unit: 'B' },
} as const satisfies Record<string, Target>

export type Figures = Record<keyof typeof TARGETS, number>

/** One line per target: the figure, and whether it is what it must and should be. */
export function judge(figures: Figures): string[] {
  const names = Object.keys(TARGETS) as (keyof typeof TARGETS)[]
  return names.map((name) => {
    const target: Target = TARGETS[name]
    const figure = figures[name]
    const verdict = (bound: number) => {
      const holds = target.atLeast ? figure >= bound : figure <= bound
      return `${target.atLeast ? '>=' : '<='} ${number(bound)} ${holds ? 'ok' : 'MISSED'}`
    }
    const shown = `${number(figure)} ${target.unit ?? ''}`
    return `${name.padEnd(43)} ${shown.padStart(12)}   must ${verdict(target.must).padEnd(18)} aim ${verdict(target.aim)}`
  })
}

/** Small numbers with two places, others in thousands. */
export const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 })
