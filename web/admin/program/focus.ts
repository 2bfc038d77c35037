/** Moves the focus once what was asked for is drawn. */
export const focusSoon = (selector: string) =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus())

/** The page's own heading, for when what had the focus is no more. */
export const HEADING = '.page-head h1'

/** How the parts of a track or tier are found again: its editor, and the button that opens it. */
export const editorOf = (key: string) => `[data-editor="${CSS.escape(key)}"]`
export const openerOf = (key: string) => `[data-opener="${CSS.escape(key)}"]`
