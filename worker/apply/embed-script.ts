import { text } from '#web/embed/embed.ts?compiled'

/** What other sites load to show a form. */
export const EMBED_SCRIPT = text
