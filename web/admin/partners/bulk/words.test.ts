import { expect, test } from 'vitest'
import { sentenceOf, toManager, toStage, toTags, toTier } from './words.ts'

test.each([
  ['1 partner is now Active', toStage('active'), 1],
  ['9,432 partners are now At risk', toStage('at-risk'), 9_432],
  ['2 partners are pinned to Gold', toTier('gold'), 2],
  ['2 partners are auto-evaluated again', toTier(null), 2],
  ['1 partner is now managed by Ada', toManager('mbr_1', 'Ada'), 1],
  ['3 partners have no manager now', toManager(null, ''), 3],
  ['2 partners are now tagged “co-sell” and “emea”', toTags(['co-sell', 'emea'], []), 2],
  ['2 partners are no longer tagged with 3 tags', toTags([], ['a', 'b', 'c']), 2],
  ['1 partner has other tags now', toTags(['a'], ['b']), 1],
])('%s', (words, change, count) => {
  expect(sentenceOf(change, count)).toBe(words)
})
