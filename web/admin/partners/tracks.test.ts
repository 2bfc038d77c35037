import { expect, test } from 'vitest'
import { tracksFor } from './tracks.ts'

test('only the tracks of its type are offered to a partner', () => {
  const track = { name: 'T', graceDays: 30, tiers: [] }
  const tracks = [
    { ...track, id: 'trk_a', types: ['technology' as const] },
    { ...track, id: 'trk_b', types: ['reseller' as const, 'channel' as const] },
  ]
  expect(tracksFor(tracks, 'channel').map(({ id }) => id)).toEqual(['trk_b'])
  expect(tracksFor(tracks, '')).toEqual([])
})
