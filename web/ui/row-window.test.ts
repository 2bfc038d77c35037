import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowWindow } from './row-window.ts'

test.each([
  ['the top draws what is seen and a few more', 0, 400, 40, 1000, { from: 0, to: 23 }],
  ['the middle draws on both sides', 4000, 400, 40, 1000, { from: 88, to: 123 }],
  ['the end stops at the last row', 39_600, 400, 40, 1000, { from: 978, to: 1000 }],
  ['a short list is drawn whole', 0, 400, 40, 5, { from: 0, to: 5 }],
  ['no rows, nothing to draw', 0, 400, 40, 0, { from: 0, to: 0 }],
])('%s', (_, scrolled, height, rowHeight, count, expected) => {
  expect(rowWindow(scrolled, height, rowHeight, count)).toEqual(expected)
})

test('however far one scrolls, every row that is seen is drawn and at most 200 are', () => {
  fc.assert(
    fc.property(
      fc.nat(4_000_000),
      fc.integer({ min: 1, max: 4_000 }),
      fc.nat(100_000),
      (scrolled, height, count) => {
        const { from, to } = rowWindow(scrolled, height, 40, count)
        const firstSeen = Math.floor(scrolled / 40)
        const lastSeen = Math.min(Math.ceil((scrolled + height) / 40), count)
        expect(to - from).toBeLessThanOrEqual(200)
        if (firstSeen < count) expect([from <= firstSeen, to >= lastSeen]).toEqual([true, true])
      },
    ),
  )
})
