import { expect, test } from 'vitest'
import { readDraft } from './draft.ts'
import { BLANK } from './new-partner.ts'

test('a saved draft comes back, without what the form does not know', () => {
  expect(readDraft('{"name":"Acme","domain":7,"older":"field"}')).toEqual({ ...BLANK, name: 'Acme' })
})

test('anything else is a blank form', () => {
  expect(readDraft('null')).toEqual(BLANK)
})
