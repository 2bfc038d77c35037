import type { Partner, PartnerChange } from '#worker/partners/schema.ts'
import { FIELD_NAMES, type FieldName, fieldOf } from './fields.ts'

/** What the form holds: text for each field. */
export type Values = Record<FieldName, string>

const isWhole = (values: Partial<Values>): values is Values =>
  FIELD_NAMES.every((name) => values[name] !== undefined)

export function valuesFrom(read: (name: FieldName) => string): Values {
  const values: Partial<Values> = {}
  for (const name of FIELD_NAMES) values[name] = read(name)
  if (!isWhole(values)) throw new Error('A field without a value.')
  return values
}

export const valuesOf = (partner: Partner) => valuesFrom((name) => fieldOf(name).read(partner))

export const changedFields = (base: Values, values: Values) =>
  FIELD_NAMES.filter((name) => base[name] !== values[name])

/** The body of a PATCH: what differs from where the edit began, and nothing else. */
export const changesOf = (base: Values, values: Values): Omit<PartnerChange, 'version'> =>
  Object.assign({}, ...changedFields(base, values).map((name) => fieldOf(name).write(values[name])))

/**
 * Two edits of the same partner in one: what only one of them changed is as that one left it. A field that both changed,
 * and not to the same, is disputed; it stays mine until somebody decides.
 */
export function mergeEdits(base: Values, mine: Values, theirs: Values) {
  const values = valuesFrom((name) => (mine[name] === base[name] ? theirs[name] : mine[name]))
  const disputed = changedFields(values, theirs).filter((name) => theirs[name] !== base[name])
  return { values, disputed }
}

/** What can be seen to be wrong. The rest is for the server to judge. */
export function visiblyWrong(values: Values): Partial<Values> {
  const found: Partial<Values> = {}
  for (const name of FIELD_NAMES) {
    const { required, control } = fieldOf(name)
    const value = values[name].trim()
    if (required && value === '') found[name] = required
    if (control.kind === 'line' && control.inputmode === 'numeric' && !/^\d*$/.test(value))
      found[name] = 'Enter a whole number, or nothing.'
  }
  return found
}
