import type { Fact } from './schema.ts'

export const ABSENT = { state: 'absent' } as const
export const UNKNOWN = { state: 'unknown' } as const

/** Found, or not there. */
export const factOf = <T>(value: T | null | undefined): Fact<T> =>
  value === null || value === undefined || value === '' ? ABSENT : { state: 'found', value }

/** Found when there is at least one. */
export const listOf = <T>(values: readonly T[]): Fact<T[]> =>
  values.length === 0 ? ABSENT : { state: 'found', value: [...values] }

export const foundIn = <T>(fact: Fact<T> | undefined): T | null =>
  fact?.state === 'found' ? fact.value : null

/** What one source came to say. */
export interface Looked<Facts> {
  readonly facts: Facts
  /** Something could not be told that another try may tell: look again soon. */
  readonly failed: boolean
}
