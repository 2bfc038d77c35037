import { readable } from './text.ts'

/** What is kept of one page, at most: nothing of it is larger on an honest one. */
const TEXT_MAX = 10_000
const LIST_MAX = 300
const JSON_MAX = 100_000

export interface Icon {
  readonly url: URL
  /** Pixels of its longer side as far as the page says; 0 when it does not. */
  readonly side: number
}

/** A home page, taken apart. */
export interface Page {
  readonly title: string
  readonly description: string
  /** As the page spells them, its own first. */
  readonly languages: string[]
  /** The text of each block of JSON-LD. */
  readonly linkedData: string[]
  readonly icons: Icon[]
  readonly scripts: URL[]
  readonly links: URL[]
}

/** Takes a page apart; `url` is where it stood. */
export async function readPage(html: string, url: URL): Promise<Page> {
  const reader = new Reader(url)
  const rewriter = new HTMLRewriter()
    .on('html', { element: (element) => reader.language(element.getAttribute('lang')) })
    .on('title', { element: () => reader.titled(), text: ({ text }) => reader.title(text) })
    .on('meta[name][content]', { element: (element) => reader.meta(element) })
    .on('link[rel][href]', { element: (element) => reader.link(element) })
    .on('script[src]', { element: (element) => reader.script(element) })
    .on('a[href]', { element: (element) => reader.anchor(element) })
    .on('script[type]', {
      element: (element) => reader.block(element),
      text: ({ text }) => reader.blockText(text),
    })
  const read = rewriter.transform(
    new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
  )
  await read.body?.pipeTo(new WritableStream())
  return reader.page()
}

class Reader {
  readonly #base: URL
  readonly #languages: string[] = []
  readonly #linkedData: string[] = []
  readonly #icons: Icon[] = []
  readonly #scripts: URL[] = []
  readonly #links: URL[] = []
  #titles = 0
  #title = ''
  #description = ''
  #own = ''
  /** The block that is being read is JSON-LD. */
  #isData = false

  constructor(base: URL) {
    this.#base = base
  }

  page(): Page {
    const own = readable(this.#own, 100)
    return {
      title: readable(this.#title, 500),
      description: readable(this.#description, TEXT_MAX),
      languages: own === '' ? this.#languages : [own, ...this.#languages],
      linkedData: this.#linkedData,
      icons: this.#icons,
      scripts: this.#scripts,
      links: this.#links,
    }
  }

  language(text: string | null) {
    this.#own ||= text ?? ''
  }

  titled() {
    this.#titles++
  }

  /** Of the first one: pictures inside the page have titles, too. */
  title(text: string) {
    if (this.#titles === 1 && this.#title.length < TEXT_MAX) this.#title += text
  }

  meta(element: Element) {
    if (attribute(element, 'name').toLowerCase() === 'description')
      this.#description ||= attribute(element, 'content')
  }

  link(element: Element) {
    const kinds = attribute(element, 'rel').toLowerCase().split(/\s+/)
    if (kinds.includes('alternate') && element.hasAttribute('hreflang'))
      keep(this.#languages, readable(attribute(element, 'hreflang'), 100))
    const isTouch = kinds.some((kind) => /^apple-touch-icon/.test(kind))
    if (!isTouch && !kinds.includes('icon')) return
    const url = this.#urlOf(attribute(element, 'href'))
    if (url) keep(this.#icons, { url, side: sideOf(attribute(element, 'sizes')) || (isTouch ? 180 : 0) })
  }

  script(element: Element) {
    keep(this.#scripts, this.#urlOf(attribute(element, 'src')))
  }

  anchor(element: Element) {
    keep(this.#links, this.#urlOf(attribute(element, 'href')))
  }

  block(element: Element) {
    this.#isData = /^\s*application\/ld\+json\b/i.test(attribute(element, 'type'))
    if (this.#isData && this.#linkedData.length < LIST_MAX) this.#linkedData.push('')
  }

  blockText(text: string) {
    const length = this.#linkedData.reduce((sum, block) => sum + block.length, 0)
    const last = this.#linkedData.pop()
    if (last === undefined) return
    this.#linkedData.push(this.#isData && length < JSON_MAX ? last + text : last)
  }

  #urlOf(text: string) {
    return URL.parse(readable(text, 2_000), this.#base)
  }
}

const attribute = (element: Element, name: string) => element.getAttribute(name) ?? ''

function keep<T>(list: T[], value: T | null) {
  if (value !== null && list.length < LIST_MAX) list.push(value)
}

const sideOf = (sizes: string) =>
  Math.max(
    0,
    ...[...sizes.matchAll(/(\d{1,5})x(\d{1,5})/gi)].map(([, ...sides]) => Math.max(...sides.map(Number))),
  )
