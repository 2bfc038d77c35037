import { useEffect, useState } from 'preact/hooks'
import { whenIdle } from './idle.ts'

/** Rows that take a few milliseconds to draw. */
const SLICE = 8
/** More than that are in sight of large screens only. */
const SLICED = 48

/**
 * How many rows may be drawn: those of another table come in slices, each once the browser is idle, so that no key waits
 * for all of them. What is drawn first, and what is scrolled to, comes whole.
 */
export function useSlices(of: string): number {
  const [drawn, setDrawn] = useState({ of, count: Number.POSITIVE_INFINITY })
  const count = drawn.of === of ? drawn.count : SLICE
  useEffect(() => {
    if (count === Number.POSITIVE_INFINITY) return
    const next = count < SLICED ? count + SLICE : Number.POSITIVE_INFINITY
    return whenIdle(() => setDrawn({ of, count: next }))
  }, [of, count])
  return count
}
