import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { rowWindow } from './row-window.ts'

/** Draws only the rows near what is seen, `most` of them. Rows are of one height, in rem: larger text makes larger rows. */
export function useRowWindow(count: number, rowRem: number, most: number) {
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 900, row: rowRem * 16 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    let frame = 0
    const measure = () => {
      frame = 0
      const row = rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      // Whole rows: scrolling within one draws nothing anew.
      const top = Math.floor(element.scrollTop / row) * row
      const height = element.clientHeight
      // What sticks to the start edge draws a line once something is behind it.
      element.toggleAttribute('data-aside', element.scrollLeft > 0)
      setView((before) =>
        before.top === top && before.height === height && before.row === row ? before : { top, height, row },
      )
    }
    const soon = () => {
      frame ||= requestAnimationFrame(measure)
    }
    const resized = new ResizeObserver(soon)
    resized.observe(element)
    element.addEventListener('scroll', soon, { passive: true })
    measure()
    return () => {
      cancelAnimationFrame(frame)
      resized.disconnect()
      element.removeEventListener('scroll', soon)
    }
  }, [rowRem])

  const { from, to: end } = rowWindow(view.top, view.height, view.row, count)
  const to = Math.min(end, from + most)
  /** Scrolls just far enough to see the row and the two around it, below whatever sticks to the top. */
  const reveal = useCallback(
    (index: number, stuck: number) => {
      const element = box.current
      if (!element) return
      const top = index * view.row
      if (top - view.row < element.scrollTop) element.scrollTop = top - view.row
      // What floats above the lower edge is kept clear of, as the style sheet says.
      const covered = Number.parseFloat(getComputedStyle(element).scrollPaddingBlockEnd) || 0
      const bottom = top + 2 * view.row + stuck + covered - element.clientHeight
      if (bottom > element.scrollTop) element.scrollTop = bottom
    },
    [view.row],
  )
  return {
    box,
    from,
    to,
    before: from * view.row,
    after: (count - to) * view.row,
    first: Math.floor(view.top / view.row),
    reveal,
  }
}
