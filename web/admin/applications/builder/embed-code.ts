import type { FormDraft } from './draft.ts'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** What a website puts where the form should stand: a script, and a link where scripts are off. */
export const embedCodeOf = (origin: string, { slug, content }: Pick<FormDraft, 'slug' | 'content'>) =>
  [
    `<script async src="${origin}/embed.js" data-form="${slug}"></script>`,
    `<noscript><a href="${origin}/apply/${slug}">${escaped(content.title || 'Apply to become a partner')}</a></noscript>`,
  ].join('\n')

/** The origin that typed text stands for; null for none. The server judges it again. */
export function siteOf(typed: string): string | null {
  const url = URL.parse(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`)
  return url && /^https?:$/.test(url.protocol) && /^[a-z0-9.-]+$/.test(url.hostname) ? url.origin : null
}
