import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { matching } from './matching.ts'
import type { Option } from './select-field.tsx'
import './suggestions.css'

/** As many as one looks through; typing narrows them. */
const SHOWN = 50

/** The options for what is typed, by label or code. */
export const suggestedFor = (options: readonly Option[], typed: string) =>
  matching(options, typed, ({ value }) => [value]).slice(0, SHOWN)

interface Options {
  label: string
  options: readonly Option[]
  choose: (value: string) => void
  /** For several choices one after the other. */
  staysOpen?: boolean
}

/**
 * Suggestions below a text field, as ARIA's combobox wants them: arrows move, Enter takes, Escape closes the list and
 * nothing else. `press` says whether a key was for the list.
 */
export function useSuggestions({ label, options, choose, staysOpen = false }: Options) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const shown = open && options.length > 0
  const at = Math.min(active, options.length - 1)
  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const take = (value: string) => {
    choose(value)
    if (!staysOpen) close()
  }
  const press = (event: KeyboardEvent): boolean => {
    const chosen = shown ? options[at] : undefined
    if (event.key === 'ArrowDown') {
      setActive(shown ? (at + 1) % options.length : 0)
      setOpen(true)
    } else if (event.key === 'ArrowUp' && shown) setActive((at <= 0 ? options.length : at) - 1)
    else if (event.key === 'Enter' && chosen) take(chosen.value)
    else if (event.key === 'Escape' && shown) close()
    else return false
    event.preventDefault()
    return true
  }
  const inputProps = {
    role: 'combobox' as const,
    autocomplete: 'off',
    'aria-autocomplete': 'list' as const,
    'aria-expanded': shown,
    'aria-controls': `${id}-list`,
    'aria-activedescendant': shown && at >= 0 ? `${id}-${at}` : undefined,
  }
  const list = shown ? (
    <SuggestionList id={id} label={label} options={options} active={at} onTake={take} />
  ) : null
  return { press, inputProps, list, open: () => setOpen(true), close }
}

interface ListProps {
  id: string
  label: string
  options: readonly Option[]
  active: number
  onTake: (value: string) => void
}

function SuggestionList({ id, label, options, active, onTake }: ListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.scrollIntoView({ block: 'nearest' }), [])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      ref={list}
      id={`${id}-list`}
      class="suggestions"
      role="listbox"
      aria-label={`Suggestions for ${label}`}
    >
      {options.map(({ value, label: text }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed in the field, which keeps the focus.
        <div
          key={value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(value)}
        >
          {text}
        </div>
      ))}
    </div>
  )
}
