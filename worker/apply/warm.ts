import type { Context, Next } from 'hono'
import { type PublicForm, recallForm } from '#worker/applications/published.ts'
import { newId } from '#worker/db/ids.ts'
import type { App } from '#worker/env.ts'
import { logFor } from '#worker/http/log.ts'

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
  readonly headers: [string, string][]
}
const answers = new Map<string, Answer>()

/**
 * Answers with the page as it was answered before, all headers included, for as long as the form and the hour of its
 * token are the same. It stands before everything else, because on a busy form the rest costs more than the page does.
 */
export async function answerWarm(c: Context<App>, next: Next): Promise<Response | undefined> {
  const [, address, slug] = (c.req.method === 'GET' && PAGE.exec(c.req.url)) || []
  if (!address || !slug) return void (await next())
  const now = Date.now()
  const hour = Math.floor(now / HOUR_MS)
  const known = answers.get(address)
  if (known && known.hour === hour && known.form === recallForm(slug, now)) return again(known)
  await next()
  const form = recallForm(slug, now)
  if (form && c.res.status === 200) await keep(address, form, hour, c.res)
  return undefined
}

function again({ body, headers }: Answer) {
  const requestId = newId('req')
  logFor(requestId)('request', { method: 'GET', route: 'GET /apply/:slug', status: 200 })
  return new Response(body, { headers: [...headers, ['X-Request-Id', requestId]] })
}

async function keep(address: string, form: PublicForm, hour: number, response: Response) {
  const body = await response.clone().arrayBuffer()
  if (body.byteLength > LENGTH_MAX) return
  const headers = [...response.headers].filter(([name]) => name !== 'x-request-id')
  const oldest = answers.size >= ANSWERS_MAX ? answers.keys().next().value : undefined
  if (oldest !== undefined) answers.delete(oldest)
  answers.set(address, { form, hour, body, headers })
}
