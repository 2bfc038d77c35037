import { expect, test } from 'vitest'
import { placeBeside } from './place-beside.ts'

const VIEW = { width: 1000, height: 800 }
const BOX = { width: 200, height: 120 }
const anchor = (left: number, top: number) => ({ left, top, right: left + 80, bottom: top + 30 })

test.each([
  ['a box goes under its anchor', anchor(100, 100), { left: 100, top: 136 }],
  ['near the bottom it goes above', anchor(100, 760), { left: 100, top: 634 }],
  ['near the end it ends where its anchor ends', anchor(900, 100), { left: 780, top: 136 }],
  ['it never leaves the window', anchor(-300, 100), { left: 8, top: 136 }],
])('%s', (_, from, expected) => {
  expect(placeBeside(from, BOX, VIEW)).toEqual(expected)
})
