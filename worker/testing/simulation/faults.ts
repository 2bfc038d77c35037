/** How often what goes wrong, at each call or wait. */
export const FAULTS = {
  /** D1 fails before anything was done; in the middle of a batch; and after all was done, its answer lost. */
  d1Before: 0.03,
  d1Within: 0.01,
  d1After: 0.02,
  queueSend: 0.1,
  messageDoubled: 0.1,
  /** A provider refuses; did it, but says that it did not, or nothing; answers only when nobody waits any more. */
  providerFails: 0.15,
  providerAmbiguous: 0.04,
  providerSilent: 0.01,
  /** The process dies, with what it knows and what it was doing, and this much of the queue. */
  kill: 0.004,
  queueLost: 0.9,
  /** A client's request does not arrive; or its answer does not. */
  requestLost: 0.02,
  answerLost: 0.03,
  sweepSkipped: 0.15,
  sweepDoubled: 0.1,
} as const

/** How far the clock of each call is off, at most. */
export const SKEW_MS = 1_000

/** A protection that is taken out, to see that its absence is noticed. */
export const PROTECTIONS = ['lease', 'key', 'batch', 'sweep', 'guard'] as const
export type Protection = (typeof PROTECTIONS)[number]

/** Statements of the product without the condition that is the protection. */
export function weakened(sql: string, without: Protection | null): string {
  if (without === 'lease') return sql.replaceAll(/\blease_until <= \?/g, '(lease_until <= ? or true)')
  if (without === 'key')
    return sql.replaceAll(
      /\bs\.idempotency_key in (\(select value from json_each\(\?\)\))/g,
      '(s.idempotency_key in $1 and false)',
    )
  // It refuses by JSON that is none.
  if (without === 'guard') return sql.replaceAll("json('refused')", "'refused'")
  return sql
}
