import { expect, test } from 'vitest'
import { directoryPath, editPath, partnerIdIn, partnerPath, tabIn } from './drawer-path.ts'

test('a drawer keeps what the search says of the table, and leaves nothing of its own behind', () => {
  const search = '?search=a+b&type=channel&type=referral&tab=scores&score=fit'
  expect(directoryPath(search)).toBe('/partners?search=a+b&type=channel&type=referral')
  expect(editPath(search, 'prt_1')).toBe('/partners/prt_1/edit?search=a+b&type=channel&type=referral')
  expect(partnerPath('?tab=contacts', 'prt_1', { tab: 'activity' })).toBe('/partners/prt_1?tab=activity')
  expect(directoryPath('?tab=contacts')).toBe('/partners')
})

test('a link to a score leads to the scores, anything else that is no tab to the overview', () => {
  expect(tabIn({ score: 'fit' })).toBe('scores')
  expect(tabIn({ tab: 'contacts' })).toBe('contacts')
  expect(tabIn({ tab: 'nothing' })).toBe('overview')
})

test('only what can be a partner comes out of a path', () => {
  const id = `prt_${'0'.repeat(26)}`
  expect([undefined, 'new', id].map(partnerIdIn)).toEqual([undefined, 'new', id])
  for (const param of ['../views', 'tags', `${id}/logo`, `${id}?x`, '', 'NEW'])
    expect(partnerIdIn(param)).toBe('unknown')
})
