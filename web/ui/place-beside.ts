/** Distance to the anchor and to the edges of the window, in pixels. */
const GAP = 6
const MARGIN = 8

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

interface Size {
  width: number
  height: number
}

/**
 * Where a floating box goes: under its anchor, or above when there is more room; from its start edge, or back to its
 * end edge when that would leave the window.
 */
export function placeBeside(anchor: Box, box: Size, view: Size) {
  const below = view.height - anchor.bottom
  const fitsBelow = below >= box.height + GAP + MARGIN || below >= anchor.top
  const top = fitsBelow ? anchor.bottom + GAP : anchor.top - GAP - box.height
  const fitsRight = anchor.left + box.width + MARGIN <= view.width
  const left = fitsRight ? anchor.left : anchor.right - box.width
  return {
    left: Math.max(MARGIN, Math.min(left, view.width - box.width - MARGIN)),
    top: Math.max(MARGIN, Math.min(top, view.height - box.height - MARGIN)),
  }
}

export function moveBeside(anchor: Element, box: HTMLElement) {
  const view = { width: document.documentElement.clientWidth, height: window.innerHeight }
  const { left, top } = placeBeside(anchor.getBoundingClientRect(), box.getBoundingClientRect(), view)
  box.style.left = `${left}px`
  box.style.top = `${top}px`
}
