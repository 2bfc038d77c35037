import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a phase of a run cost: plain samples, in milliseconds. */
export interface Samples {
  p50: number
  p99: number
}

export function samplesOf(times: readonly number[]): Samples {
  const sorted = times.toSorted((one, two) => one - two)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** How long to go on: so many rounds, or until the time is up, whichever comes first. */
export interface Effort {
  rounds: number
  ms: number
}

/**
 * Runs the works by turns (A B A B ...), so that whatever else the machine does meets all of them alike.
 * @param restMs Waited out after each sample, for works that leave something to be done behind the answer.
 */
export async function interleaved(
  { rounds, ms }: Effort,
  works: readonly (() => Promise<unknown>)[],
  restMs = 0,
): Promise<Samples[]> {
  const times: number[][] = works.map(() => [])
  const end = performance.now() + ms
  for (let round = 0; round < rounds && performance.now() < end; round++)
    for (const [at, work] of works.entries()) {
      times[at]?.push(await timed(work))
      if (restMs > 0) await pause(restMs)
    }
  return times.map(samplesOf)
}

export interface Load {
  done: number
  perSecond: number
}

/** Turns that works take, when several are compared. */
const TURNS = 10

/** How many of each work are done per second by `lanes` that each begin anew when they are done; several go by turns. */
export async function throughput(
  lanes: number,
  ms: number,
  works: readonly (() => Promise<unknown>)[],
): Promise<Load[]> {
  const turns = works.length > 1 ? TURNS : 1
  const loads = works.map(() => ({ done: 0, ms: 0 }))
  for (let turn = 0; turn < turns; turn++)
    for (const [at, work] of works.entries()) {
      const some = await busy(lanes, ms / turns, work)
      const load = loads[at]
      if (load) Object.assign(load, { done: load.done + some.done, ms: load.ms + some.ms })
    }
  return loads.map((load) => ({ done: load.done, perSecond: (load.done * 1_000) / load.ms }))
}

async function busy(lanes: number, ms: number, work: () => Promise<unknown>) {
  const start = performance.now()
  let done = 0
  const lane = async () => {
    while (performance.now() - start < ms) {
      await work()
      done++
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { done, ms: performance.now() - start }
}

const TICKS =
  process.platform === 'linux' ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 0

/** Milliseconds of CPU that a process has used in all its threads; nothing is known where there is no /proc. */
export function cpuMs(pid: number): number {
  if (TICKS === 0) return Number.NaN
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold blanks; counted from behind it, fields 12 and 13 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS
}
