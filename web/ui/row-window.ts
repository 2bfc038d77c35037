/** Rows drawn beyond each edge of what is seen, so that scrolling meets rows and not blanks. */
const BEYOND = 12

export interface RowWindow {
  /** Index of the first row drawn, and of the one after the last. */
  from: number
  to: number
}

/** The rows to draw for what a scrolled box shows. All measures in one unit. */
export function rowWindow(scrolled: number, height: number, rowHeight: number, count: number): RowWindow {
  const first = Math.floor(scrolled / rowHeight)
  const seen = Math.ceil(height / rowHeight) + 1
  return {
    from: Math.max(0, Math.min(first - BEYOND, count)),
    to: Math.max(0, Math.min(first + seen + BEYOND, count)),
  }
}
