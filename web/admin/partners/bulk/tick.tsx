import { useLayoutEffect, useRef } from 'preact/hooks'
import { useStore } from '#web/ui/store.ts'
import { isSelected, shareOf } from './selection.ts'
import type { Selecting } from './use-selection.ts'

interface Props {
  id: string
  name: string
  selecting: Selecting
}

/** The box of one row. It looks at the selection by itself: a press draws this one, and no row. */
export function Tick({ id, name, selecting }: Props) {
  const checked = useStore(selecting.store, (selection) => isSelected(selection, id))
  const press = (event: MouseEvent) => {
    event.stopPropagation()
    selecting.toggle(id, event.shiftKey)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only more room for the box inside.
    <span class="tick-room" onClick={press} onMouseDown={(event) => event.shiftKey && event.preventDefault()}>
      <input type="checkbox" class="row-tick" checked={checked} aria-label={`Select ${name}`} />
    </span>
  )
}

/** The box in the head of the table: all that are read, or nobody. */
export function TickAll({ selecting }: Pick<Props, 'selecting'>) {
  const share = useStore(selecting.store, (selection) => shareOf(selection, selecting.lines()))
  const box = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = share === 'some'
  }, [share])
  return (
    <input
      ref={box}
      type="checkbox"
      class="row-tick"
      checked={share === 'all'}
      aria-label="Select all that are loaded"
      onChange={selecting.toggleAll}
    />
  )
}
