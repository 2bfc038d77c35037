/** Why a try failed: by the name of its class, never by what the other side said. */
export interface TryError {
  readonly name: string
  /** No other try can mend it. */
  readonly final: boolean
  /** Milliseconds after which the other side wants to be asked again. */
  readonly waitMs?: number
}

/** @throws an error that says `timeout` when the call has not ended by then */
export async function inTime<T>(call: Promise<T>, timeoutMs: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('timeout')), timeoutMs)
  try {
    return await Promise.race([call, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
