import { createMiddleware } from 'hono/factory'
import type * as z from 'zod'
import type { App } from '#worker/env.ts'
import { AppError, type FieldError } from './errors.ts'
import { messageFor } from './messages.ts'

/** Deeper than any body of ours, and far from what exhausts a parser's stack. */
const DEPTH_MAX = 12
/** More wrong fields than any form of ours has; an answer never outgrows what was sent. */
const ERRORS_MAX = 100

/**
 * Parses the JSON body by its schema; a route reads it with `c.req.valid('json')`.
 * @throws `media-type`, `malformed`, or `invalid` with a pointer per wrong field.
 */
export const validBody = <S extends z.ZodType>(schema: S) =>
  createMiddleware<App, string, { in: { json: z.input<S> }; out: { json: z.output<S> } }>(async (c, next) => {
    const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
    if (type !== 'application/json') throw new AppError('media-type', { detail: 'Send JSON.' })
    const body = readJson(await c.req.text())
    c.req.addValidatedData('json', Object(await checked(schema, body)))
    await next()
  })

/** Parses the query; a name given several times becomes a list. Unknown names are ignored. */
export const validQuery = <S extends z.ZodType>(schema: S) =>
  createMiddleware<App, string, { in: { query: z.input<S> }; out: { query: z.output<S> } }>(
    async (c, next) => {
      const given = Object.entries(c.req.queries()).map(([name, all]) => [
        name,
        all.length === 1 ? all[0] : all,
      ])
      c.req.addValidatedData('query', Object(await checked(schema, Object.fromEntries(given))))
      await next()
    },
  )

/** @throws `invalid` with a pointer per wrong field */
export async function checked<S extends z.ZodType>(schema: S, input: unknown): Promise<z.output<S>> {
  const result = await schema.safeParseAsync(input, { error: messageFor })
  if (result.success) return result.data
  throw new AppError('invalid', { errors: result.error.issues.flatMap(fieldErrors).slice(0, ERRORS_MAX) })
}

/** An unknown field is reported at itself, not at the object that holds it. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointer([...issue.path, key]),
      detail: 'This field is not known.',
    }))
  return [{ pointer: pointer(issue.path), detail: issue.message }]
}

const pointer = (path: readonly PropertyKey[]) =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** @throws `malformed` for what is no JSON, or nested too deeply */
export function readJson(text: string): unknown {
  if (isTooDeep(text)) throw new AppError('malformed', { detail: 'This JSON is nested too deeply.' })
  try {
    return JSON.parse(text, refuseProto)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('malformed', { detail: 'This is not valid JSON.' })
  }
}

/** A schema never sees a key named `__proto__`, so it is refused here, like any other unknown field. */
function refuseProto(key: string, value: unknown) {
  if (key !== '__proto__') return value
  throw new AppError('invalid', { errors: [{ pointer: '/__proto__', detail: 'This field is not known.' }] })
}

/** Counts brackets outside strings, without building anything. */
function isTooDeep(text: string) {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (quoted) {
      if (char === '\\') at++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{' || char === '[') {
      if (++depth > DEPTH_MAX) return true
    } else if (char === '}' || char === ']') depth--
  }
  return false
}
