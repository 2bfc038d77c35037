import './kbd.css'

/** A key, drawn beside what it does. Hidden from assistive technology: `?` lists the keys in words. */
export function Kbd({ keys }: { keys: string }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd is nothing that takes the focus.
    <kbd class="kbd" aria-hidden="true">
      {keys}
    </kbd>
  )
}

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')

/** The key that goes with Enter to submit, as this platform draws it. */
export const SUBMIT_KEYS = isApple ? '⌘↵' : 'Ctrl ↵'
/** What opens the palette. */
export const FIND_KEYS = isApple ? '⌘K' : 'Ctrl K'
