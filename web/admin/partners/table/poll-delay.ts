const FIRST_MS = 60
const QUICK_MS = 150
/** For as long as a score usually takes, a new one is looked for quickly; after that, ever less often. */
const QUICK_FOR_MS = 4_000
const SLOWEST_MS = 2_000

/** How long to wait before looking again, having looked for `elapsedMs`. */
export function pollDelay(elapsedMs: number): number {
  if (elapsedMs <= 0) return FIRST_MS
  if (elapsedMs < QUICK_FOR_MS) return QUICK_MS
  return Math.min(SLOWEST_MS, Math.round(QUICK_MS * (elapsedMs / QUICK_FOR_MS) ** 2))
}
