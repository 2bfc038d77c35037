import { expect, test } from 'vitest'
import { matching } from './matching.ts'

const choices = (...labels: string[]) => labels.map((label) => ({ label }))
const found = (typed: string, ...labels: string[]) =>
  matching(choices(...labels), typed).map(({ label }) => label)

test('what begins as typed comes first, then what has such a word, then the rest', () => {
  expect(found('ta', 'Stage', 'Tag', 'Sales at target')).toEqual(['Tag', 'Sales at target', 'Stage'])
})

test('case, accents and blanks around it do not count', () => {
  expect(found(' EQ', 'Équipe A', 'Sales')).toEqual(['Équipe A'])
})

test('nothing typed leaves all in their order, and nonsense none', () => {
  expect(found(' ', 'B', 'A')).toEqual(['B', 'A'])
  expect(found('xyz', 'B', 'A')).toEqual([])
})

test('a code is found beside the label, and its beginning counts as much', () => {
  const regions = [
    { value: 'dach', label: 'Germany, Austria and Switzerland' },
    { value: 'anz', label: 'Australia & New Zealand' },
  ]
  const byCode = (typed: string) => matching(regions, typed, ({ value }) => [value]).map(({ value }) => value)
  expect(byCode('anz')).toEqual(['anz'])
  expect(byCode('a')).toEqual(['anz', 'dach'])
  expect(matching(regions, 'dach')).toEqual([])
})

test('what was brought for what is typed stays, behind what begins so', () => {
  const brought = { label: 'Basalt', found: true }
  expect(matching([brought, ...choices('Teams')], 'te')).toEqual([{ label: 'Teams' }, brought])
})
