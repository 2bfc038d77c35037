import { AutoScroller, DragDropManager, Draggable, PointerSensor } from '@dnd-kit/dom'
import { useEffect, useRef } from 'preact/hooks'

/** What is dragged: a question, or a whole section. */
export type Kind = 'question' | 'section'

/** Where something is let go: before the one that has this id, or at the end of a section or of the form. */
export interface Drop {
  kind: Kind
  id: string
  /** A question or section, or for the end of a section of questions its own id. */
  target: string
  side: 'before' | 'after' | 'end'
}

const ROW = '[data-sort]'
const MARKED = '[data-drop]'

/**
 * Lets what bears `data-sort` ("question q1") in a list be dragged by its `[data-handle]`, with a mouse, a pen or a finger.
 * A line shows where it would go, and nothing of the page moves before it is let go. Keys are for `use-grabbing.ts`.
 */
export function useSorting(drop: (drop: Drop) => void, shape: string, enabled: boolean) {
  const list = useRef<HTMLDivElement>(null)
  const latest = useRef(drop)
  latest.current = drop
  const rowsOf = useRef(shape)
  rowsOf.current = shape
  useEffect(() => {
    const home = list.current
    // Rows that came or went are bound anew.
    if (!home || !enabled || shape !== rowsOf.current) return
    return bindRows(home, (found) => latest.current(found))
  }, [shape, enabled])
  return list
}

function bindRows(home: HTMLElement, done: (drop: Drop) => void) {
  // The other plug-ins write styles into the page, which its policy forbids.
  const manager = new DragDropManager({ plugins: [AutoScroller], sensors: [PointerSensor] })
  for (const row of home.querySelectorAll<HTMLElement>(ROW)) {
    const handle = row.querySelector<HTMLElement>('[data-handle]')
    const id = row.dataset.sort
    if (handle && id && !id.startsWith('end ')) new Draggable({ id, element: row, handle }, manager)
  }
  const ghost = ghostOf()
  let found: Drop | null = null
  const forget = () => {
    for (const marked of home.querySelectorAll<HTMLElement>(MARKED)) delete marked.dataset.drop
  }
  manager.monitor.addEventListener('dragstart', ({ operation: { source } }) => {
    const row = source?.element
    if (row instanceof HTMLElement) {
      row.dataset.dragged = ''
      ghost.show(row.dataset.name ?? '')
    }
  })
  manager.monitor.addEventListener('dragmove', ({ operation: { source, position }, to }) => {
    const { x, y } = to ?? position.current
    ghost.move(x, y)
    forget()
    const over = source ? rowAt(home, String(source.id), x, y) : null
    found = source && over ? dropAt(String(source.id), over, y) : null
    if (found && over) over.dataset.drop = found.side
  })
  manager.monitor.addEventListener('dragend', ({ operation: { source }, canceled }) => {
    forget()
    ghost.hide()
    if (source?.element instanceof HTMLElement) delete source.element.dataset.dragged
    const drop = found
    found = null
    if (drop && !canceled) done(drop)
  })
  return () => {
    forget()
    ghost.hide()
    manager.destroy()
  }
}

/** What the pointer is over, of the kind that what is dragged can be put beside. */
function rowAt(home: HTMLElement, source: string, x: number, y: number): HTMLElement | null {
  const kinds = source.startsWith('section ') ? ['section'] : ['question', 'end']
  const rows = kinds.map((kind) => `[data-sort^="${kind} "]`).join(', ')
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>(rows)
  return row && home.contains(row) ? row : null
}

/** A question over the upper half of another goes before it; null over itself. */
function dropAt(source: string, over: HTMLElement, y: number): Drop | null {
  const [kind, id = ''] = source.split(' ')
  const [overKind, target = ''] = (over.dataset.sort ?? '').split(' ')
  if (id === target || (kind !== 'question' && kind !== 'section')) return null
  if (overKind === 'end') return { kind, id, target, side: 'end' }
  const { top, height } = over.getBoundingClientRect()
  return { kind, id, target, side: y < top + height / 2 ? 'before' : 'after' }
}

/** What is dragged, by its name, beside the pointer. */
function ghostOf() {
  const box = document.createElement('div')
  box.className = 'drag-ghost'
  box.ariaHidden = 'true'
  return {
    show: (name: string) => {
      box.textContent = name
      document.body.append(box)
    },
    move: (x: number, y: number) => {
      box.style.translate = `${x + 12}px ${y + 8}px`
    },
    hide: () => box.remove(),
  }
}
