import type { FieldName } from './fields.ts'
import { type Values, valuesFrom } from './values.ts'

/** Where an edit began: what the partner held, and in which version. */
export interface Basis {
  version: number
  values: Values
}

export interface Edit {
  basis: Basis
  values: Values
}

/** For this tab, this user and this partner only. */
const keyOf = (userId: string, partnerId: string) => `draft:${userId}:${partnerId}`

/** Survives a reload and a sign-in in between, with where it began: what others do meanwhile is still noticed. */
export const saveEdit = (userId: string, partnerId: string, edit: Edit) =>
  sessionStorage.setItem(keyOf(userId, partnerId), JSON.stringify(edit))

export const dropEdit = (userId: string, partnerId: string) =>
  sessionStorage.removeItem(keyOf(userId, partnerId))

export const savedEdit = (userId: string, partnerId: string) =>
  readEdit(sessionStorage.getItem(keyOf(userId, partnerId)) ?? 'null')

/** Null for anything that is no edit; a field that the draft does not know counts as untouched and empty. */
export function readEdit(text: string): Edit | null {
  const saved: unknown = JSON.parse(text)
  if (!(isRecord(saved) && isRecord(saved.basis) && isRecord(saved.basis.values) && isRecord(saved.values)))
    return null
  const { version, values } = saved.basis
  if (typeof version !== 'number') return null
  return { basis: { version, values: textOf(values) }, values: textOf(saved.values) }
}

const textOf = (found: Record<string, unknown>) =>
  valuesFrom((name: FieldName) => (typeof found[name] === 'string' ? found[name] : ''))

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
