import { expect, test } from 'vitest'
import { ApiProblem, answerOf, done, explain, isNetworkLoss, whenToRetry } from './problem.ts'

const problem = (status: number, body: object, headers: Record<string, string> = {}) =>
  Promise.resolve(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/problem+json', ...headers },
    }),
  )
const failureOf = (request: Promise<Response>) =>
  answerOf(request).then(
    () => expect.fail('it went well'),
    (error: unknown) => error,
  )

test('a success is its body', async () => {
  expect(await answerOf(problem(200, { id: 1 }))).toEqual({ id: 1 })
})

test('an empty success is nothing', async () => {
  await expect(done(Promise.resolve(new Response(null, { status: 204 })))).resolves.toBeUndefined()
})

test('a problem keeps its code, its fields and its members', async () => {
  const errors = [{ pointer: '/domain', detail: 'Enter a domain.' }]
  const body = {
    type: '/problems/duplicate-domain',
    title: 'Known.',
    status: 409,
    errors,
    existing: { id: 'prt_1' },
  }
  const error = await failureOf(problem(409, body))
  expect(error).toMatchObject({ status: 409, code: 'duplicate-domain', errors, message: 'Known.' })
  expect(error).toHaveProperty('body.existing.id', 'prt_1')
})

test('a wait is said in words', async () => {
  const error = await failureOf(problem(429, { title: 'Too many tries.' }, { 'Retry-After': '30' }))
  expect(explain(error).message).toBe('Too many tries. Try again in 30 seconds.')
})

test('an answer that is no problem document still fails in words', async () => {
  const error = await failureOf(Promise.resolve(new Response('<html>', { status: 502 })))
  expect(explain(error).message).toBe('The server answered 502.')
})

test('no answer is a loss of the network, not a refusal', async () => {
  const error = await failureOf(Promise.reject(new TypeError('Failed to fetch')))
  expect(isNetworkLoss(error)).toBe(true)
  expect(error).toBeInstanceOf(ApiProblem)
})

test('a long wait is a time of day, rounded up to the minute', () => {
  expect(whenToRetry(3600, new Date(2026, 0, 1, 9, 15, 20))).toMatch(/10:16/)
})
