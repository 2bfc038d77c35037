import { expect, test } from 'vitest'
import { PARTNER_SORTS } from '#worker/partners/terms.ts'
import { directionOf, SORTS, sortByColumn, sortOf, turned } from './sorts.ts'

test('every order of the directory can be chosen', () => {
  const offered = SORTS.flatMap(({ first }) => [first, turned(first)])
  expect(offered.toSorted()).toEqual([...PARTNER_SORTS].toSorted())
  for (const sort of PARTNER_SORTS) expect(sort).toContain(sortOf(sort).field)
})

test('a column’s head sorts the way one expects first, then the other way round', () => {
  expect(sortByColumn('fit', 'name')).toBe('-fit')
  expect(sortByColumn('fit', '-fit')).toBe('fit')
  expect(sortByColumn('name', 'name')).toBe('-name')
  expect(sortByColumn('created', 'fit')).toBe('-createdAt')
  expect(sortByColumn('tags', 'fit')).toBe(null)
})

test('one column at most says that it orders the table', () => {
  expect(directionOf('tier', 'tier')).toBe('ascending')
  expect(directionOf('updated', '-updatedAt')).toBe('descending')
  expect(directionOf('name', '-updatedAt')).toBe('none')
  expect(directionOf('domain', 'name')).toBeUndefined()
})
