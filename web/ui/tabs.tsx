import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { nextItem } from './menu.tsx'
import './segments.css'

interface Props<T extends string> {
  label: string
  tabs: readonly { value: T; label: ComponentChildren }[]
  value: T
  onChange: (value: T) => void
  children: ComponentChildren
}

const STEPS: Record<string, string> = {
  ArrowRight: 'ArrowDown',
  ArrowLeft: 'ArrowUp',
  Home: 'Home',
  End: 'End',
}

/** Tabs and the panel of the one that is chosen; arrows choose, Tab goes on to the panel. */
export function Tabs<T extends string>({ label, tabs, value, onChange, children }: Props<T>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const press = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.value === value)
    const step = STEPS[event.key]
    const next = step
      ? nextItem(
          step,
          at,
          tabs.map((tab) => tab.value),
        )
      : null
    const chosen = next === null ? undefined : tabs[next]
    if (!chosen) return
    event.preventDefault()
    onChange(chosen.value)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next ?? 0]?.focus()
  }
  return (
    <>
      <div ref={list} class="segments" role="tablist" aria-label={label} onKeyDown={press}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </>
  )
}
