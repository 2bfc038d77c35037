import { deferred } from './deferred.tsx'

/** A text in Markdown as public forms show theirs. What reads it is of some size and comes with the first such text. */
export const Markdown = deferred<{ text: string }>(
  async () => (await import('./markdown-view.tsx')).MarkdownView,
)
