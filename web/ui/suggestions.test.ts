import { expect, test } from 'vitest'
import { matching } from './suggestions.tsx'

const OPTIONS = [
  { value: 'nordics', label: 'Nordics' },
  { value: 'north-america', label: 'North America' },
  { value: 'anz', label: 'Australia & New Zealand' },
]
const found = (typed: string) => matching(OPTIONS, typed).map(({ value }) => value)

test('what is typed is found anywhere, in label or value, and beginnings come first', () => {
  expect(found('NOR')).toEqual(['nordics', 'north-america'])
  expect(found('a')).toEqual(['anz', 'north-america'])
  expect(found('zealand')).toEqual(['anz'])
  expect(found('anz')).toEqual(['anz'])
})

test('nothing typed finds all, and nonsense nothing', () => {
  expect(found(' ')).toHaveLength(3)
  expect(found('xyz')).toEqual([])
})
