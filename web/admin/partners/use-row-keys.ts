import type { RefObject } from 'preact'
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks'
import { useHotkeys } from '#web/ui/hotkeys.ts'

/** `j` and `k` move the focus from row to row; Enter is the link's own. Returns a way to go to a row. */
export function useRowKeys(
  rows: readonly { id: string }[],
  box: RefObject<HTMLElement | null>,
  reveal: (index: number, stuck: number) => void,
) {
  /** The row that the focus is on its way to: it may have to be scrolled to, and drawn, first. */
  const target = useRef<string | null>(null)
  const last = useRef<string | null>(null)

  const settle = useCallback(() => {
    if (target.current === null) return
    const link = box.current?.querySelector<HTMLElement>(
      `[data-row="${CSS.escape(target.current)}"] [data-open]`,
    )
    if (!link) return
    target.current = null
    link.focus({ preventScroll: true })
  }, [box])
  useLayoutEffect(settle)

  const goTo = useCallback(
    (index: number) => {
      const row = rows[index]
      if (!row) return
      target.current = row.id
      last.current = row.id
      reveal(index, box.current?.querySelector('thead')?.clientHeight ?? 0)
      settle()
    },
    [rows, box, reveal, settle],
  )

  const move = (step: 1 | -1) => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row
    // Keys may come faster than rows are drawn.
    const from = target.current ?? focused ?? last.current
    const at = rows.findIndex(({ id }) => id === from)
    goTo(at < 0 ? 0 : Math.max(0, Math.min(at + step, rows.length - 1)))
  }
  useHotkeys({ j: () => move(1), k: () => move(-1) })
  return goTo
}
