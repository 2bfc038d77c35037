import { expect, test } from 'vitest'
import { ladder, tier } from '#worker/testing/ladder.ts'
import { problemsOf } from './contradictions.ts'
import type { ProgramEdit, Rule } from './schema.ts'

type Tracks = ProgramEdit['tracks']
const withRules = (...rules: Rule[]): Tracks => [
  { ...ladder('a', { types: ['technology', 'channel'] }), tiers: [tier('gold', 'a', rules)] },
]
const V = '/tracks/0/tiers/0/rules'

const wrong: [string, Rule[], string][] = [
  [
    'at least 80 with at most 20',
    [
      { metric: 'fit', op: 'gte', value: 80 },
      { metric: 'fit', op: 'lte', value: 20 },
    ],
    `${V}/1/value`,
  ],
  ['between 80 and 20', [{ metric: 'fit', op: 'between', value: [80, 20] }], `${V}/0/value`],
  [
    'equals 3 with between 4 and 5',
    [
      { metric: 'certifications', op: 'eq', value: 3 },
      { metric: 'certifications', op: 'between', value: [4, 5] },
    ],
    `${V}/1/value`,
  ],
  [
    'three rules of which the last leaves nothing',
    [
      { metric: 'health', op: 'gte', value: 10 },
      { metric: 'fit', op: 'gte', value: 90 },
      { metric: 'health', op: 'lte', value: 9 },
    ],
    `${V}/2/value`,
  ],
  [
    'stages that exclude each other',
    [
      { metric: 'stage', op: 'anyOf', value: ['active', 'scaling'] },
      { metric: 'stage', op: 'anyOf', value: ['prospect'] },
    ],
    `${V}/1/value`,
  ],
  [
    'a type that the track is not for',
    [{ metric: 'type', op: 'anyOf', value: ['referral'] }],
    `${V}/0/value`,
  ],
  ['a choice compared like a number', [{ metric: 'stage', op: 'gte', value: 3 }], `${V}/0/op`],
  ['a number compared like a list', [{ metric: 'fit', op: 'anyOf', value: [3] }], `${V}/0/op`],
  ['all of the stages', [{ metric: 'stage', op: 'allOf', value: ['active'] }], `${V}/0/op`],
  ['text for a number', [{ metric: 'fit', op: 'gte', value: '80' }], `${V}/0/value`],
  ['a list for a number', [{ metric: 'fit', op: 'gte', value: [80] }], `${V}/0/value`],
  ['one number for two', [{ metric: 'fit', op: 'between', value: [20] }], `${V}/0/value`],
  ['text in a range', [{ metric: 'fit', op: 'between', value: [20, 'x'] }], `${V}/0/value/1`],
  ['a score over 100', [{ metric: 'fit', op: 'gte', value: 101 }], `${V}/0/value`],
  ['a share over 100 %', [{ metric: 'profileCompleteness', op: 'gte', value: 101 }], `${V}/0/value`],
  ['less than nothing', [{ metric: 'revenue', op: 'gte', value: -1 }], `${V}/0/value`],
  [
    'a stage that there is not',
    [{ metric: 'stage', op: 'anyOf', value: ['active', 'gone'] }],
    `${V}/0/value/1`,
  ],
  ['a region that there is not', [{ metric: 'region', op: 'anyOf', value: ['atlantis'] }], `${V}/0/value/0`],
  ['an industry that there is not', [{ metric: 'industry', op: 'anyOf', value: [7] }], `${V}/0/value/0`],
  ['no value at all', [{ metric: 'stage', op: 'anyOf', value: [] }], `${V}/0/value`],
  ['one slug for a list', [{ metric: 'stage', op: 'anyOf', value: 'active' }], `${V}/0/value`],
  ['an empty tag', [{ metric: 'tags', op: 'anyOf', value: ['a', ''] }], `${V}/0/value/1`],
  [
    'a tag that no partner can have',
    [{ metric: 'tags', op: 'allOf', value: ['a'.repeat(51)] }],
    `${V}/0/value/0`,
  ],
]
test.each(wrong)('%s is refused at its place', (_, rules, pointer) => {
  expect(problemsOf(withRules(...rules)).map((each) => each.pointer)).toEqual([pointer])
})

const right: [string, Rule[]][] = [
  [
    'at least 20 with at most 80',
    [
      { metric: 'fit', op: 'gte', value: 20 },
      { metric: 'fit', op: 'lte', value: 80 },
    ],
  ],
  [
    'at least 50 with at most 50',
    [
      { metric: 'fit', op: 'gte', value: 50 },
      { metric: 'fit', op: 'lte', value: 50 },
    ],
  ],
  [
    'fit and health apart',
    [
      { metric: 'fit', op: 'gte', value: 80 },
      { metric: 'health', op: 'lte', value: 20 },
    ],
  ],
  [
    'stages that overlap',
    [
      { metric: 'stage', op: 'anyOf', value: ['active', 'scaling'] },
      { metric: 'stage', op: 'anyOf', value: ['scaling', 'strategic'] },
    ],
  ],
  [
    'tags of two lists',
    [
      { metric: 'tags', op: 'anyOf', value: ['a'] },
      { metric: 'tags', op: 'anyOf', value: ['b'] },
    ],
  ],
  ['one of the types of the track', [{ metric: 'type', op: 'anyOf', value: ['channel', 'referral'] }]],
  ['the whole range', [{ metric: 'fit', op: 'between', value: [0, 100] }]],
  ['much money', [{ metric: 'revenue', op: 'gte', value: 1_000_000_000 }]],
]
test.each(right)('%s can hold', (_, rules) => {
  expect(problemsOf(withRules(...rules))).toEqual([])
})

test('a level twice is refused at the second', () => {
  const tracks = [
    ladder('a'),
    { ...ladder('b'), tiers: [tier('gold', 'b', []), { ...tier('gold', 'b', []), id: 'other' }] },
  ]
  expect(problemsOf(tracks)).toEqual([
    { pointer: '/tracks/1/tiers/1/level', detail: 'This track has a tier of this level already.' },
  ])
})

test('two tracks of one name are refused at the second, however it is spelt', () => {
  expect(problemsOf([ladder('a', { name: 'Reseller' }), ladder('b', { name: 'RESELLER' })])).toEqual([
    { pointer: '/tracks/1/name', detail: 'Another track has this name.' },
  ])
})

test('an id twice is refused wherever it stands', () => {
  const { id, ...bare } = ladder('a', { name: 'Other' })
  const found = problemsOf([
    ladder('a'),
    { ...bare, tiers: [] },
    { ...ladder('a', { name: 'Third' }), tiers: [] },
  ])
  expect(found.map(({ pointer }) => pointer)).toEqual(['/tracks/0/id', '/tracks/2/id'])
})
