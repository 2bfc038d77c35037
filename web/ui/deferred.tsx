import type { ComponentType, VNode } from 'preact'
import { useEffect, useReducer, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { ErrorState } from './states.tsx'

/**
 * A component whose code is fetched when it is first drawn, or before by `prefetch`. A part that does not arrive (offline,
 * or replaced by a newer release) says so instead of leaving a hole.
 */
export function deferred<P extends object>(load: () => Promise<ComponentType<P>>) {
  let Ready: ComponentType<P> | undefined
  const fetchPart = async () => {
    Ready ??= await load()
  }
  /** Whether it worked shows when the component is drawn. */
  const prefetch = () => void fetchPart().catch(() => undefined)
  function Deferred(props: P): VNode | null {
    const [failed, setFailed] = useState(false)
    const [, redraw] = useReducer((count: number) => count + 1, 0)
    const isDrawn = Ready !== undefined
    useEffect(() => {
      // What has arrived since it was not drawn is there, and still has to be drawn.
      if (!isDrawn && !failed)
        fetchPart().then(
          () => redraw(0),
          () => setFailed(true),
        )
    }, [isDrawn, failed])
    // A part of a release that is gone never comes; a reload brings the next one, but offline it would leave nothing.
    const retry = () =>
      fetchPart().then(
        () => redraw(0),
        () => navigator.onLine && location.reload(),
      )
    if (Ready) return <Ready {...props} />
    if (!failed) return null
    // A dialog has no place of its own in the page, and can be left.
    const leave = 'onClose' in props && props.onClose instanceof Function ? props.onClose : null
    return (
      <ErrorState
        title="This part did not load"
        message="The connection may be down, or there is a newer release."
        onRetry={() => void retry()}
        floats={leave !== null}
        action={leave && <Button onClick={() => leave()}>Close</Button>}
      />
    )
  }
  return Object.assign(Deferred, { prefetch })
}
