import { expect, test } from 'vitest'
import { pollDelay } from './poll-delay.ts'

test.each([
  ['the first look comes almost at once', 0, 60],
  ['then one looks quickly', 60, 150],
  ['for some seconds', 3_900, 150],
  ['then less often', 8_000, 600],
  ['and never less than every two seconds', 600_000, 2_000],
])('%s', (_, elapsed, expected) => {
  expect(pollDelay(elapsed)).toBe(expected)
})
