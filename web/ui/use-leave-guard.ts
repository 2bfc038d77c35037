import { useLayoutEffect, useRef } from 'preact/hooks'

interface Guard {
  here: string
  attempt: () => void
}

let guard: Guard | null = null
let leaving = false

/** For leaving that is not the user's wish, when whoever has unsaved changes keeps them elsewhere. */
export const leaveWithoutAsking = () => {
  leaving = true
}

/**
 * Lets a guard hear of going back before the router does. Call it before the router is drawn: browsers run the
 * listeners of `popstate` in the order in which they came.
 */
export function watchLeaving() {
  addEventListener('popstate', (event) => {
    if (!guard) return
    event.stopImmediatePropagation()
    history.pushState(null, '', guard.here)
    guard.attempt()
  })
  addEventListener('beforeunload', (event) => {
    if (guard && !leaving) event.preventDefault()
  })
}

/**
 * While active, going back asks first (`onAttempt`) instead of leaving, and closing the tab warns. Returns the way to
 * let go, once it is decided.
 */
export function useLeaveGuard(active: boolean, onAttempt: () => void) {
  const attempt = useRef(onAttempt)
  attempt.current = onAttempt
  useLayoutEffect(() => {
    if (!active) return
    guard = { here: location.href, attempt: () => attempt.current() }
    return letGo
  }, [active])
  return letGo
}

const letGo = () => {
  guard = null
}
