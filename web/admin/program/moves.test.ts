import { expect, test } from 'vitest'
import { becauseWords, countsOf, directionOf, type Move, movesInWords, pinnedInWords } from './moves.ts'

const move = (from: Move['from'], to: Move['to']): Move => ({
  partnerId: 'prt_1',
  name: 'Auroral',
  from,
  to,
  because: null,
})

test.each([
  [null, 'silver', 'up'],
  ['silver', 'platinum', 'up'],
  ['platinum', 'gold', 'down'],
  ['gold', null, 'out'],
] as const)('from %s to %s is %s', (from, to, direction) => {
  expect(directionOf({ from, to })).toBe(direction)
})

test('moves are counted, and said with nothing that is zero', () => {
  const moves = [move(null, 'gold'), move('gold', null), move('silver', 'gold')]
  expect(countsOf(moves)).toEqual({ up: 2, down: 0, out: 1 })
  expect(movesInWords({ moves, partners: 340 })).toBe('3 of 340 partners would move: 2 up, 1 out.')
  expect(movesInWords({ moves: moves.slice(0, 1), partners: 1 })).toBe('1 of 1 partner would move: 1 up.')
  expect(movesInWords({ moves: [], partners: 12 })).toBe('None of 12 partners would move.')
  expect(movesInWords({ moves: [], partners: 0 })).toMatch('no partners yet')
})

test('partners who are pinned to a tier that goes keep their level', () => {
  expect(pinnedInWords({ programTierId: 'trt_1', name: 'Elite', partners: 2 })).toMatch(
    /^2 partners are pinned to Elite. They keep their level/,
  )
})

test('a move names the rule that makes the difference, and what the partner has', () => {
  const fit = { metric: 'fit', op: 'gte', needed: 90 } as const
  const stage = { metric: 'stage', op: 'anyOf', needed: ['active', 'scaling'] } as const
  const because = (reason: Move['because']) => becauseWords({ because: reason, to: null })
  expect(because({ ...fit, actual: 67 })).toBe('Fit at least 90, has 67')
  expect(because({ ...fit, actual: null })).toBe('Fit at least 90, which is not known')
  expect(because({ ...stage, needed: [...stage.needed], actual: 'prospect' })).toBe(
    'Stage any of Active, Scaling, has Prospect',
  )
  expect(because(null)).toBe('No tier is left for it.')
})

test('a share stands with its sign, as everywhere', () => {
  const because = { metric: 'profileCompleteness', op: 'gte', needed: 80, actual: 67 } as const
  expect(becauseWords({ ...move('gold', null), because })).toMatch(/at least 80%.* 67%/)
})
