import { useCallback, useLayoutEffect, useRef } from 'preact/hooks'
import { countOf, extended, type SelectableLine } from '#web/admin/partners/bulk/selection.ts'
import type { Selecting } from '#web/admin/partners/bulk/use-selection.ts'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import type { useRowWindow } from '#web/ui/use-row-window.ts'

/** Where the focus is on its way to. A line that waits for its page has no id yet. */
interface Target {
  index: number
  id: string | null
}

/**
 * `j` and `k` move the focus from line to line, with Shift they choose on the way, `x` chooses; Enter is the link's own.
 * Returns a way to go to a line.
 */
export function useRowKeys(
  lines: readonly SelectableLine[],
  { box, reveal, first, from, to }: ReturnType<typeof useRowWindow>,
  selecting: Selecting,
) {
  /** It may have to be scrolled to, read and drawn first. */
  const target = useRef<Target | null>(null)
  const last = useRef<string | null>(null)

  const settle = useCallback(() => {
    if (target.current === null) return
    const id = target.current.id ?? lines[target.current.index]?.id
    if (!id) return
    const link = box.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] [data-open]`)
    if (!link) return
    target.current = null
    last.current = id
    link.focus({ preventScroll: true })
  }, [lines, box])
  useLayoutEffect(settle)

  const goTo = useCallback(
    (index: number) => {
      const line = lines[index]
      if (!line) return
      target.current = { index, id: line.id }
      reveal(index, box.current?.querySelector('thead')?.clientHeight ?? 0)
      settle()
    },
    [lines, box, reveal, settle],
  )

  const indexOf = (id: string | null | undefined) => (id ? lines.findIndex((line) => line.id === id) : -1)
  const focused = () => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row
  /** Whoever has scrolled away from it goes on from what they see. */
  const lastDrawn = () => {
    const at = indexOf(last.current)
    return at >= from && at < to ? last.current : null
  }
  const move = (step: 1 | -1, choosing = false) => {
    // Keys may come faster than rows are drawn.
    const way = target.current
    const at = way && way.id === null ? way.index : indexOf(way?.id ?? focused() ?? lastDrawn())
    const next = at < 0 ? first : Math.max(0, Math.min(at + step, lines.length - 1))
    if (choosing) selecting.set(extended(selecting.store.get(), at < 0 ? next : at, next, lines))
    goTo(next)
  }
  const choose = () => {
    const line = lines[indexOf(target.current?.id ?? focused())]
    if (line?.kind === 'row' && line.id !== null) selecting.toggle(line.id, false)
  }
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    J: () => move(1, true),
    K: () => move(-1, true),
    x: choose,
    Escape: () => countOf(selecting.store.get()) > 0 && selecting.clear(),
  })
  return goTo
}
