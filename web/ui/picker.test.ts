import { expect, test } from 'vitest'
import { matching } from './picker.tsx'

const CHOICES = ['Stage', 'Tag', 'Équipe A', 'Sales at target'].map((label) => ({ value: label, label }))
const found = (typed: string) => matching(CHOICES, typed).map(({ label }) => label)

test('what begins as typed comes first, then what has such a word, then the rest', () => {
  expect(found('ta')).toEqual(['Tag', 'Sales at target', 'Stage'])
  expect(found(' EQ')).toEqual(['Équipe A'])
})

test('nothing typed leaves all in their order, and nonsense none', () => {
  expect(found(' ')).toEqual(CHOICES.map(({ label }) => label))
  expect(found('xyz')).toEqual([])
})
