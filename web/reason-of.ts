import { explain } from './problem.ts'

/** The one sentence that says most: about its first field, or about all of it. */
export function reasonOf(error: unknown): string {
  const { message, errors } = explain(error)
  return errors[0]?.detail ?? message
}
