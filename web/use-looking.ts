import { useEffect, useRef } from 'preact/hooks'

/**
 * Looks again and again, anew when it is for something else. `delayOf` says how long to wait, after so many milliseconds
 * of looking. A hidden tab waits; becoming visible, or coming back online, looks at once. One look is under way at a
 * time, and one that fails is only a look less.
 */
export function useLooking(
  what: string,
  look: () => Promise<unknown>,
  delayOf: (elapsedMs: number) => number,
) {
  const latest = useRef({ look, delayOf })
  latest.current = { look, delayOf }
  useEffect(() => {
    const began = Date.now()
    const end = new AbortController()
    const { signal } = end
    let timer: ReturnType<typeof setTimeout> | undefined
    let underWay = false
    const wait = (elapsedMs: number) => {
      const delay = latest.current.delayOf(elapsedMs)
      if (delay > 0) timer = setTimeout(() => void lookNow(), delay)
      else void lookNow()
    }
    const lookNow = async () => {
      clearTimeout(timer)
      if (document.hidden || underWay) return
      underWay = true
      if (navigator.onLine) await latest.current.look().catch(() => undefined)
      underWay = false
      if (!signal.aborted) wait(Math.max(1, Date.now() - began))
    }
    wait(0)
    const wake = () => void lookNow()
    document.addEventListener('visibilitychange', wake, { signal })
    addEventListener('online', wake, { signal })
    return () => {
      end.abort()
      clearTimeout(timer)
    }
  }, [what])
}
