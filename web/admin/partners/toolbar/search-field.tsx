import { Search, X } from 'lucide-preact'
import type { TargetedKeyboardEvent } from 'preact'
import { useRef } from 'preact/hooks'
import { IconButton } from '#web/ui/button.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import '#web/ui/field.css'

interface Props {
  label?: string
  placeholder?: string
  value: string
  onType: (text: string) => void
}

/** Searches with each key. `/` goes there; Escape empties it, and leaves it when it is empty. */
export function SearchField({
  label = 'Search partners',
  placeholder = 'Search name or domain',
  value,
  onType,
}: Props) {
  const input = useRef<HTMLInputElement>(null)
  useHotkeys({ '/': () => input.current?.select() })
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    if (value === '') input.current?.blur()
    else onType('')
  }
  const clear = () => {
    onType('')
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
        value={value}
        onInput={(event) => onType(event.currentTarget.value)}
        onKeyDown={press}
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
