import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const ORDER = '@layer reset, tokens, base, ui, pages;'

test('every style sheet says the order of layers first: whichever arrives first decides it', () => {
  const sheets = globSync('web/**/*.css')
  expect(sheets.length).toBeGreaterThan(20)
  expect(sheets.filter((path) => !readFileSync(path, 'utf8').startsWith(ORDER))).toEqual([])
})
