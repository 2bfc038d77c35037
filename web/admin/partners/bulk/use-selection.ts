import { useLayoutEffect, useMemo } from 'preact/hooks'
import { createStore, type Store } from '#web/ui/store.ts'
import { allToggled, NOTHING, rangedTo, type SelectableLine, type Selection, toggled } from './selection.ts'

/** What is chosen in the table, and the ways to choose. It stays the same object, so that rows need not be drawn anew. */
export interface Selecting {
  store: Store<Selection>
  /** Whether boxes are shown where they would take room from what one reads. */
  mode: Store<boolean>
  lines: () => readonly SelectableLine[]
  toggle: (id: string, asRange: boolean) => void
  toggleAll: () => void
  set: (selection: Selection) => void
  clear: () => void
}

/** Chosen is among those that match: another search or filter begins with nobody. */
export function useSelection(lines: readonly SelectableLine[], matching: string): Selecting {
  const latest = useMemo(() => ({ lines }), [])
  latest.lines = lines
  const selecting = useMemo((): Selecting => {
    const store = createStore(NOTHING)
    const mode = createStore(false)
    return {
      store,
      mode,
      lines: () => latest.lines,
      toggle: (id, asRange) => store.set((asRange ? rangedTo : toggled)(store.get(), id, latest.lines)),
      toggleAll: () => store.set(allToggled(store.get(), latest.lines)),
      set: store.set,
      clear: () => {
        store.set(NOTHING)
        mode.set(false)
      },
    }
  }, [latest])
  useLayoutEffect(() => selecting.clear, [selecting, matching])
  return selecting
}
