const FOCUSABLE = 'input:not([type="hidden"]), textarea, select, button, [tabindex]'
/** Frames until what was asked for is drawn, at most: its code may have to be fetched. */
const FRAMES = 20

/** Moves the focus to the control of a place, once it is drawn. */
export function focusPlace(place: string, frames = FRAMES) {
  requestAnimationFrame(() => {
    const name = CSS.escape(place)
    const found = document.querySelector<HTMLElement>(
      `.builder [name="${name}"], .builder [data-place="${name}"]`,
    )
    const control = found?.matches(FOCUSABLE) ? found : found?.querySelector<HTMLElement>(FOCUSABLE)
    if (control) {
      control.focus()
      control.scrollIntoView({ block: 'nearest' })
    } else if (frames > 0) focusPlace(place, frames - 1)
    // What is about a whole part has no control of its own.
    else document.querySelector<HTMLElement>(`.builder-part :is(${FOCUSABLE})`)?.focus()
  })
}
