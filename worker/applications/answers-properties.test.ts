import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GivenAnswer } from '#worker/submissions/schema.ts'
import { judgeAnswers } from './answers.ts'
import type { Question, Section } from './schema.ts'

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,5}$/)
const type = fc.constantFrom('text', 'number', 'date', 'country', 'select', 'multiSelect', 'checkbox')
const OPTIONS = ['o1', 'o2', 'o3'].map((each) => ({ id: each, label: each }))

const question = fc.record({
  id,
  type,
  label: fc.constant('Q'),
  required: fc.boolean(),
  options: fc.constant(OPTIONS),
  min: fc.constant(-5),
  max: fc.constant(5),
  minLength: fc.constant(1),
  maxLength: fc.constant(6),
}) satisfies fc.Arbitrary<Question>

const sections = fc
  .tuple(fc.uniqueArray(question, { selector: (each) => each.id, maxLength: 6 }), fc.boolean())
  .map(([questions, agrees]): Section[] => [
    { id: 'fields', kind: 'fields', title: '', questions },
    ...(agrees ? [{ id: 'terms', kind: 'agreement' as const, title: '', text: '' }] : []),
  ])

const given: fc.Arbitrary<GivenAnswer> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'on',
    'o1',
    'o2',
    'DE',
    'XX',
    '2024-02-29',
    '2023-02-29',
    'abcdef',
    'abcdefg',
    '3',
    '9',
  ),
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.boolean(),
  fc.array(fc.constantFrom('o1', 'o2', 'o3', 'o4'), { maxLength: 4 }),
)

/** Whether one answer is right, as plainly as it can be said. */
function isRight({ type, required }: Question, value: GivenAnswer | undefined) {
  const empty =
    value === undefined ||
    (typeof value === 'string' && !value.trim()) ||
    (Array.isArray(value) && !value.length)
  if (empty) return !required
  const text = typeof value === 'string' ? value.trim() : null
  if (type === 'text') return text !== null && text.length <= 6
  if (type === 'number')
    return ['3', '9'].includes(String(value))
      ? value === '3'
      : typeof value === 'number' && Math.abs(value) <= 5
  if (type === 'date') return text === '2024-02-29'
  if (type === 'country') return text === 'DE'
  if (type === 'select') return text === 'o1' || text === 'o2'
  if (type === 'checkbox') return value === true || value === 'on' || (value === false && !required)
  const chosen = Array.isArray(value) ? value : [value]
  return (
    chosen.every((each) => ['o1', 'o2', 'o3'].includes(String(each))) &&
    new Set(chosen).size === chosen.length
  )
}

/** Without what was left out. */
const present = (answers: Record<string, GivenAnswer | undefined>): Record<string, GivenAnswer> =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )

const cases = fc
  .tuple(
    sections,
    fc.dictionary(id, given, { maxKeys: 3 }),
    fc.array(fc.constantFrom('terms', 'x'), { maxLength: 2 }),
  )
  .chain(([all, extra, agreements]) => {
    const ids = all.flatMap((each) => (each.kind === 'fields' ? each.questions.map((one) => one.id) : []))
    const some = fc
      .record(Object.fromEntries(ids.map((each) => [each, given])), { requiredKeys: [] })
      .map(present)
    return fc.record({
      sections: fc.constant(all),
      answers: fc.oneof(
        some,
        some.map((mine) => ({ ...mine, ...extra })),
      ),
      agreements: fc.constant(agreements),
    })
  })

const isAmong = (all: readonly string[], one: string) => all.includes(one)

test('what is taken is exactly what a plain reading of the form takes, and comes out the same when sent again', () => {
  let taken = 0
  fc.assert(
    fc.property(cases, ({ sections: all, answers, agreements }) => {
      const questions = all.flatMap((each) => (each.kind === 'fields' ? each.questions : []))
      const known = new Set(questions.map((each) => each.id))
      const agreed: string[] = all.filter(({ kind }) => kind === 'agreement').map((each) => each.id)
      const right =
        Object.keys(answers).every((key) => known.has(key)) &&
        questions.every((each) =>
          isRight(each, Object.hasOwn(answers, each.id) ? answers[each.id] : undefined),
        ) &&
        agreed.every((each) => isAmong(agreements, each)) &&
        agreements.every((each) => agreed.includes(each))
      const judged = judgeAnswers({ sections: all }, answers, agreements)
      expect(judged.errors.length === 0).toBe(right)
      if (!right) return
      taken++
      const again = Object.fromEntries(judged.answers.map(({ questionId, value }) => [questionId, value]))
      expect(judgeAnswers({ sections: all }, again, agreements)).toEqual(judged)
    }),
    { numRuns: 5_000 },
  )
  expect(taken).toBeGreaterThan(100)
})
