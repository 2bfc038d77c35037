import { Marked } from 'marked'

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** Where a link of somebody else's may lead. */
const LINK = /^(?:https?:\/\/|mailto:)/i

/**
 * What people write in Markdown, as HTML that holds nothing but text, its structure and links to web pages and mail: raw
 * HTML becomes text, an image its description, and a link to anything else its label.
 */
const safe = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const label = this.parser.parseInline(tokens)
      return LINK.test(href)
        ? `<a href="${escaped(href)}" target="_blank" rel="noopener noreferrer nofollow">${label}</a>`
        : label
    },
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    // The page's own headings come first, so a text begins below them.
    heading({ tokens, depth }) {
      const level = Math.min(6, depth + 2)
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
    },
  },
})

/** Safe HTML of a text in Markdown. */
export const htmlOf = (markdown: string): string => safe.parse(markdown, { async: false })
