/** What can be written beside plain text. */
export const MARKDOWN_HINT = 'Markdown: **bold**, - lists, [links](https://…).'
