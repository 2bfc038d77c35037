import { useEffect } from 'preact/hooks'

/** Moves the focus once what was asked for is drawn. */
export const focusSoon = (selector: string) =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus())

/** The page's own heading, for when what had the focus is no more. */
export const HEADING = '.page-head h1'

/**
 * Gives the focus a place once this goes together with the control that had it, so that nobody who uses the keyboard begins
 * at the top of the page again.
 */
export const useFocusAfter = (selector: string) =>
  useEffect(
    () => () =>
      void requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>(selector)?.focus()
      }),
    [selector],
  )
