import { expect, test } from 'vitest'
import { safeReturnPath, signInPath } from './return-path.ts'

test.each([
  ['a path of ours', '/partners', '/partners'],
  ['its query comes along', '/partners?tier=gold&tier=silver', '/partners?tier=gold&tier=silver'],
  ['dots are resolved', '/settings/../partners', '/partners'],
])('%s is a way back', (_, given, expected) => {
  expect(safeReturnPath(given)).toBe(expected)
})

test.each([
  ['nothing', null],
  ['an empty text', ''],
  ['another site', 'https://evil.example/partners'],
  ['a host without a scheme', '//evil.example'],
  ['a host behind a backslash', '/\\evil.example'],
  ['a host behind a tab that browsers drop', '/\t/evil.example'],
  ['a host behind a line break', '/\n/evil.example'],
  ['a host that dots uncover', '/x/..//evil.example'],
  ['a script', 'javascript:alert(1)'],
  ['a relative path', 'partners'],
  ['the sign-in page', '/login?next=/login'],
  ['the sign-in page of the portal', '/portal/login'],
])('%s is no way back', (_, given) => {
  expect(safeReturnPath(given)).toBeNull()
})

test('the sign-in page knows where one was', () => {
  expect(signInPath('/login', '/partners?x=1')).toBe('/login?next=%2Fpartners%3Fx%3D1')
  expect(signInPath('/portal/login', '/')).toBe('/portal/login')
})
