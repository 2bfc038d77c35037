import { expect, test } from 'vitest'
import { SOURCES } from './sources.ts'

const LINES_MAX = 300

/** Written so that no pattern matches its own line here. */
const BANNED: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['any as a type', /(?:[:<|&=,]|\bas|\bextends)\s[an]{2}y\b(?=\s*(?:\[\]|[>,;)|&=\]{}]|$))|<[an]{2}y\b/m],
  ['a silenced type error', /@ts-(?:ignore|nocheck|expect-error)/],
  ['a silenced rule', /(?:biome|oxlint|eslint)-(?:ignore|disable)(?!.*: \S)/],
  ['a note to come back', /\b(?:TO[D]O|FIX[M]E|XX[X])\b/],
  ['a test that runs alone', /\b(?:test|it|describe|suite)\.only\(/],
  ['a test that never runs', /\b(?:test|it|describe|suite)\.(?:skip|todo)\(/],
  ['markup from a string', /dangerouslySet[I]nnerHTML|\.(?:inner|outer)HTML\s*=|insertAdjacent[H]TML/],
  ['a path upwards', /(?:from\s+|import\(?\s*)'\.\.\//],
  ['a folder of exports', /^export \* from/m],
]

const breaches = (path: string, text: string) =>
  BANNED.filter(([, pattern]) => pattern.test(text)).map(([name]) => `${path} holds ${name}`)

test('every file of the Worker, the apps and the local program is read', () => {
  expect(SOURCES.size).toBeGreaterThan(100)
  const folders = new Set([...SOURCES.keys()].map((path) => path.split('/')[0]))
  expect(folders).toEqual(new Set(['local', 'web', 'worker']))
  expect([...SOURCES].filter(([, text]) => text.trim() === '')).toEqual([])
})

test('no file is longer than a reader can hold', () => {
  const long = [...SOURCES].map(([path, text]) => `${path}: ${text.trimEnd().split('\n').length}`)
  expect(long.filter((each) => Number(each.split(': ')[1]) > LINES_MAX)).toEqual([])
})

test('no file holds what style rules out', () => {
  expect([...SOURCES].flatMap(([path, text]) => breaches(path, text))).toEqual([])
})

test.each([
  ['const x: ', 'any', ' = 1'],
  ['const x = y as ', 'any', ''],
  ['const x: Record<string, ', 'any', '> = {}'],
  ['function f(x: ', 'any', ') {}'],
  ['const x: ', 'any', '[] = []'],
  ['// @ts-', 'ignore', ''],
  ['// biome-', 'ignore lint/a/b', ''],
  ['// TO', 'DO', ' later'],
  ['// FIX', 'ME', ''],
  ['test.', 'only', '("x")'],
  ['test.', 'skip', '("x")'],
  ['<p dangerously', 'SetInnerHTML', '={{}} />'],
  ['element.inner', 'HTML', ' = text'],
  ["import { x } from '.", './x.ts', "'"],
  ["await import('.", './x.ts', "')"],
  ['export *', ' from', " './x.ts'"],
])('%s%s%s is caught', (...parts) => {
  expect(breaches('planted', parts.join(''))).toHaveLength(1)
})

test('words that only look alike pass', () => {
  const text =
    '// any of them, at any time: any id (any) will do\nconst many = "as any one"\nconst html = node.innerHTML'
  expect(breaches('innocent', text)).toEqual([])
})
