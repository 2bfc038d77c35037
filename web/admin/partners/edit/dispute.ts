import type { ApiProblem } from '#web/problem.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { type FieldName, fieldNamed } from './fields.ts'
import type { Values } from './values.ts'

export type Side = 'mine' | 'theirs'

/** Who changed a field last, and when. */
interface Author {
  name: string
  at: string
}

/** An edit that met another one: fields that both changed, to be decided one by one. */
export interface Dispute {
  partner: Partner
  theirs: Values
  mine: Values
  fields: readonly FieldName[]
  authors: Partial<Record<FieldName, Author>>
  choices: Partial<Record<FieldName, Side>>
}

export const isSettled = ({ fields, choices }: Dispute) => fields.every((name) => choices[name] !== undefined)

/** What the server said of who changed what since. */
export function authorsOf({ body: { changes } }: ApiProblem): Dispute['authors'] {
  const all: unknown[] = Array.isArray(changes) ? changes : []
  const authors: Dispute['authors'] = {}
  for (const change of all) {
    const name = fieldNamed(textIn(change, 'field'))
    if (name) authors[name] = { name: textIn(memberOf(change, 'by'), 'name'), at: textIn(change, 'at') }
  }
  return authors
}

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
const textIn = (value: unknown, key: string) => {
  const found = memberOf(value, key)
  return typeof found === 'string' ? found : ''
}

/** "Ada", "Ada and Jo", or whom to name when it is not known. */
export function peopleIn(authors: Dispute['authors'], otherwise: string): string {
  const names = [...new Set(Object.values(authors).map(({ name }) => name))]
  return names.length === 0 ? otherwise : new Intl.ListFormat('en').format(names)
}
