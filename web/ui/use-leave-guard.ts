import { useLayoutEffect, useRef } from 'preact/hooks'

interface Guard {
  here: string
  attempt: (leave: () => void) => void
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
    guard.attempt(() => history.back())
  })
  addEventListener('beforeunload', (event) => {
    if (guard && !leaving) event.preventDefault()
  })
}

/** Goes at once, or asks first whoever has unsaved changes. */
export const leave = (go: () => void) => (guard ? guard.attempt(go) : go())

/**
 * While active, going back asks first (`onAttempt`, with what to do to leave after all) instead of leaving, and closing
 * the tab warns. Returns the way to let go, once it is decided.
 */
export function useLeaveGuard(active: boolean, onAttempt: (leave: () => void) => void) {
  const attempt = useRef(onAttempt)
  attempt.current = onAttempt
  useLayoutEffect(() => {
    if (!active) return
    guard = { here: location.href, attempt: (go) => attempt.current(go) }
    return letGo
  }, [active])
  useLayoutEffect(() => {
    // A part of the page may have an address of its own.
    if (active && guard) guard.here = location.href
  })
  return letGo
}

const letGo = () => {
  guard = null
}
