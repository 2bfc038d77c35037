import { Search, X } from 'lucide-preact'
import type { TargetedKeyboardEvent } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { IconButton } from '#web/ui/button.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { whenIdle } from '#web/ui/idle.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import '#web/ui/field.css'

interface Props {
  label?: string
  placeholder?: string
  value: string
  onType: (text: string) => void
  /** Typing has ended. */
  onLeave?: () => void
}

/**
 * Searches with each key. `/` goes there; Escape empties it, and leaves it when it is empty. The box keeps its own text: a
 * key is painted before anything else comes to know of it.
 */
export function SearchField({
  label = 'Search partners',
  placeholder = 'Search name or domain',
  value,
  onType,
  onLeave,
}: Props) {
  const input = useRef<HTMLInputElement>(null)
  const told = useRef('')
  const latest = useRef(onType)
  latest.current = onType
  useHotkeys({ '/': () => input.current?.select() })
  useLayoutEffect(() => {
    if (!input.current || value === told.current) return
    told.current = value
    input.current.value = value
  }, [value])
  const tell = () => {
    const text = input.current?.value ?? told.current
    if (text === told.current) return
    told.current = text
    latest.current(text)
  }
  const empty = () => {
    if (input.current) input.current.value = ''
    tell()
  }
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    if (event.currentTarget.value === '') event.currentTarget.blur()
    else empty()
  }
  const leave = () => {
    tell()
    onLeave?.()
  }
  const clear = () => {
    empty()
    input.current?.focus()
  }
  return (
    <search class="search-field">
      <Search size={14} aria-hidden="true" />
      <input
        ref={input}
        type="text"
        inputMode="search"
        class="control"
        aria-label={label}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        onInput={() => afterPaint(tell)}
        onKeyDown={press}
        onBlur={leave}
      />
      {value === '' ? (
        <Kbd keys="/" />
      ) : (
        <IconButton label="Clear search" onClick={clear}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      )}
    </search>
  )
}

const afterPaint = (work: () => void) => requestAnimationFrame(() => void whenIdle(work))
