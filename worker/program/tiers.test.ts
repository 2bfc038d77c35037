import { expect, test } from 'vitest'
import { fitOf, ladder, NEW, NOBODY, on, tier } from '#worker/testing/ladder.ts'
import type { Rule, Track } from './schema.ts'
import { type Evaluated, evaluate, evaluateAfresh, type Held, type Metrics } from './tiers.ts'

const NOW = Date.UTC(2026, 2, 1)
const DAY = 86_400_000
const stand = ({ tier, programTierId, fallsAt }: Evaluated) => ({ tier, programTierId, fallsAt })

const verdicts: [string, Rule, Partial<Metrics>, boolean | null][] = [
  ['at least is met by the same', { metric: 'fit', op: 'gte', value: 75 }, { fit: 75 }, true],
  ['at least is not met by less', { metric: 'fit', op: 'gte', value: 75 }, { fit: 74 }, false],
  ['at most is met by the same', { metric: 'health', op: 'lte', value: 20 }, { health: 20 }, true],
  ['at most is not met by more', { metric: 'health', op: 'lte', value: 20 }, { health: 21 }, false],
  ['between holds at its lower end', { metric: 'fit', op: 'between', value: [20, 80] }, { fit: 20 }, true],
  ['between holds at its upper end', { metric: 'fit', op: 'between', value: [20, 80] }, { fit: 80 }, true],
  ['between ends above', { metric: 'fit', op: 'between', value: [20, 80] }, { fit: 81 }, false],
  ['equals is exact', { metric: 'certifications', op: 'eq', value: 3 }, { certifications: 3 }, true],
  [
    'equals is no more than exact',
    { metric: 'certifications', op: 'eq', value: 3 },
    { certifications: 4 },
    false,
  ],
  ['zero is known', { metric: 'certifications', op: 'gte', value: 0 }, { certifications: 0 }, true],
  ['one of a list', { metric: 'stage', op: 'anyOf', value: ['active', 'scaling'] }, {}, true],
  ['none of a list', { metric: 'stage', op: 'anyOf', value: ['prospect'] }, {}, false],
  ['any of the tags', { metric: 'tags', op: 'anyOf', value: ['cloud', 'other'] }, {}, true],
  ['not all of the tags', { metric: 'tags', op: 'allOf', value: ['cloud', 'other'] }, {}, false],
  ['all of the tags', { metric: 'tags', op: 'allOf', value: ['emea', 'cloud'] }, {}, true],
  ['unknown is not met, whatever is asked', { metric: 'revenue', op: 'gte', value: 0 }, {}, null],
  ['an unknown choice is not met', { metric: 'industry', op: 'anyOf', value: ['other'] }, {}, null],
  ['a value of another kind is not met', { metric: 'fit', op: 'gte', value: 'x' }, { fit: 80 }, false],
]
test.each(verdicts)('%s', (_, rule, metrics, met) => {
  const track = ladder('a', { tiers: [tier('gold', 'a', [rule])] })
  const { tier: given, standing } = evaluate({ ...NOBODY, ...metrics }, [track], NEW, NOW)
  expect([given, standing.rules[0]?.met]).toEqual([met ? 'gold' : null, met])
})

const words: [string, Rule][] = [
  ['Fit at least 75', fitOf(75)],
  ['Revenue to date at least 1,250,000', { metric: 'revenue', op: 'gte', value: 1_250_000 }],
  ['Revenue attainment at most 80%', { metric: 'revenueAttainment', op: 'lte', value: 80 }],
  ['Health between 20 and 80', { metric: 'health', op: 'between', value: [20, 80] }],
  ['Certifications equals 3', { metric: 'certifications', op: 'eq', value: 3 }],
  ['Stage any of Active, Scaling', { metric: 'stage', op: 'anyOf', value: ['active', 'scaling'] }],
  ['Primary region any of DACH', { metric: 'region', op: 'anyOf', value: ['dach'] }],
  ['Tags all of cloud, emea', { metric: 'tags', op: 'allOf', value: ['cloud', 'emea'] }],
]
test.each(words)('a rule in words: %s', (label, rule) => {
  const track = ladder('a', { tiers: [tier('gold', 'a', [rule])] })
  expect(evaluate(NOBODY, [track], NEW, NOW).standing.rules[0]?.label).toBe(label)
})

const AT_ONCE = { fallsAt: null }
const moves: [string, number | null, Held, Track[], Partial<Evaluated>][] = [
  ['nobody is on a tier whose rules do not hold', 49, NEW, [ladder('a')], { tier: null, ...AT_ONCE }],
  ['a new partner gets the highest tier', 80, NEW, [ladder('a')], { tier: 'platinum', ...AT_ONCE }],
  ['a partner moves up at once', 80, on('silver'), [ladder('a')], { tier: 'platinum', ...AT_ONCE }],
  [
    'a partner whose rules begin to fail keeps its tier for the grace period',
    65,
    on('platinum'),
    [ladder('a')],
    { tier: 'platinum', programTierId: 'a-platinum', fallsAt: NOW + 30 * DAY },
  ],
  [
    'the grace period counts from the first failure',
    65,
    on('platinum', 'a', NOW + DAY),
    [ladder('a')],
    { tier: 'platinum', fallsAt: NOW + DAY },
  ],
  [
    'a partner falls to where its rules hold when the grace period is over',
    65,
    on('platinum', 'a', NOW),
    [ladder('a')],
    { tier: 'gold', programTierId: 'a-gold', ...AT_ONCE },
  ],
  [
    'a partner falls out where nothing holds',
    10,
    on('silver', 'a', NOW),
    [ladder('a')],
    { tier: null, ...AT_ONCE },
  ],
  [
    'rules that hold again end the grace period',
    75,
    on('platinum', 'a', NOW + DAY),
    [ladder('a')],
    { tier: 'platinum', ...AT_ONCE },
  ],
  [
    'no grace means at once',
    65,
    on('platinum'),
    [ladder('a', { graceDays: 0 })],
    { tier: 'gold', ...AT_ONCE },
  ],
  [
    'a grace period that was shortened ends by the shorter one',
    65,
    on('platinum', 'a', NOW + 20 * DAY),
    [ladder('a', { graceDays: 5 })],
    { tier: 'platinum', fallsAt: NOW + 5 * DAY },
  ],
  [
    'an unknown score fails a rule like a low one',
    null,
    on('silver'),
    [ladder('a')],
    { fallsAt: NOW + 30 * DAY },
  ],
  [
    'a tier that is gone is lost at once',
    65,
    on('platinum', 'gone'),
    [ladder('a')],
    { tier: 'gold', ...AT_ONCE },
  ],
  [
    'a tier whose track is for others now is lost at once',
    10,
    on('platinum', 'b'),
    [ladder('a'), ladder('b', { types: ['referral'] })],
    { tier: null, ...AT_ONCE },
  ],
  [
    'a tier of another track than the chosen one is lost at once',
    65,
    { ...on('platinum', 'a'), trackId: 'b' },
    [ladder('a'), ladder('b')],
    { programTierId: 'b-gold', ...AT_ONCE },
  ],
  [
    'the highest level of all tracks wins',
    65,
    NEW,
    [ladder('a', { tiers: [] }), ladder('b')],
    { programTierId: 'b-gold' },
  ],
  ['on one level the first track wins', 65, NEW, [ladder('b'), ladder('a')], { programTierId: 'b-gold' }],
  [
    'a chosen track alone is tried',
    65,
    { ...NEW, trackId: 'b' },
    [ladder('a'), ladder('b', { tiers: [] })],
    { tier: null },
  ],
  [
    'a chosen track that is for others is as good as none',
    65,
    { ...NEW, trackId: 'b' },
    [ladder('a'), ladder('b', { types: ['referral'] })],
    { programTierId: 'a-gold' },
  ],
  [
    'without a track for the type there is no tier',
    90,
    NEW,
    [ladder('a', { types: ['referral'] })],
    { tier: null },
  ],
  [
    'a tier without rules is everybody’s',
    null,
    NEW,
    [ladder('a', { tiers: [tier('silver', 'a', [])] })],
    { tier: 'silver' },
  ],
  [
    'a pinned tier stays, whatever its rules say',
    10,
    { ...on('platinum'), source: 'manual' },
    [ladder('a')],
    { tier: 'platinum', programTierId: 'a-platinum', ...AT_ONCE },
  ],
  [
    'a pinned level stays when its tier is gone',
    90,
    { ...on('silver', 'gone'), source: 'manual', programTierId: null },
    [ladder('a')],
    { tier: 'silver', programTierId: null, ...AT_ONCE },
  ],
]
test.each(moves)('%s', (_, fit, held, tracks, expected) => {
  expect(stand(evaluate({ ...NOBODY, fit }, tracks, held, NOW))).toMatchObject(expected)
})

test('clearing a pin waits for no grace', () => {
  const { tier: given, fallsAt } = evaluateAfresh({ ...NOBODY, fit: 65 }, [ladder('a')], null)
  expect([given, fallsAt]).toEqual(['gold', null])
})

test('a partner in its grace period is told where it falls, and when', () => {
  const { standing } = evaluate({ ...NOBODY, fit: 65 }, [ladder('a')], on('platinum'), NOW)
  expect(standing).toMatchObject({
    rules: [{ label: 'Fit at least 75', actual: 65, met: false }],
    next: null,
    falls: { at: '2026-03-31T00:00:00.000Z', tier: 'gold', name: 'gold of a' },
  })
})

test('the next tier comes with the rules that are missing', () => {
  const rules: Rule[] = [
    fitOf(60),
    { metric: 'health', op: 'gte', value: 60 },
    { metric: 'tags', op: 'anyOf', value: ['cloud'] },
  ]
  const track = ladder('a', { tiers: [tier('gold', 'a', rules), tier('silver', 'a', [fitOf(50)])] })
  const { standing } = evaluate({ ...NOBODY, fit: 55 }, [track], NEW, NOW)
  expect(standing.rules).toMatchObject([{ metric: 'fit', needed: 50, actual: 55, met: true }])
  expect(standing.next).toMatchObject({
    tier: 'gold',
    programTierId: 'a-gold',
    missing: [
      { metric: 'fit', met: false },
      { metric: 'health', actual: null, met: null },
    ],
  })
})

test('who holds no tier sees the rules of the lowest, and that it is next', () => {
  const { standing } = evaluate({ ...NOBODY, fit: 10 }, [ladder('a')], NEW, NOW)
  expect(standing).toMatchObject({
    rules: [{ needed: 50 }],
    next: { tier: 'silver', missing: [{ needed: 50, actual: 10 }] },
  })
})

test('the next tier is looked for in the own track first', () => {
  const tracks = [
    ladder('b'),
    ladder('a', { tiers: [tier('platinum', 'a', [fitOf(90)]), tier('silver', 'a', [fitOf(5)])] }),
  ]
  const { standing } = evaluate({ ...NOBODY, fit: 10 }, tracks, NEW, NOW)
  expect(standing.next).toMatchObject({ programTierId: 'a-platinum' })
})

test('a pin is judged by its own tier, or by the track’s of that level', () => {
  const pin = { ...on('silver'), source: 'manual' } as const
  for (const held of [pin, { ...pin, programTierId: null }]) {
    const { standing } = evaluate({ ...NOBODY, fit: 10 }, [ladder('a')], held, NOW)
    expect(standing).toMatchObject({
      rules: [{ needed: 50, met: false }],
      next: { tier: 'gold' },
      falls: null,
    })
  }
})
