import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Confirm } from './confirm.tsx'
import { leave, useLeaveGuard } from './use-leave-guard.ts'

interface Options {
  unsaved: boolean
  title: string
  words: string
  /** Called when the changes are given up. */
  onDiscard?: () => void
}

/**
 * Asks before a page with unsaved changes is left, by a link, the palette, going back or closing the tab. Answers the
 * question, to be drawn.
 */
export function usePageGuard({ unsaved, title, words, onDiscard }: Options) {
  const { route } = useLocation()
  const [going, setGoing] = useState<{ run: () => void } | null>(null)
  const letGo = useLeaveGuard(unsaved, (run) => setGoing({ run }))
  const follow = useRef(route)
  follow.current = route
  useEffect(() => {
    if (!unsaved) return
    const meet = (event: MouseEvent) => {
      const href = pageOf(event)
      if (href === null) return
      event.preventDefault()
      event.stopPropagation()
      leave(() => follow.current(href))
    }
    // Before the router hears of it.
    addEventListener('click', meet, { capture: true })
    return () => removeEventListener('click', meet, { capture: true })
  }, [unsaved])
  if (!going) return null
  const discard = () => {
    letGo()
    onDiscard?.()
    going.run()
  }
  return (
    <Confirm
      title={title}
      action="Discard"
      cancel="Keep editing"
      run={discard}
      onClose={() => setGoing(null)}
    >
      <p>{words}</p>
    </Confirm>
  )
}

/** The other page of this site to which a plain click on a link leads; null for every other click. */
function pageOf(event: MouseEvent): string | null {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event
  if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return null
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
  if (!link || link.target || link.origin !== location.origin || link.hash) return null
  // Another part of the same page.
  if (link.pathname === location.pathname) return null
  return link.pathname + link.search
}
