const WORDS = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })
const MINUTE_MS = 60_000
const STEPS = [
  ['minute', MINUTE_MS, 60],
  ['hour', 60 * MINUTE_MS, 24],
  ['day', 1_440 * MINUTE_MS, 30],
  ['month', 43_200 * MINUTE_MS, 12],
] as const

/** How long ago that was, roughly; a clock that is a little ahead makes it now. */
export function ago(iso: string, now: number): string {
  const elapsed = now - Date.parse(iso)
  if (elapsed < MINUTE_MS) return 'just now'
  const step = STEPS.find(([, unit, most]) => elapsed < unit * most)
  if (step) return WORDS.format(-Math.floor(elapsed / step[1]), step[0])
  return WORDS.format(-Math.max(1, Math.floor(elapsed / (525_600 * MINUTE_MS))), 'year')
}
