import { expect, test } from 'vitest'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { type Group, groupedLines, type ReadGroup, wantedGroups } from './lines.ts'
import { partnerRow } from './partner-row.ts'

const group = (key: string, count: number): Group => ({ key, label: key.toUpperCase(), count })
const rows = (...names: string[]): PartnerRow[] => names.map((name) => partnerRow(name))
const GROUPS = [group('gold', 3), group('silver', 2), group('none', 4)]
const READ = new Map<string, ReadGroup>([
  ['gold', { rows: rows('Ada', 'Bo'), done: false }],
  ['none', { rows: rows('Cy'), done: true }],
])

/** The lines as one sees them. */
const seen = (closed: string[] = [], read: ReadonlyMap<string, ReadGroup> = READ) =>
  groupedLines(GROUPS, closed, read).map((line) => {
    if (line.kind === 'row') return line.row.name
    return line.kind === 'group' ? `${line.group.label} ${line.group.count}` : '…'
  })

test('a group has a head and a line for each of its partners, read or not', () => {
  expect(seen()).toEqual(['GOLD 3', 'Ada', 'Bo', '…', 'SILVER 2', '…', '…', 'NONE 4', 'Cy'])
})

test('a folded group has its head alone', () => {
  expect(seen(['gold', 'none'])).toEqual(['GOLD 3', 'SILVER 2', '…', '…', 'NONE 4'])
})

test('more partners than were counted are all shown', () => {
  const read = new Map([['silver', { rows: rows('A', 'B', 'C'), done: true }]])
  expect(seen(['gold', 'none'], read)).toEqual(['GOLD 3', 'SILVER 2', 'A', 'B', 'C', 'NONE 4'])
})

test.each([
  ['nothing but a head', 0, 1, []],
  ['the beginning of a group', 0, 3, [['gold', 2]]],
  [
    'the end of one and all of the next',
    3,
    7,
    [
      ['gold', 3],
      ['silver', 2],
    ],
  ],
  ['past the end', 8, 99, [['none', 1]]],
] as const)('%s asks for the groups in sight and no other', (_, from, to, expected) => {
  const wanted = wantedGroups(groupedLines(GROUPS, [], READ), from, to)
  expect(wanted.map(({ key, count }) => [key, count])).toEqual(expected)
})

test('a folded group is not read', () => {
  expect(wantedGroups(groupedLines(GROUPS, ['gold'], READ), 0, 3)).toEqual([{ key: 'silver', count: 1 }])
})
