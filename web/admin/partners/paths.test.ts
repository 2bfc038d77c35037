import { expect, test } from 'vitest'
import { directoryPath, partnerPath } from './paths.ts'

test('a drawer keeps the table behind it, and the table nothing of the drawer', () => {
  expect(partnerPath('prt_1', '?type=channel')).toBe('/partners/prt_1?type=channel')
  expect(partnerPath('prt_1', '')).toBe('/partners/prt_1')
  expect(partnerPath('prt_1', '?type=channel&score=health', { score: 'fit' })).toBe(
    '/partners/prt_1?type=channel&score=fit',
  )
  expect(partnerPath('prt_1', '', { score: 'fit' })).toBe('/partners/prt_1?score=fit')
  expect(directoryPath('?type=channel&score=fit')).toBe('/partners?type=channel')
})
