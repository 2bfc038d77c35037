import { expect, test } from 'vitest'
import { onlyFirst, type Pages, rowsOf, withAdded, withNewer } from './pages.ts'
import { partnerRow as row } from './partner-row.ts'

const pages = (names: string[][], more = false): Pages => ({
  pages: names.map((page, index) => ({
    items: page.map((name) => row(name)),
    nextCursor: index < names.length - 1 || more ? `after ${page.at(-1)}` : null,
    total: index === 0 ? names.flat().length : null,
  })),
  pageParams: names.map((_, index) => String(index)),
})

const namesOf = (given: Pages) => rowsOf(given).map(({ name }) => name)

test.each([
  ['between two others', [['Acme', 'Cyber']], false, 'Beta', ['Acme', 'Beta', 'Cyber']],
  ['on the page that holds its neighbours', [['Acme'], ['Cyber']], false, 'Beta', ['Acme', 'Beta', 'Cyber']],
  ['at the end, when all has been read', [['Acme']], false, 'Zeta', ['Acme', 'Zeta']],
  ['into an empty list', [[]], false, 'Acme', ['Acme']],
  ['case and accents aside', [['Acme', 'Oslo']], false, 'élan', ['Acme', 'élan', 'Oslo']],
  ['at the top, when its place is not read yet', [['Acme', 'Beta']], true, 'Zeta', ['Zeta', 'Acme', 'Beta']],
])('a new partner stands %s', (_, names, more, name, expected) => {
  expect(namesOf(withAdded(pages(names, more), row(name)))).toEqual(expected)
})

test('adding counts', () => {
  expect(withAdded(pages([['Acme']]), row('Beta')).pages[0]?.total).toBe(2)
})

test('an answer that comes twice adds one row', () => {
  const twice = withAdded(withAdded(pages([['Acme']]), row('Beta')), row('Beta', { fit: 70 }))
  expect(namesOf(twice)).toEqual(['Acme', 'Beta'])
  expect(twice.pages[0]?.total).toBe(2)
  expect(rowsOf(twice)[1]?.fit).toBe(70)
})

test('a row at the top that its page brings again stands once', () => {
  const top = withAdded(pages([['Acme'], ['Beta']], true), row('Zeta'))
  const read = { ...top, pages: [...top.pages, ...pages([['Zeta']]).pages] }
  expect(namesOf(read)).toEqual(['Zeta', 'Acme', 'Beta'])
})

test('newer rows take the place of older ones, and nothing else moves', () => {
  const newer = withNewer(pages([['Acme', 'Beta']]), [row('Beta', { fit: 81 }), row('Gone')])
  expect(rowsOf(newer).map(({ name, fit }) => [name, fit])).toEqual([
    ['Acme', null],
    ['Beta', 81],
  ])
})

test('coming back begins with the first page', () => {
  expect(onlyFirst(pages([['Acme'], ['Beta']])).pageParams).toEqual(['0'])
})
