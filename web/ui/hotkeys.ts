import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

const OFF = 'single-keys'

/** Single-key shortcuts can be switched off, for people who speak or tap keys by accident (WCAG 2.1.4). */
export const areHotkeysOn = () => localStorage.getItem(OFF) !== 'off'
export const turnHotkeys = (on: boolean) => {
  if (on) localStorage.removeItem(OFF)
  else localStorage.setItem(OFF, 'off')
}

const TYPING =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="menu"]'

/** The dialog that has the floor: of nested ones the innermost. */
const topDialog = () => [...document.querySelectorAll('dialog:modal')].at(-1) ?? null

/**
 * Runs what belongs to a key, unless one is typing, a modifier is held, or a modal dialog is open; keys of a dialog (of
 * the one around `inside`) work while no other stands above it.
 */
export function useHotkeys(
  keys: Readonly<Record<string, () => void>>,
  inside?: RefObject<HTMLElement | null>,
) {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || event.isComposing)
        return
      if (event.target instanceof Element && event.target.closest(TYPING)) return
      const run = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined
      const home = inside?.current?.closest('dialog') ?? null
      if (!run || !areHotkeysOn() || topDialog() !== home) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [inside])
}

/** Runs what belongs to Ctrl or Cmd with a key, also while one types, unless a modal dialog is open. */
export function useChord(key: string, run: () => void) {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const held = (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey
      if (!held || event.key.toLowerCase() !== key || topDialog() !== null) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [key])
}
