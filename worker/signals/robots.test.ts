import { expect, test } from 'vitest'
import { mayFetch } from './robots.ts'

test.each([
  ['no rules', '', '/', true],
  ['rules for everybody that close all', 'User-agent: *\nDisallow: /', '/', false],
  ['rules for somebody else', 'User-agent: Googlebot\nDisallow: /', '/', true],
  ['rules for us', 'User-agent: *\nAllow: /\n\nUser-Agent: Entente\nDisallow: /', '/', false],
  ['an exception for us', 'User-agent: *\nDisallow: /\n\nUser-agent: entente\nAllow: /', '/', true],
  ['one group for several', 'User-agent: a\nUser-agent: *\nDisallow: /', '/', false],
  ['rules without a path', 'User-agent: *\nDisallow:', '/', true],
  ['another folder', 'User-agent: *\nDisallow: /private', '/', true],
  ['the longest rule that matches', 'User-agent: *\nDisallow: /\nAllow: /en/', '/en/', true],
  ['two rules as long', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
  ['the end of the path', 'User-agent: *\nDisallow: /$', '/', false],
  ['the end of another path', 'User-agent: *\nDisallow: /$', '/en', true],
  ['a star', 'User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf', false],
  ['a star before another ending', 'User-agent: *\nDisallow: /*.pdf$', '/x/y.pdf?z', true],
  ['comments, blanks and other line ends', '# hello\r\nuser-agent : * # all\r\ndisallow: / # no', '/', false],
  ['what is no robots.txt', '<!doctype html><p>Disallow: /</p>', '/', true],
])('robots.txt with %s', (_, robots, path, allowed) => {
  expect(mayFetch(robots, path)).toBe(allowed)
})

test('no pattern takes long', () => {
  const robots = `User-agent: *\nDisallow: /${'*a'.repeat(5_000)}$`
  const begun = Date.now()
  expect(mayFetch(robots, `/${'a'.repeat(2_000)}b`)).toBe(true)
  expect(Date.now() - begun).toBeLessThan(100)
})
