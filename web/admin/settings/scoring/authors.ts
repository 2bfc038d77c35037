import { ApiProblem } from '#web/problem.ts'

/** Who saved meanwhile, as the answer to a stale edit names them. */
export function authorsOf(error: unknown): string {
  const { changes }: Record<string, unknown> = error instanceof ApiProblem ? error.body : {}
  const all: unknown[] = Array.isArray(changes) ? changes : []
  const names = new Set(all.map((change) => textAt(memberAt(change, 'by'), 'name')).filter(Boolean))
  return names.size === 0 ? 'Somebody else' : new Intl.ListFormat('en').format(names)
}

const memberAt = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
const textAt = (value: unknown, key: string) => {
  const found = memberAt(value, key)
  return typeof found === 'string' ? found : ''
}
