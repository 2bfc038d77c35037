import type { Context, Next } from 'hono'
import { type PublicForm, recallForm } from '#worker/applications/published.ts'
import { newId } from '#worker/db/ids.ts'
import type { App } from '#worker/env.ts'

/** As a cache would know them: a page of a form, and the same for frames. */
const PAGE = /^https?:\/\/[^/]+(\/apply\/([a-z0-9-]{3,64})(?:\?embed=1)?)$/
const HOUR_MS = 3_600_000
const ANSWERS_MAX = 100
/** Bytes; a larger page is put together each time. */
const LENGTH_MAX = 100_000

interface Answer {
  /** What the isolate knew of the form; it is read anew after a minute, and forgotten with each save. */
  readonly form: PublicForm
  readonly hour: number
  readonly body: ArrayBuffer
  /** Copied as a whole: to go through a list of them took a quarter of all that an answer costs. */
  readonly headers: Headers
}
const answers = new Map<string, Answer>()

/**
 * The page as it was answered before, all headers included, for as long as the form and the hour of its token are the
 * same; null when there is none. Asked before everything else, because the rest costs more than the page does.
 */
export function warmAnswer({ method, url }: Request): Response | null {
  const [, address, slug] = (method === 'GET' && PAGE.exec(url)) || []
  const known = address && answers.get(address)
  if (!known || !slug) return null
  const now = Date.now()
  return known.hour === hourOf(now) && known.form === recallForm(slug, now) ? again(known) : null
}

const hourOf = (now: number) => Math.floor(now / HOUR_MS)

/** Keeps what was answered for `warmAnswer`. Stands before all others, so that nothing is added afterwards. */
export async function keepWarm(c: Context<App>, next: Next) {
  const now = Date.now()
  await next()
  const [, address, slug] = (c.req.method === 'GET' && PAGE.exec(c.req.url)) || []
  const form = address && slug && c.res.status === 200 ? recallForm(slug, now) : null
  if (address && form) await keep(address, form, hourOf(now), c.res)
}

/** Nothing is logged: the edge, which answers the same, says nothing either, and a line costs a tenth of an answer. */
function again({ body, headers }: Answer) {
  const response = new Response(body, { headers })
  response.headers.set('X-Request-Id', newId('req'))
  return response
}

async function keep(address: string, form: PublicForm, hour: number, response: Response) {
  const body = await response.clone().arrayBuffer()
  if (body.byteLength > LENGTH_MAX) return
  const headers = new Headers(response.headers)
  const oldest = answers.size >= ANSWERS_MAX ? answers.keys().next().value : undefined
  if (oldest !== undefined) answers.delete(oldest)
  answers.set(address, { form, hour, body, headers })
}
