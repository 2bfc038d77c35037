import type { Context, TypedResponse } from 'hono'
import type { App } from '#worker/env.ts'

/**
 * Answers with JSON text that SQLite built, typed as what it holds. Rebuilding the objects here only to write them out
 * again would cost more than the statement.
 */
export function answerJson<T>(c: Context<App>, text: string, status: 200 | 201 = 200) {
  const response = c.body(text, status, { 'Content-Type': 'application/json' })
  // The type of the body is known only to the caller: no runtime value carries it.
  return response as unknown as Response & TypedResponse<T, 200 | 201, 'json'>
}
