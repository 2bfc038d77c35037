import { expect, test } from 'vitest'
import type { ProgramEdit } from '#worker/program/schema.ts'
import { diffPrograms, isNothing } from './diff.ts'

type Tracks = ProgramEdit['tracks']
type Tier = Tracks[number]['tiers'][number]

const GOLD: Tier = {
  id: 'trt_gold',
  level: 'gold',
  name: 'Advanced reseller',
  color: '#b7862c',
  benefits: '',
  rules: [
    { metric: 'fit', op: 'gte', value: 60 },
    { metric: 'stage', op: 'anyOf', value: ['active', 'scaling'] },
  ],
}
const RESELLERS: Tracks[number] = {
  id: 'trk_res',
  name: 'Reseller track',
  types: ['reseller'],
  graceDays: 30,
  tiers: [GOLD],
}
const REFERRALS: Tracks[number] = { ...RESELLERS, id: 'trk_ref', name: 'Referral track', tiers: [] }

const withGold = (change: Partial<Tier>): Tracks => [{ ...RESELLERS, tiers: [{ ...GOLD, ...change }] }]
const linesOf = (before: Tracks, after: Tracks) =>
  diffPrograms(before, after).tracks.flatMap(({ tiers }) => tiers.flatMap(({ lines }) => lines))

test('two equal programmes differ in nothing', () => {
  expect(isNothing(diffPrograms([RESELLERS, REFERRALS], structuredClone([RESELLERS, REFERRALS])))).toBe(true)
})

test('another value of a rule reads as what it was and what it is', () => {
  const after = withGold({ rules: [{ metric: 'fit', op: 'gte', value: 75 }, ...GOLD.rules.slice(1)] })
  expect(linesOf([RESELLERS], after)).toEqual([
    { kind: 'changed', label: 'Fit', was: 'at least 60', now: 'at least 75' },
  ])
})

test('another comparison of the same metric is a change, another metric a rule that went and one that came', () => {
  const between = withGold({ rules: [{ metric: 'fit', op: 'between', value: [60, 80] }] })
  expect(linesOf(withGold({ rules: GOLD.rules.slice(0, 1) }), between)).toEqual([
    { kind: 'changed', label: 'Fit', was: 'at least 60', now: 'between 60 and 80' },
  ])
  const health = withGold({ rules: [{ metric: 'health', op: 'gte', value: 60 }] })
  expect(linesOf(withGold({ rules: GOLD.rules.slice(0, 1) }), health)).toEqual([
    { kind: 'added', text: 'Health at least 60' },
    { kind: 'removed', text: 'Fit at least 60' },
  ])
})

test('the order of rules is no difference, and choices read as their labels', () => {
  expect(linesOf([RESELLERS], withGold({ rules: GOLD.rules.toReversed() }))).toEqual([])
  expect(linesOf([RESELLERS], withGold({ rules: GOLD.rules.slice(0, 1) }))).toEqual([
    { kind: 'removed', text: 'Stage any of Active, Scaling' },
  ])
})

test('name, types, grace period, level, colour and benefits each read in words', () => {
  const [diff] = diffPrograms(
    [RESELLERS],
    [
      {
        ...RESELLERS,
        name: 'Sellers',
        types: ['reseller', 'channel'],
        graceDays: 1,
        tiers: [{ ...GOLD, level: 'platinum', name: 'Elite', color: '#000000', benefits: 'Leads first' }],
      },
    ],
  ).tracks
  expect(diff).toMatchObject({ kind: 'changed', title: 'Sellers' })
  expect(diff?.lines).toEqual([
    { kind: 'changed', label: 'Name', was: 'Reseller track', now: 'Sellers' },
    { kind: 'changed', label: 'Partner types', was: 'Reseller', now: 'Reseller, Channel' },
    { kind: 'changed', label: 'Grace period', was: '30 days', now: '1 day' },
  ])
  expect(diff?.tiers[0]?.lines.map((line) => ('label' in line ? line.label : line.text))).toEqual([
    'Level',
    'Name',
    'Colour',
    'Benefits',
  ])
})

test('what came and what went is told with all its rules', () => {
  const { tracks } = diffPrograms([RESELLERS], [REFERRALS])
  expect(tracks).toEqual([
    {
      kind: 'added',
      title: 'Referral track',
      lines: [{ kind: 'added', text: 'For Reseller, grace period 30 days' }],
      tiers: [],
    },
    {
      kind: 'removed',
      title: 'Reseller track',
      lines: [{ kind: 'removed', text: 'For Reseller, grace period 30 days' }],
      tiers: [
        {
          kind: 'removed',
          title: 'Gold: Advanced reseller',
          lines: [
            { kind: 'removed', text: 'Fit at least 60' },
            { kind: 'removed', text: 'Stage any of Active, Scaling' },
          ],
        },
      ],
    },
  ])
})

test('another order of tracks is told once, and a track that came does not count as one', () => {
  expect(diffPrograms([RESELLERS, REFERRALS], [REFERRALS, RESELLERS])).toEqual({
    order: {
      kind: 'changed',
      label: 'Order of tracks',
      was: 'Reseller track, Referral track',
      now: 'Referral track, Reseller track',
    },
    tracks: [],
  })
  expect(diffPrograms([RESELLERS], [REFERRALS, RESELLERS]).order).toBeNull()
})

test('a tier that came back under a new id is recognised by its level, a track by its name', () => {
  const back: Tracks = [{ ...RESELLERS, id: 'trk_new', tiers: [{ ...GOLD, id: 'trt_new' }] }]
  expect(isNothing(diffPrograms([RESELLERS], back))).toBe(true)
})
