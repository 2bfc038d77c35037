import { expect, test } from 'vitest'
import { exportPath, searchFor, shownIn, submissionIdIn } from './place.ts'

const FORM = `frm_${'0'.repeat(26)}`

test('the address says what the list shows', () => {
  const search = `?state=approved&search=Acme+%26+Co&form=${FORM}`
  const shown = { tab: 'approved', search: 'Acme & Co', formId: FORM }
  expect(shownIn(search, null)).toEqual(shown)
  expect(searchFor(shownIn(search, null), null)).toBe(search)
})

test('the page of a form shows its own, whatever the address adds', () => {
  const shown = shownIn('?form=frm_other&state=nonsense', FORM)
  expect(shown).toEqual({ tab: 'all', search: '', formId: FORM })
  expect(searchFor(shown, FORM)).toBe('')
})

test('an export has the filters of the list', () => {
  expect(exportPath({ tab: 'suspected', search: ' a&b ', formId: FORM })).toBe(
    `/api/submissions/export.csv?suspected=true&search=a%26b&form=${FORM}`,
  )
  expect(exportPath({ tab: 'all', search: '', formId: null })).toBe(
    '/api/submissions/export.csv?suspected=false',
  )
})

test('what can be no submission never becomes part of an address', () => {
  expect(submissionIdIn('../../api')).toBe('unknown')
  expect(submissionIdIn(undefined)).toBeUndefined()
})
