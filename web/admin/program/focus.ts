/** How the parts of a track or tier are found again: its editor, and the button that opens it. */
export const editorOf = (key: string) => `[data-editor="${CSS.escape(key)}"]`
export const openerOf = (key: string) => `[data-opener="${CSS.escape(key)}"]`
