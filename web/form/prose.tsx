import { type ComponentChildren, h } from 'preact'

/** What Markdown becomes (`markdown.ts`). Anything else in the HTML is shown as the text that it is. */
const TAGS = new Set(
  'a blockquote br code del em h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul'.split(' '),
)
const EMPTY = new Set(['br', 'hr'])
const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>|[^<]+|</g
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi
const NAMED: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', shy: '\u00ad' },
  ...{ copy: '©', reg: '®', trade: '™', euro: '€', hellip: '…', ndash: '–', mdash: '—', sect: '§' },
}
const LINK = /^(?:https?:\/\/|mailto:)/i

interface Open {
  tag: string
  attributes: string
  children: ComponentChildren[]
}

/**
 * Stored HTML as elements, because a string of markup is never handed to the page: only tags of a fixed list, and links
 * to web pages and mail, whatever the string holds.
 */
export function Prose({ html }: { html: string }) {
  const root: Open = { tag: '', attributes: '', children: [] }
  const open = [root]
  const top = () => open.at(-1) ?? root
  const close = () => {
    const done = open.pop()
    if (done) top().children.push(elementOf(done))
  }
  for (const [whole, slash, tag = '', attributes = ''] of html.matchAll(TOKEN)) {
    if (!TAGS.has(tag)) top().children.push(decoded(whole))
    else if (EMPTY.has(tag)) top().children.push(h(tag, null))
    else if (!slash) open.push({ tag, attributes, children: [] })
    else if (top().tag === tag) close()
  }
  while (open.length > 1) close()
  return <div class="prose">{root.children}</div>
}

function elementOf({ tag, attributes, children }: Open) {
  if (tag === 'a') return linkOf(attributes, children)
  const start = tag === 'ol' ? attributeOf(attributes, 'start') : ''
  return h(tag, start ? { start: Number(start) } : null, ...children)
}

function linkOf(attributes: string, children: ComponentChildren[]) {
  const href = attributeOf(attributes, 'href')
  if (!LINK.test(href)) return h('span', null, ...children)
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...children)
}

const attributeOf = (attributes: string, name: string) =>
  decoded(new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')

const decoded = (text: string) =>
  text.replace(ENTITY, (whole, decimal, hexadecimal, name) =>
    name ? (NAMED[name] ?? whole) : characterOf(Number.parseInt(decimal ?? hexadecimal, decimal ? 10 : 16)),
  )

const characterOf = (code: number) => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\ufffd')
