import { expect, test } from 'vitest'
import type { Track } from '#worker/program/schema.ts'
import { areSame, bodyOf, draftOf, newTier, newTrack, numberIn, withMetric } from './draft.ts'
import { adopted, withTierAdded, withTierBack, withTrackMoved } from './draft-edit.ts'
import { readEditing } from './draft-storage.ts'

const TRACK: Track = {
  id: 'trk_1',
  name: 'Reseller track',
  types: ['reseller'],
  graceDays: 30,
  tiers: [
    {
      id: 'trt_1',
      level: 'silver',
      name: 'Registered',
      color: '#8a8f98',
      benefits: '',
      rules: [
        { metric: 'fit', op: 'gte', value: 50 },
        { metric: 'health', op: 'between', value: [20, 80] },
        { metric: 'tags', op: 'allOf', value: ['cloud', 'emea'] },
      ],
    },
  ],
}

test('a programme that nobody touched is sent as it came', () => {
  expect(bodyOf(draftOf([TRACK]))).toEqual([TRACK])
})

test.each([
  ['75', 75],
  [' 1,250,000 ', 1_250_000],
  ['-2.5', -2.5],
  ['1 000', 1000],
  ['', null],
  ['many', null],
  ['7,5', null],
  ['1e9', null],
])('typed "%s" is %s', (typed, number) => {
  expect(numberIn(typed)).toBe(number)
})

test('text that amounts to the same is no change, and another number is', () => {
  const draft = draftOf([TRACK])
  const typed = (graceDays: string) => draft.map((track) => ({ ...track, graceDays }))
  expect(areSame(draft, draftOf([TRACK]))).toBe(true)
  expect(areSame(draft, typed(' 30'))).toBe(true)
  expect(areSame(draft, typed('31'))).toBe(false)
  expect(areSame(draft, typed('soon'))).toBe(false)
})

test('another metric takes the comparison along where it makes sense, and drops choices that would not', () => {
  const [fit, , tags] = draftOf([TRACK])[0]?.tiers[0]?.rules ?? []
  if (!(fit && tags)) throw new Error('The track has these rules.')
  expect(withMetric(fit, 'pipeline')).toMatchObject({ op: 'gte', low: '50' })
  expect(withMetric(fit, 'stage')).toMatchObject({ op: 'anyOf', chosen: [] })
  expect(withMetric(tags, 'region')).toMatchObject({ op: 'anyOf', chosen: [] })
})

test('a track moves by one place, and not beyond an end', () => {
  const tracks = [newTrack(), newTrack(), newTrack()]
  const [first, second, third] = tracks
  expect(withTrackMoved(tracks, second?.key ?? '', -1)).toEqual([second, first, third])
  expect(withTrackMoved(tracks, third?.key ?? '', 1)).toBe(tracks)
})

test('tiers stand highest first, and one comes back only while its level is free', () => {
  const silver = newTier('silver')
  const track = withTierAdded(withTierAdded(newTrack(), silver), newTier('platinum'))
  expect(track.tiers.map(({ level }) => level)).toEqual(['platinum', 'silver'])
  expect(withTierBack(track, newTier('silver'))).toBe(track)
  expect(withTierBack(track, newTier('gold')).tiers).toHaveLength(3)
})

test('a draft comes back after a reload, and anything else does not', () => {
  const tracks = draftOf([TRACK])
  const editing = { basis: { version: 3, tracks }, tracks: [...tracks, newTrack()] }
  expect(readEditing(JSON.stringify(editing))).toEqual(editing)
  for (const text of [
    'null',
    '7',
    '{}',
    '{"basis":{"version":"3","tracks":[]},"tracks":[]}',
    '{"basis":{"version":3,"tracks":[]},"tracks":[{}]}',
  ])
    expect(readEditing(text)).toBeNull()
})

test('a version of before keeps the ids that are still there, and makes the others anew', () => {
  const version = draftOf([TRACK, { ...TRACK, id: 'trk_gone' }])
  const now = draftOf([{ ...TRACK, tiers: [] }])
  expect(adopted(version, now).map(({ id, tiers }) => [id, tiers[0]?.id])).toEqual([
    ['trk_1', undefined],
    [undefined, undefined],
  ])
})
