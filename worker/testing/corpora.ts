const HEADER = /^# /
const LITERALS = /JSON string literal/

/**
 * The payloads of a corpus, read from its text (`…/corpora/name.txt?raw`): every line after the header, which says what
 * they are for; parsed where the header calls them JSON string literals.
 */
export function payloads(raw: string): string[] {
  const lines = raw.replace(/\n$/, '').split('\n')
  const first = lines.findIndex((line) => !HEADER.test(line))
  const header = lines.slice(0, first).join('\n')
  const found = lines.slice(first)
  return LITERALS.test(header) ? found.map((line) => String(JSON.parse(line))) : found
}
