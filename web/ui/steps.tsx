import { ChevronDown, ChevronUp } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'
import { useHotkeys } from './hotkeys.ts'
import './steps.css'

/** The rows before and after, as far as the list has been read. */
export interface Neighbours {
  previous: string | null
  next: string | null
}

interface Props extends Neighbours {
  /** What is shown now. */
  id: string
  /** What one steps through: a partner. */
  noun: string
  onStep: (id: string) => void
  /** The left and right arrows step as well: nothing else in the drawer takes them. */
  arrows?: boolean
  /** Further keys of the drawer. */
  keys?: Readonly<Record<string, () => void>>
}

/** Leads, in the head of a drawer, to the rows before and after, by button or key. */
export function Steps({ id, noun, previous, next, onStep, arrows, keys }: Props) {
  const place = useRef<HTMLSpanElement>(null)
  const back = () => previous !== null && onStep(previous)
  const on = () => next !== null && onStep(next)
  useHotkeys({ j: on, k: back, ...(arrows && { ArrowRight: on, ArrowLeft: back }), ...keys }, place)
  useEffect(() => {
    // What had the focus may have gone with the one before; the heading says which one is shown.
    if (id && document.activeElement === document.body)
      place.current?.closest('dialog')?.querySelector('h2')?.focus()
  }, [id])
  if (previous === null && next === null) return <span ref={place} />
  return (
    <span ref={place} class="steps">
      <IconButton
        label={`Previous ${noun}`}
        unavailable={previous === null ? 'This is the first row.' : undefined}
        onClick={back}
      >
        <ChevronUp size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={`Next ${noun}`}
        unavailable={next === null ? 'This is the last row.' : undefined}
        onClick={on}
      >
        <ChevronDown size={16} aria-hidden="true" />
      </IconButton>
    </span>
  )
}
