import { nameKey } from '#worker/partners/name-key.ts'

/** Of a made one; people may choose longer ones. */
const STEM_MAX = 48
/** Words that a visitor would take for a page of the deployment, not for somebody's form. */
const RESERVED = new Set([
  ...['admin', 'api', 'app', 'apply', 'assets', 'embed', 'files', 'form-files', 'health', 'help', 'login'],
  ...['logout', 'new', 'null', 'partners', 'portal', 'preview', 'settings', 'signup', 'static', 'status'],
  ...['support', 'thanks', 'undefined', 'www'],
])
/** Without letters and digits that look like each other. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const SUFFIX = 5

/** An address made from a form's name; `form` where the name has nothing that an address can hold. */
export function slugOf(name: string): string {
  const stem = nameKey(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, STEM_MAX)
    .replace(/^-+|-+$/g, '')
  if (stem === '') return 'form'
  return stem.length < 3 || RESERVED.has(stem) ? `form-${stem}` : stem
}

/** The address with an ending that hardly any other has. */
export const varied = (slug: string) =>
  `${slug}-${[...crypto.getRandomValues(new Uint8Array(SUFFIX))].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`
