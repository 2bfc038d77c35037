import type { Failure } from '#web/ui/place-errors.ts'

interface FieldError {
  pointer: string
  detail: string
}

/** A request that failed: the Worker's `application/problem+json`, or no answer at all. */
export class ApiProblem extends Error implements Failure {
  override readonly name = 'ApiProblem'
  /** 0 when no answer came. */
  readonly status: number
  /** The name that ends the problem's type: `duplicate-domain`. */
  readonly code: string
  readonly errors: readonly FieldError[]
  /** The whole problem, for members such as `existing`. */
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, body: Record<string, unknown>, retryAfter: string | null) {
    super(sentenceOf(status, body, retryAfter))
    this.status = status
    this.code = typeof body.type === 'string' ? (body.type.split('/').at(-1) ?? '') : ''
    this.errors = Array.isArray(body.errors) ? body.errors.filter(isFieldError) : []
    this.body = body
  }
}

export const isProblem = (error: unknown, code: string): error is ApiProblem =>
  error instanceof ApiProblem && error.code === code

/** No answer came: the network, not a refusal. */
export const isNetworkLoss = (error: unknown) => error instanceof ApiProblem && error.status === 0

/** What to tell people about anything that was thrown. */
export function explain(error: unknown): Failure {
  if (error instanceof ApiProblem) return error
  console.error(error)
  return { message: 'Something went wrong on this page. Try again, or reload it.', errors: [] }
}

let onSignedOut: () => void = () => {}

/** What to do, besides failing, when an answer says that the session is over. */
export const whenSignedOut = (run: () => void) => {
  onSignedOut = run
}

interface Answer<T> {
  ok: boolean
  status: number
  headers: Headers
  json: () => Promise<T>
}

/**
 * What a route answered. One that is asked `quietly`, by nobody's wish, does not lead away when the session is over.
 * @throws ApiProblem for every answer that is not a success, and when none came.
 */
export async function answerOf<T>(request: Promise<Answer<T>>, { quietly = false } = {}): Promise<T> {
  const answer = await request.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(0, {}, null)
  })
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null)
    const problem = new ApiProblem(
      answer.status,
      isRecord(body) ? body : {},
      answer.headers.get('Retry-After'),
    )
    if (problem.code === 'not-signed-in' && !quietly) onSignedOut()
    throw problem
  }
  return answer.json()
}

/** For routes that answer with an empty body. */
export async function done(request: Promise<Answer<unknown>>): Promise<void> {
  const emptied = request.then((answer) => (answer.ok ? { ...EMPTY, status: answer.status } : answer))
  await answerOf(emptied)
}

const EMPTY = { ok: true, headers: new Headers(), json: async (): Promise<unknown> => null }

function sentenceOf(status: number, body: Record<string, unknown>, retryAfter: string | null): string {
  if (status === 0) return 'No connection. Nothing is lost: try again once you are back online.'
  const wait = retryAfter === null ? '' : whenToRetry(Number(retryAfter), new Date())
  const said = [body.title, body.detail].filter((part) => typeof part === 'string' && part !== '')
  // "In a moment" beside "in 20 seconds" would only be confusing.
  if (wait && said.length > 1 && String(said[1]).startsWith('Try again')) said.pop()
  return [...(said.length > 0 ? said : [`The server answered ${status}.`]), wait].filter(Boolean).join(' ')
}

/** Up to two minutes as a wait, then as a time of day. */
export function whenToRetry(seconds: number, now: Date): string {
  if (!Number.isFinite(seconds) || seconds <= 0) return ''
  if (seconds <= 1) return 'Try again in a second.'
  if (seconds <= 120) return `Try again in ${Math.ceil(seconds)} seconds.`
  const at = new Date(now.getTime() + seconds * 1000)
  // Rounded up: at the minute that is named, it works.
  if (at.getSeconds() > 0) at.setMinutes(at.getMinutes() + 1, 0, 0)
  return `Try again at ${at.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })}.`
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && typeof value.pointer === 'string' && typeof value.detail === 'string'
