import { expect, test } from 'vitest'
import { newRule, newTier, newTrack } from './draft.ts'
import { isFaulty, keysOf, placed, visiblyWrong } from './faults.ts'

const rule = { ...newRule(), low: '50' }
const tier = { ...newTier('gold'), rules: [newRule(), rule] }
const track = { ...newTrack(), name: 'Resellers', types: ['reseller' as const], tiers: [tier] }
const tracks = [newTrack(), track]
const at = (pointer: string) =>
  Object.keys(placed(tracks, { message: '', errors: [{ pointer, detail: 'x' }] }).faults)

test.each([
  ['/tracks/1/name', `${track.key}/name`],
  ['/tracks/1/types/0', `${track.key}/types`],
  ['/tracks/1/tiers', `${track.key}/tiers`],
  ['/tracks/1/tiers/0/level', `${tier.key}/level`],
  ['/tracks/1/tiers/0/rules', `${tier.key}/rules`],
  ['/tracks/1/tiers/0/rules/1', `${rule.key}/value`],
  ['/tracks/1/tiers/0/rules/1/value/0', `${rule.key}/value`],
  ['/tracks/1/tiers/0/rules/1/op', `${rule.key}/op`],
])('%s is a fault at its field', (pointer, place) => {
  expect(at(pointer)).toEqual([place])
})

test('what belongs to no field stays in the message', () => {
  const errors = [
    { pointer: '/tracks', detail: 'At most 20 tracks.' },
    { pointer: '/tracks/9/name', detail: 'Enter a name.' },
  ]
  expect(placed(tracks, { message: 'Check the fields.', errors })).toEqual({
    faults: {},
    message: 'Check the fields. At most 20 tracks. Enter a name.',
  })
})

test('with every fault at its field there is nothing left to say above', () => {
  const { faults, message } = placed(tracks, {
    message: 'Check the fields.',
    errors: [{ pointer: '/tracks/1/tiers/0/rules/0/value', detail: 'Enter a number.' }],
  })
  expect(message).toBe('')
  expect(isFaulty(faults, keysOf(tier))).toBe(true)
  expect(isFaulty(faults, [track.key])).toBe(false)
})

test('what is missing is seen before anything is sent', () => {
  const swapped = { ...newRule(), op: 'between' as const, low: '80', high: '20' }
  const unchosen = { ...newRule(), metric: 'stage' as const, op: 'anyOf' as const }
  const wrong = visiblyWrong([
    newTrack(),
    {
      ...track,
      graceDays: '1.5',
      tiers: [{ ...tier, name: ' ', rules: [newRule(), rule, swapped, unchosen] }],
    },
  ])
  expect(wrong.map(({ pointer }) => pointer)).toEqual([
    '/tracks/0/name',
    '/tracks/0/types',
    '/tracks/1/graceDays',
    '/tracks/1/tiers/0/name',
    '/tracks/1/tiers/0/rules/0/value',
    '/tracks/1/tiers/0/rules/2/value',
    '/tracks/1/tiers/0/rules/3/value',
  ])
})
