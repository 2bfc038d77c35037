import { useEffect, useState } from 'preact/hooks'
import { whenIdle } from './idle.ts'

const FIRST = 10
const ALL_FROM = 40

/**
 * How many rows may be drawn: those of another table come in slices, each once the browser is idle, so that no key waits
 * for all of them. What is drawn first, and what is scrolled to, comes whole.
 */
export function useSlices(of: string): number {
  const [drawn, setDrawn] = useState({ of, count: Number.POSITIVE_INFINITY })
  const count = drawn.of === of ? drawn.count : FIRST
  useEffect(() => {
    if (count === Number.POSITIVE_INFINITY) return
    const next = count < ALL_FROM ? count * 2 : Number.POSITIVE_INFINITY
    return whenIdle(() => setDrawn({ of, count: next }))
  }, [of, count])
  return count
}
