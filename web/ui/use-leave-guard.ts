import { useEffect, useRef } from 'preact/hooks'

let leaving = false

/** For leaving that is not the user's wish, when whoever has unsaved changes keeps them elsewhere. */
export const leaveWithoutAsking = () => {
  leaving = true
}

/**
 * While active, going back asks first instead of leaving (`onAttempt`), and closing the tab warns. Registered in the
 * capture phase so that it comes before the router.
 */
export function useLeaveGuard(active: boolean, onAttempt: () => void) {
  const attempt = useRef(onAttempt)
  attempt.current = onAttempt
  useEffect(() => {
    if (!active) return
    const here = location.href
    const back = (event: PopStateEvent) => {
      event.stopImmediatePropagation()
      history.pushState(null, '', here)
      attempt.current()
    }
    const unload = (event: BeforeUnloadEvent) => leaving || event.preventDefault()
    addEventListener('popstate', back, { capture: true })
    addEventListener('beforeunload', unload)
    return () => {
      removeEventListener('popstate', back, { capture: true })
      removeEventListener('beforeunload', unload)
    }
  }, [active])
}
