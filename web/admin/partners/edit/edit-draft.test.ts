import { expect, test } from 'vitest'
import { readEdit } from './edit-draft.ts'
import { valuesFrom } from './values.ts'

const values = { ...valuesFrom(() => ''), name: 'Auroral' }

test('a saved edit comes back with where it began, without what the form does not know', () => {
  const saved = JSON.stringify({
    basis: { version: 3, values },
    values: { ...values, older: 'field', tags: 7 },
  })
  expect(readEdit(saved)).toEqual({ basis: { version: 3, values }, values })
})

test.each(['null', '7', '{}', '{"basis":{"version":"3","values":{}},"values":{}}'])(
  '%s is no edit',
  (text) => {
    expect(readEdit(text)).toBeNull()
  },
)
