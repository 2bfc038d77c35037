import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { Avatar, initialsOf } from './avatar.tsx'

test.each([
  ['two words give two letters', 'Northwind Traders', 'NT'],
  ['one word gives one', 'Acme', 'A'],
  ['the first and the last word count', 'Bank of the West', 'BW'],
  ['signs are no letters', '“Acme” & Söhne, GmbH', 'AG'],
  ['other scripts have initials too', '株式会社 東京', '株東'],
  ['a pair of surrogates is one letter', '𝔸cme', '𝔸'],
  ['nothing to go by is a question mark', '—', '?'],
])('%s', (_, name, expected) => {
  expect(initialsOf(name)).toBe(expected)
})

test('an avatar is decoration: the name stands beside it', () => {
  expect(renderToString(<Avatar name="Acme" />)).toContain('aria-hidden="true"')
})
