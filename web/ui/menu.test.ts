import { expect, test } from 'vitest'
import { nextItem } from './menu.tsx'

const LABELS = ['Edit', 'Resend', 'Remove']

test.each([
  ['down goes on', 'ArrowDown', 0, 1],
  ['down from the last wraps', 'ArrowDown', 2, 0],
  ['up from the first wraps', 'ArrowUp', 0, 2],
  ['End is the last', 'End', 0, 2],
  ['a letter finds the next that begins with it', 'r', 0, 1],
  ['the same letter again finds the one after', 'r', 1, 2],
  ['a letter that begins nothing moves nothing', 'z', 0, null],
  ['other keys mean nothing here', 'Enter', 0, null],
])('%s', (_, key, at, expected) => {
  expect(nextItem(key, at, LABELS)).toBe(expected)
})
