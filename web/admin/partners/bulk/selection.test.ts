import { expect, test } from 'vitest'
import {
  allToggled,
  countOf,
  everything,
  extended,
  isSelected,
  NOTHING,
  rangedTo,
  type SelectableLine,
  type Selection,
  shareOf,
  toggled,
  without,
} from './selection.ts'

/** Two groups: `A` with a, b, c, and `B` with d and one that is not read yet. */
const LINES: readonly SelectableLine[] = [
  { kind: 'group', id: 'group:A' },
  ...['a', 'b', 'c'].map((id): SelectableLine => ({ kind: 'row', id })),
  { kind: 'group', id: 'group:B' },
  { kind: 'row', id: 'd' },
  { kind: 'waiting', id: null },
]
const at = (id: string) => LINES.findIndex((line) => line.id === id)
const chosen = (ids: string, anchor: string | null = null): Selection => ({
  ids: new Set(ids),
  all: null,
  anchor,
})
const idsOf = ({ ids }: Selection) => [...ids].toSorted().join('')

test.each([
  ['a first one', chosen(''), 'b', 'b'],
  ['one more', chosen('a', 'a'), 'c', 'ac'],
  ['one that was chosen is let go', chosen('ab', 'b'), 'b', 'a'],
  ['out of all that match, those that are read stay without it', everything(9_432), 'b', 'acd'],
])('a press on a box: %s', (_, before, id, after) => {
  const next = toggled(before, id, LINES)
  expect(idsOf(next)).toBe(after)
  expect(next).toMatchObject({ all: null, anchor: id })
})

test.each([
  ['down', chosen('a', 'a'), 'c', 'abc'],
  ['up', chosen('c', 'c'), 'a', 'abc'],
  ['across groups, without their heads', chosen('b', 'b'), 'd', 'bcd'],
  ['what was chosen elsewhere stays', chosen('ad', 'b'), 'c', 'abcd'],
  ['one that was chosen lets go of the range', chosen('abcd', 'b'), 'd', 'a'],
  ['without a beginning it is one press', chosen('a'), 'c', 'ac'],
  ['a beginning that is no longer there is none', chosen('a', 'gone'), 'c', 'ac'],
])('a press with Shift: %s', (_, before, id, after) => {
  expect(idsOf(rangedTo(before, id, LINES))).toBe(after)
})

test.each([
  ['away from the beginning chooses both', chosen('a', 'a'), 'a', 'b', 'ab'],
  ['from one that is not chosen begins there', chosen('d', 'd'), 'a', 'b', 'abd'],
  ['further on, what is chosen stays', chosen('ab', 'a'), 'b', 'c', 'abc'],
  ['back lets go of the one that was left', chosen('abc', 'a'), 'c', 'b', 'ab'],
  ['back over the beginning chooses again', chosen('b', 'b'), 'b', 'a', 'ab'],
  ['onto the head of a group chooses no more', chosen('bc', 'b'), 'c', 'group:B', 'bc'],
  ['on the last line it chooses that', chosen(''), 'd', 'd', 'd'],
])('j or k with Shift: %s', (_, before, from, to, after) => {
  expect(idsOf(extended(before, at(from), at(to), LINES))).toBe(after)
})

test.each([
  ['nobody', chosen(''), 'none'],
  ['one', chosen('a'), 'some'],
  ['only somebody who is not in sight', chosen('z'), 'some'],
  ['all that are read', chosen('abcd'), 'all'],
  ['all that match', everything(9_432), 'all'],
])('the box in the head, with %s chosen', (_, selection, share) => {
  expect(shareOf(selection, LINES)).toBe(share)
})

test('the box in the head chooses all that are read, and then nobody', () => {
  const all = allToggled(chosen('b', 'b'), LINES)
  expect(idsOf(all)).toBe('abcd')
  expect(allToggled(all, LINES)).toEqual(NOTHING)
  expect(allToggled(everything(9_432), LINES)).toEqual(NOTHING)
})

test('all that match count as many as were seen, and hold everybody', () => {
  expect(countOf(everything(9_432))).toBe(9_432)
  expect(isSelected(everything(9_432), 'prt_not_read_yet')).toBe(true)
  expect(isSelected(chosen('a'), 'b')).toBe(false)
})

test('who is deleted is chosen no more', () => {
  expect(idsOf(without(chosen('abc', 'a'), ['b', 'z']))).toBe('ac')
})
