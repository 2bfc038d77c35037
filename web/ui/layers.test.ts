import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const ORDER = '@layer reset, tokens, base, ui, pages;'

test('every style sheet says the order of layers first: whichever arrives first decides it', () => {
  // The public form is a page of its own, which no other sheet reaches.
  const sheets = globSync('web/**/*.css').filter((path) => !path.startsWith('web/form/'))
  expect(sheets.length).toBeGreaterThan(20)
  expect(sheets.filter((path) => !readFileSync(path, 'utf8').startsWith(ORDER))).toEqual([])
})
