import { expect, test } from 'vitest'
import { errorClass, isGuardRefusal, isTransient, isUniqueViolation } from './errors.ts'

/** As a query builder wraps what D1 says: the reason is the cause, the message holds statement and values. */
const wrapped = (message: string) =>
  new Error("Failed query: insert into users … params: ada@secret.example, 'Ada'", {
    cause: new Error(message),
  })

test.each([
  'D1_ERROR: Network connection lost.',
  'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset: storage caused object to be reset.',
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
  'D1_ERROR: D1 DB is overloaded. Too many requests queued.',
])('%s is worth another try, however deep it hides', (message) => {
  expect(isTransient(new Error(message))).toBe(true)
  expect(isTransient(wrapped(message))).toBe(true)
  expect(isTransient(new Error('outer', { cause: wrapped(message) }))).toBe(true)
})

test.each([
  'D1_ERROR: UNIQUE constraint failed: users.email: SQLITE_CONSTRAINT',
  'D1_ERROR: no such table: partners: SQLITE_ERROR',
  'Network is unreachable',
  '',
])('%j fails the same way again', (message) => {
  expect(isTransient(wrapped(message))).toBe(false)
})

test('what is thrown but is no error is no reason to try again', () => {
  for (const thrown of [null, undefined, 'Network connection lost', { message: 'Network connection lost' }])
    expect(isTransient(thrown)).toBe(false)
})

test('an error that is its own cause comes to an end', () => {
  const circle = new Error('circle')
  circle.cause = circle
  expect(isTransient(circle)).toBe(false)
})

test('a unique index is told from another', () => {
  const error = wrapped(
    'D1_ERROR: UNIQUE constraint failed: partners.org_id, partners.domain: SQLITE_CONSTRAINT',
  )
  expect(isUniqueViolation(error, 'partners.org_id, partners.domain')).toBe(true)
  expect(isUniqueViolation(error, 'members.user_id')).toBe(false)
  expect(isGuardRefusal(error)).toBe(false)
})

test('a log line names the class of an error, never what it is about', () => {
  const error = wrapped('D1_ERROR: UNIQUE constraint failed: users.email: SQLITE_CONSTRAINT')
  expect(errorClass(error)).toBe('Error:D1_ERROR')
  expect(errorClass(new TypeError('ada@secret.example is no function'))).toBe('TypeError')
  expect(errorClass('ada@secret.example')).toBe('string')
})
