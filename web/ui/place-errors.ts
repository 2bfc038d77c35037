/** What went wrong, said to people, with the fields that it is about. */
export interface Failure {
  message: string
  errors: readonly { pointer: string; detail: string }[]
}

/**
 * Puts each error at its field. A pointer below a field (`/tags/3`) belongs to that field; what belongs to no field of
 * the form joins the message above it, so that nothing the server said is lost. Of two errors of one field, the first.
 */
export function placeErrors({ message, errors }: Failure, names: readonly string[]) {
  const placed: Record<string, string> = {}
  const homeless: string[] = []
  for (const { pointer, detail } of errors) {
    const path = pointer.slice(1)
    const name = names.find((candidate) => path === candidate || path.startsWith(`${candidate}/`))
    if (name === undefined) homeless.push(detail)
    else placed[name] ??= detail
  }
  const atFields = Object.keys(placed).length > 0
  // With every error at its field, a sentence above them would only say it twice.
  const parts = atFields && homeless.length === 0 ? [] : [message, ...homeless]
  return { errors: placed, message: parts.filter(Boolean).join(' ') }
}
