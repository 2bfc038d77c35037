import type { APIRequestContext, Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** Somebody with a browser of their own: no cookie, no storage, no address shared with anybody. */
export interface Visitor {
  context: BrowserContext
  page: Page
  /** Calls the API with this browser's cookies. */
  api: Api
  /** What a quiet journey is without: script errors, refused content, dialogs, requests that leave the site. */
  noise: Noise
}

const WAIT_MS = 12_000

/** Opens a browser window at 1440 x 900, with motion reduced so that nothing is caught half way. */
export async function visit(
  browser: Browser,
  siteUrl: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: siteUrl,
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    extraHTTPHeaders: { 'CF-Connecting-IP': newAddress() },
    ...options,
  })
  context.setDefaultTimeout(WAIT_MS)
  const noise = listen(context, siteUrl)
  return { context, page: await context.newPage(), api: apiOf(context.request, siteUrl), noise }
}

/** Limits count by address, so everybody has their own: from a block kept for documentation. */
const newAddress = () => `2001:db8:${hex()}:${hex()}::1`
const hex = () => Math.floor(Math.random() * 65_536).toString(16)

export interface Api {
  get: <Answer>(path: string) => Promise<Answer>
  post: <Answer>(path: string, body: unknown) => Promise<Answer>
  put: <Answer>(path: string, body: unknown) => Promise<Answer>
  patch: <Answer>(path: string, body: unknown) => Promise<Answer>
  delete: (path: string) => Promise<unknown>
}

/** @throws when the answer is not a success */
function apiOf(request: APIRequestContext, siteUrl: string): Api {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await request.fetch(path, {
      method,
      headers: { Origin: siteUrl },
      ...(body === undefined ? {} : { data: body }),
    })
    const text = await answer.text()
    if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path) => call('DELETE', path),
  }
}

export interface Noise {
  heard: () => string[]
  /** What was expected too. */
  all: () => string[]
  /** For what a journey causes on purpose, such as a lost connection. */
  expect: (sign: RegExp) => void
  /** What was heard, and begins anew: nothing heard yet, nothing expected. */
  forget: () => string[]
}

/** The browser reports every refusal by the server as an error; these are part of ordinary use. */
const ORDINARY = /^Failed to load resource: the server responded with a status of (401|409|422) /

function listen(context: BrowserContext, siteUrl: string): Noise {
  let heard: string[] = []
  let expected = [ORDINARY]
  context.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text())
  })
  context.on('weberror', (error) => heard.push(`Uncaught: ${error.error().message}`))
  context.on('dialog', (dialog) => {
    if (dialog.type() !== 'beforeunload') heard.push(`A dialog: ${dialog.message()}`)
    // To a warning before leaving, this is the answer "stay".
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== siteUrl && protocol.startsWith('http')) heard.push(`A request to ${request.url()}`)
  })
  const unexpected = () => heard.filter((line) => !expected.some((sign) => sign.test(line)))
  return {
    all: () => heard,
    heard: unexpected,
    expect: (sign) => expected.push(sign),
    forget: () => {
      const all = unexpected()
      heard = []
      expected = [ORDINARY]
      return all
    },
  }
}
