import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { whenIdle } from '#web/ui/idle.ts'
import { type Definition, type DirectoryState, readState, writeState } from './definition.ts'
import type { ShownView } from './views/built-in-views.ts'

/** Browsers refuse to be given a new address with each key; the table does not wait for it. */
const ADDRESS_AFTER_MS = 250

/** What the address holds of the directory, and the ways to change it. `search` is that of the address or in its place. */
export function useDirectoryState(search: string) {
  const { route } = useLocation()
  const held = useMemo(() => readState(search), [search])
  const [typed, setTyped] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const next = useRef<DirectoryState | null>(null)
  const known = useRef(search)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      next.current = null
    },
    [],
  )
  useEffect(() => {
    // Our own address may be behind what is being typed; anybody else's counts.
    if (search === known.current) return
    known.current = search
    clearTimeout(timer.current)
    next.current = null
    setTyped(null)
  }, [search])

  const state = useMemo(
    (): DirectoryState =>
      typed === null ? held : { ...held, definition: { ...held.definition, search: typed } },
    [held, typed],
  )
  const write = (to: DirectoryState, replace = false) => {
    clearTimeout(timer.current)
    next.current = null
    setTyped(null)
    // Without a query it would lead to the member's default view.
    known.current = writeState(to) || '?view=all'
    route(`/partners${known.current}`, replace)
  }
  const settle = () => {
    if (next.current) write(next.current, true)
  }
  const change = (changes: Partial<Definition>) => {
    const definition = { ...state.definition, ...changes }
    const regrouped = definition.groupBy !== state.definition.groupBy
    write({ ...state, definition, closed: regrouped ? [] : state.closed })
  }
  return {
    ...state,
    /** The state as a query string, for links that keep it. */
    search: useMemo(() => writeState(state), [state]),
    /** Makes a step in the history, so that Back takes it back. */
    change,
    /** Searches with each key; all of them are one step. */
    type: (text: string) => {
      setTyped(text)
      clearTimeout(timer.current)
      next.current = { ...state, definition: { ...state.definition, search: text } }
      timer.current = setTimeout(whenIdle, ADDRESS_AFTER_MS, settle)
    },
    /** The address is still behind what was typed. */
    isTyping: typed !== null,
    /** Brings the address up to what was typed. */
    settle,
    fold: (key: string) => {
      const closed = state.closed.includes(key)
        ? state.closed.filter((one) => one !== key)
        : [...state.closed, key]
      write({ ...state, closed }, true)
    },
    /** Shows a view as it was saved. */
    open: ({ id, definition }: Pick<ShownView, 'id' | 'definition'>, replace = false) =>
      write({ view: id, definition, closed: [] }, replace),
  }
}

export type DirectoryShape = ReturnType<typeof useDirectoryState>
