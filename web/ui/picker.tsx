import { Check } from 'lucide-preact'
import type { ComponentChildren, TargetedKeyboardEvent } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { matching } from './matching.ts'
import { nextItem } from './menu.tsx'
import './picker.css'

export interface Choice {
  value: string
  label: string
  icon?: ComponentChildren
  /** Stands at the end, such as how many there are. */
  note?: ComponentChildren
  chosen?: boolean
  /** Brought by the caller for what is typed: shown whatever its label says. */
  found?: boolean
}

interface Props {
  /** What one chooses, in words. */
  label: string
  /** Undefined while they are on their way. */
  choices: readonly Choice[] | undefined
  /** Several can be chosen, each with a box to tick. */
  several?: boolean
  /** Why there is nothing to choose from. */
  failure?: string | undefined
  onChoose: (value: string) => void
  /** For callers who look for more than they have brought along. */
  onType?: (typed: string) => void
  /** Asked for by Backspace where nothing is typed. */
  onBack?: () => void
}

/** A list that one goes through by typing: letters narrow it, arrows move, Enter chooses. */
export function Picker({ label, choices, several, failure, onChoose, onType, onBack }: Props) {
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const shown = matching(choices ?? [], typed)
  const active = Math.min(at, shown.length - 1)
  useLayoutEffect(() => input.current?.focus({ preventScroll: true }), [])
  useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const press = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    const next = ARROWS.includes(event.key) ? nextItem(event.key, active, keysOf(shown)) : null
    const choice = shown[active]
    if (next !== null) setAt(next)
    else if (event.key === 'Enter' && choice) onChoose(choice.value)
    else if (event.key === 'Backspace' && typed === '' && onBack) onBack()
    else return
    event.preventDefault()
  }
  return (
    <div class="picker">
      <input
        ref={input}
        autofocus
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown.length > 0 ? `${listId}-${active}` : undefined}
        placeholder={`${label}…`}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
          onType?.(event.currentTarget.value)
        }}
        onKeyDown={press}
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={label}
        aria-multiselectable={several || undefined}
        tabIndex={-1}
      >
        {shown.map((choice, index) => (
          <Option
            key={choice.value}
            id={`${listId}-${index}`}
            choice={choice}
            several={several ?? false}
            active={index === active}
            onPoint={() => setAt(index)}
            onChoose={() => onChoose(choice.value)}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <p class="menu-note muted" role="status">
          {failure ?? (choices ? 'Nothing is called that.' : 'Loading…')}
        </p>
      )}
    </div>
  )
}

interface OptionProps {
  id: string
  choice: Choice
  several: boolean
  active: boolean
  onPoint: () => void
  onChoose: () => void
}

const Option = ({ id, choice, several, active, onPoint, onChoose }: OptionProps) => (
  <button
    type="button"
    id={id}
    role="option"
    tabIndex={-1}
    aria-selected={several ? (choice.chosen ?? false) : active}
    data-active={active || undefined}
    onPointerMove={onPoint}
    // The focus stays where one types.
    onMouseDown={(event) => event.preventDefault()}
    onClick={onChoose}
  >
    {several && (
      <span class="tick" data-on={choice.chosen || undefined}>
        {choice.chosen && <Check size={11} stroke-width={3} aria-hidden="true" />}
      </span>
    )}
    {choice.icon}
    <span class="truncate">{choice.label}</span>
    {choice.note !== undefined && <span class="end number">{choice.note}</span>}
  </button>
)

const ARROWS = ['ArrowDown', 'ArrowUp']
const keysOf = (choices: readonly Choice[]) => choices.map(({ value }) => value)
