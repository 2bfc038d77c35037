/** What Cloudflare names as worth another try; anything else fails the same way again. */
const TRANSIENT =
  /network connection lost|storage caused object to be reset|reset because its code was updated|overloaded|too many requests queued/i

/** D1's own message, which drizzle hides under `cause`. Holds bound values: compare it, never show or log it. */
function messages(error: unknown): string[] {
  const found: string[] = []
  for (let at = error; at instanceof Error && found.length < 5; at = at.cause) found.push(at.message)
  return found
}

export const isTransient = (error: unknown) => messages(error).some((text) => TRANSIENT.test(text))

/** True when the statement broke the unique index over `columns`, such as `partners.org_id, partners.domain`. */
export const isUniqueViolation = (error: unknown, columns: string) =>
  messages(error).some((text) => text.includes(`UNIQUE constraint failed: ${columns}`))

export const isForeignKeyViolation = (error: unknown) =>
  messages(error).some((text) => text.includes('FOREIGN KEY constraint failed'))

/** How a guard statement (`unless` in `statement.ts`) refuses: SQLite's only error that a plain SELECT can raise at will. */
export const isGuardRefusal = (error: unknown) =>
  messages(error).some((text) => text.includes('malformed JSON'))

/** The kind of an error, fit for a log: its class and D1's code, without SQL or values. */
export function errorClass(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error
  const code = messages(error)
    .map((text) => /\b(D1_[A-Z_]+|SQLITE_[A-Z_]+)\b/.exec(text)?.[1])
    .find((found) => found !== undefined)
  return code ? `${name}:${code}` : name
}
