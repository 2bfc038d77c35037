import { ChevronDown, Circle, CircleCheck } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Bar } from '#web/ui/bar.tsx'
import { Button } from '#web/ui/button.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { whenIdle } from '#web/ui/idle.ts'
import { toast } from '#web/ui/toast.tsx'
import type { Me } from '#worker/auth/schema.ts'
import { mayAct } from '#worker/auth/terms.ts'
import { type Step, useSteps } from './steps.ts'
import './checklist.css'

interface Props {
  me: Me
  /** It lies across the top, and is folded wherever there is something else to see. */
  narrow: boolean
}

/** Which member of this browser has no more use for it. */
const KEPT = 'checklist-away'

/** What a new organisation does first, for those who can do some of it, until all is done or it is put away. */
export function Checklist({ me, narrow }: Props) {
  const memberId = me.memberId ?? ''
  const [away, setAway] = useState(() => localStorage.getItem(KEPT) === memberId)
  const [isQuiet, setQuiet] = useState(false)
  // The page that one came for is read first.
  useEffect(() => whenIdle(() => setQuiet(true)), [])
  if (!me.role || !mayAct(me.role, 'manager') || away || !isQuiet) return null
  const putAway = (on: boolean) => {
    if (on) localStorage.setItem(KEPT, memberId)
    else localStorage.removeItem(KEPT)
    setAway(on)
  }
  return <Shown narrow={narrow} putAway={putAway} />
}

function Shown({ narrow, putAway }: { narrow: boolean; putAway: (on: boolean) => void }) {
  const { path } = useLocation()
  const steps = useSteps()
  const wasOpen = useRef(false)
  const left = steps?.filter(({ isDone }) => !isDone).length
  const isOver = left === 0 && !wasOpen.current
  useEffect(() => {
    // An organisation that was ready before needs no look at it again.
    if (isOver) putAway(true)
  }, [isOver, putAway])
  if (!steps || left === undefined || isOver) return null
  wasOpen.current = true
  const done = steps.length - left
  return (
    <section class="checklist" aria-label="Get started">
      <details open={!narrow || (done === 0 && path === '/partners')}>
        <summary>
          <strong>{left === 0 ? 'You are set up' : 'Get started'}</strong>
          <span class="muted number">
            {done} of {steps.length}
          </span>
          <ChevronDown size={14} aria-hidden="true" />
          <Bar share={done / steps.length} />
        </summary>
        <ol>
          {steps.map((step) => (
            <StepItem key={step.href} step={step} />
          ))}
        </ol>
        <Button look="plain" onClick={() => hide(left === 0, putAway)}>
          {left === 0 ? 'Done' : 'Hide this list'}
        </Button>
      </details>
    </section>
  )
}

const StepItem = ({ step: { label, href, isDone } }: { step: Step }) => (
  <li>
    {isDone ? (
      <span>
        <CircleCheck size={15} aria-hidden="true" />
        <span>
          {label}
          <span class="sr-only">, done</span>
        </span>
      </span>
    ) : (
      <a href={href}>
        <Circle size={15} aria-hidden="true" />
        {label}
      </a>
    )}
  </li>
)

function hide(isDone: boolean, putAway: (on: boolean) => void) {
  putAway(true)
  focusSoon(HEADING)
  if (isDone) return
  toast({
    text: 'The list is hidden in this browser.',
    undo: { label: 'Undo', run: () => putAway(false) },
  })
}
