import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Confirm } from '#web/ui/confirm.tsx'
import { useLeaveGuard } from '#web/ui/use-leave-guard.ts'

/** Asks before unsaved changes are left behind: by going back, by a link, or by closing the tab. */
export function useLeaving(unsaved: boolean, drop: () => void) {
  const { route } = useLocation()
  const [way, setWay] = useState<string | null>(null)
  const letGo = useLeaveGuard(unsaved, () => setWay(BACK))
  useLinks(unsaved, setWay)
  const leave = () => {
    letGo()
    drop()
    if (way === BACK) history.back()
    else if (way !== null) route(way)
  }
  return (
    way !== null && (
      <Confirm
        title="Discard your changes?"
        action="Discard"
        cancel="Keep editing"
        run={leave}
        onClose={() => setWay(null)}
      >
        <p>What you changed of the programme has not been saved.</p>
      </Confirm>
    )
  )
}

const BACK = 'back'

/** Hears of a click on a link of the app before the router does. */
function useLinks(active: boolean, onAttempt: (path: string) => void) {
  const attempt = useRef(onAttempt)
  attempt.current = onAttempt
  useEffect(() => {
    if (!active) return
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      const isPlain =
        event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      if (!link?.href || link.target || !isPlain || link.origin !== location.origin) return
      if (link.pathname === location.pathname) return
      event.preventDefault()
      event.stopPropagation()
      attempt.current(link.pathname + link.search)
    }
    document.addEventListener('click', click, true)
    return () => document.removeEventListener('click', click, true)
  }, [active])
}
