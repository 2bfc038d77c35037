/** Moves the focus once what was asked for is drawn. */
export const focusSoon = (selector: string) =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus())

/** The page's own heading, for when what had the focus is no more. */
export const HEADING = '.page-head h1'
