import { useEffect, useRef, useState } from 'preact/hooks'
import { formatCount } from '#web/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { useProgramChanges, useProgress } from './program-queries.ts'

const DONE_STAYS_MS = 4_000

/** How far the evaluation of everybody is, after saving; it goes by itself. */
export function ProgressNotice() {
  const { data } = useProgress(true)
  const { evaluated } = useProgramChanges()
  const [isJustDone, setJustDone] = useState(false)
  const wasRunning = useRef(false)
  const running = data !== undefined && data.done < data.total
  const tell = useRef(evaluated)
  tell.current = evaluated
  useEffect(() => {
    if (running) {
      wasRunning.current = true
      setJustDone(false)
      return
    }
    if (!wasRunning.current) return
    wasRunning.current = false
    tell.current()
    setJustDone(true)
    const timer = setTimeout(setJustDone, DONE_STAYS_MS, false)
    return () => clearTimeout(timer)
  }, [running])
  if (running)
    return (
      <Notice role="status" class="notice progress-notice">
        <p>
          Evaluating partners: <span class="number">{formatCount(data.done)}</span> of{' '}
          <span class="number">{formatCount(data.total)}</span>
        </p>
        <progress aria-label="Partners evaluated" max={data.total} value={data.done} />
      </Notice>
    )
  return isJustDone ? (
    <Notice tone="green" role="status">
      Every partner is evaluated.
    </Notice>
  ) : null
}
