import { expect, test } from 'vitest'
import type { Program } from '#worker/program/schema.ts'
import { followed, readPin, tierChange, tierOptions, writePin } from './tier-choice.ts'

const tier = (id: string, level: 'platinum' | 'gold', name: string) => ({
  id,
  level,
  name,
  color: '',
  benefits: '',
  rules: [],
})
const TRACKS: Program['tracks'] = [
  {
    id: 'trk_t',
    name: 'Technology',
    types: ['technology'],
    graceDays: 30,
    tiers: [tier('trt_t', 'gold', 'Core')],
  },
  {
    id: 'trk_r',
    name: 'Reseller',
    types: ['reseller', 'channel'],
    graceDays: 30,
    tiers: [tier('trt_r', 'platinum', 'Elite')],
  },
]
const pin = (choice: string) => writePin({ choice, reason: 'because' })

test('a programme tier brings its track along', () => {
  const now = followed(TRACKS, 'tier', { type: 'reseller', trackId: '', tier: pin('trt_r') })
  expect(now).toEqual({ type: 'reseller', trackId: 'trk_r', tier: pin('trt_r') })
})

test('a track that is not for the new type goes, and its tier leaves its level behind, with the reason', () => {
  const now = followed(TRACKS, 'type', { type: 'technology', trackId: 'trk_r', tier: pin('trt_r') })
  expect(now).toEqual({ type: 'technology', trackId: '', tier: pin('platinum') })
})

test('a tier of the track that stays is left alone, and so is a level', () => {
  const held = { type: 'channel', trackId: 'trk_r', tier: pin('trt_r') }
  expect(followed(TRACKS, 'type', held)).toEqual(held)
  const level = { type: 'technology', trackId: 'trk_t', tier: pin('gold') }
  expect(followed(TRACKS, 'trackId', level)).toEqual(level)
})

test('levels are offered, and below them the tiers of the track, or of all tracks for the type', () => {
  const names = (type: string, track: string) => tierOptions(TRACKS, type, track).map(({ label }) => label)
  expect(names('reseller', '')).toEqual(['Platinum', 'Gold', 'Silver', 'Elite (Platinum)'])
  expect(names('technology', 'trk_r')).toEqual(['Platinum', 'Gold', 'Silver'])
})

test('an empty tier is automatic, whatever reason was typed before', () => {
  expect(writePin({ choice: '', reason: 'typed' })).toBe('')
  expect(readPin('')).toEqual({ choice: '', reason: '' })
  expect(tierChange('')).toEqual({ tier: null })
})
