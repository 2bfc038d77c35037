import { expect, test } from 'vitest'
import { placeErrors } from './place-errors.ts'

const NAMES = ['name', 'primaryContact/email', 'tags']
const at = (pointer: string, detail = 'Wrong.') => ({ pointer, detail })

test.each([
  ['an error stands at its field', [at('/name')], { name: 'Wrong.' }, ''],
  ['a nested field has its own', [at('/primaryContact/email')], { 'primaryContact/email': 'Wrong.' }, ''],
  ['an error inside a list stands at the list', [at('/tags/3')], { tags: 'Wrong.' }, ''],
  ['the first of two errors stays', [at('/name', 'One.'), at('/name', 'Two.')], { name: 'One.' }, ''],
  ['an unknown field joins the message', [at('/surprise', 'Not known.')], {}, 'Look again. Not known.'],
  [
    'a name that merely begins alike is another field',
    [at('/names', 'Not known.')],
    {},
    'Look again. Not known.',
  ],
  ['without fields the message stays', [], {}, 'Look again.'],
])('%s', (_, errors, fields, message) => {
  expect(placeErrors({ message: 'Look again.', errors }, NAMES)).toEqual({ errors: fields, message })
})
