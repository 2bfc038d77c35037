import { expect, test } from 'vitest'
import { ago } from './ago.ts'

const NOW = Date.parse('2026-06-15T12:00:00.000Z')

test.each([
  ['2026-06-15T12:01:00.000Z', 'just now'],
  ['2026-06-15T11:59:30.000Z', 'just now'],
  ['2026-06-15T11:55:00.000Z', '5 min. ago'],
  ['2026-06-15T09:00:00.000Z', '3 hr. ago'],
  ['2026-06-14T11:00:00.000Z', 'yesterday'],
  ['2026-05-31T12:00:00.000Z', '15 days ago'],
  ['2026-03-15T12:00:00.000Z', '3 mo. ago'],
  ['2025-06-16T12:00:00.000Z', 'last yr.'],
  ['2023-06-15T12:00:00.000Z', '3 yr. ago'],
])('%s was %s', (at, words) => {
  expect(ago(at, NOW)).toBe(words)
})
