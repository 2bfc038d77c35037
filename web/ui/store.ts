import { useLayoutEffect, useReducer, useRef } from 'preact/hooks'

/** A value that components far apart look at. */
export interface Store<T> {
  get: () => T
  set: (next: T) => void
  listen: (listener: () => void) => () => void
}

export function createStore<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const listener of [...listeners]) listener()
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** What `read` takes from the store; only a change of that draws the component anew. */
export function useStore<T, Part>(store: Store<T>, read: (value: T) => Part): Part {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const part = read(store.get())
  const drawn = useRef({ read, part })
  drawn.current = { read, part }
  useLayoutEffect(() => {
    const look = () => {
      if (!Object.is(drawn.current.read(store.get()), drawn.current.part)) redraw(0)
    }
    // It may have changed between drawing and listening.
    look()
    return store.listen(look)
  }, [store])
  return part
}
