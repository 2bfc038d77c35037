import { expect, test } from 'vitest'
import {
  type FieldSectionDraft,
  newAgreement,
  newFieldSection,
  newQuestion,
  type QuestionDraft,
  type Sections,
} from './draft.ts'
import {
  placeOfQuestion,
  withLines,
  withOptionStepped,
  withoutQuestion,
  withQuestionAt,
  withQuestionBack,
  withQuestionCopied,
  withQuestionStepped,
  withSectionAt,
  withSectionCopied,
  withSectionStepped,
} from './draft-edit.ts'

const question = (id: string, more: Partial<QuestionDraft> = {}): QuestionDraft => ({
  ...newQuestion('text'),
  id,
  label: id,
  ...more,
})
const fields = (id: string, ...ids: string[]): FieldSectionDraft => ({
  ...newFieldSection(),
  id,
  questions: ids.map((one) => question(one)),
})
const FORM: Sections = [
  fields('A', 'a', 'b', 'c'),
  { ...newAgreement(), id: 'T' },
  fields('B', 'd'),
  fields('C'),
]

/** "A a b c, T, B d, C" */
const read = (sections: Sections) =>
  sections
    .map((section) =>
      [section.id, ...(section.kind === 'fields' ? section.questions.map(({ id }) => id) : [])].join(' '),
    )
    .join(', ')

test.each([
  ['down within its section', 'a', 1, 'A b a c, T, B d, C'],
  ['up within its section', 'c', -1, 'A a c b, T, B d, C'],
  ['from the end into the next section, past an agreement', 'c', 1, 'A a b, T, B c d, C'],
  ['from the beginning into the section before', 'd', -1, 'A a b c d, T, B, C'],
  ['into a section without questions', 'd', 1, 'A a b c, T, B, C d'],
  ['nowhere from the very first place', 'a', -1, read(FORM)],
] as const)('a question steps %s', (_, id, by, expected) => {
  expect(read(withQuestionStepped(FORM, id, by))).toBe(expected)
})

test.each([
  ['before one further down', 'a', 'A', 2, 'A b a c, T, B d, C'],
  ['before one further up', 'c', 'A', 0, 'A c a b, T, B d, C'],
  ['into another section', 'b', 'B', 0, 'A a c, T, B b d, C'],
  ['to the end of another', 'b', 'B', 99, 'A a c, T, B d b, C'],
  ['nowhere when let go where it was', 'b', 'A', 1, read(FORM)],
  ['nowhere on an agreement', 'b', 'T', 0, read(FORM)],
])('a question goes %s', (_, id, section, index, expected) => {
  expect(read(withQuestionAt(FORM, id, section, index))).toBe(expected)
})

test('a question that was let go where it was changes nothing', () => {
  expect(withQuestionAt(FORM, 'b', 'A', 2)).toBe(FORM)
  expect(withQuestionStepped(FORM, 'a', -1)).toBe(FORM)
})

test('sections step and go to places', () => {
  expect(read(withSectionStepped(FORM, 'T', -1))).toBe('T, A a b c, B d, C')
  expect(read(withSectionStepped(FORM, 'T', 1))).toBe('A a b c, B d, T, C')
  expect(withSectionStepped(FORM, 'C', 1)).toBe(FORM)
  expect(read(withSectionAt(FORM, 'A', 4))).toBe('T, B d, C, A a b c')
  expect(withSectionAt(FORM, 'A', 1)).toBe(FORM)
})

test('a removed question comes back where it stood, or where there is still room for it', () => {
  const place = placeOfQuestion(FORM, 'b')
  if (!place) throw new Error('It is not there.')
  const without = withoutQuestion(FORM, 'b')
  expect(read(without)).toBe('A a c, T, B d, C')
  expect(read(withQuestionBack(without, place))).toBe(read(FORM))
  const homeless = without.filter(({ id }) => id !== 'A')
  expect(read(withQuestionBack(homeless, place))).toBe('T, B d b, C')
  expect(read(withQuestionBack([], place))).toBe('A b')
})

test('a copy has ids of its own, and does not tell what the first one tells', () => {
  const form: Sections = [
    {
      ...newFieldSection(),
      id: 'A',
      questions: [question('a', { mapsTo: 'companyName', options: [{ id: 'o', label: 'One' }] })],
    },
    { ...newAgreement(), id: 'T', documentUrl: '/form-files/x.pdf' },
  ]
  const [section] = withQuestionCopied(form, 'a', 'copy')
  const copy = section?.kind === 'fields' ? section.questions[1] : undefined
  expect(copy).toMatchObject({ id: 'copy', label: 'a', mapsTo: '', options: [{ label: 'One' }] })
  expect(copy?.options[0]?.id).not.toBe('o')
  expect(withSectionCopied(form, 'T', 'U')[2]).toMatchObject({ id: 'U', documentUrl: null })
  const whole = withSectionCopied(form, 'A', 'B')[1]
  expect(whole).toMatchObject({ id: 'B', questions: [{ label: 'a' }] })
  expect(whole?.kind === 'fields' && whole.questions[0]?.id).not.toBe('a')
})

test('several pasted lines are several options', () => {
  const options = [
    { id: '1', label: '' },
    { id: '2', label: 'Last' },
  ]
  const labels = withLines(options, 0, ' Gold \n\nSilver\r\nBronze\n').map(({ label }) => label)
  expect(labels).toEqual(['Gold', 'Silver', 'Bronze', 'Last'])
  expect(withLines(options, 0, ' \n ')).toBe(options)
  const many = Array.from({ length: 300 }, (_, at) => `Option ${at}`).join('\n')
  expect(withLines(options, 0, many)).toHaveLength(100)
})

test('an option steps, and stays at an end', () => {
  const options = ['1', '2', '3'].map((id) => ({ id, label: id }))
  expect(withOptionStepped(options, '3', -1).map(({ id }) => id)).toEqual(['1', '3', '2'])
  expect(withOptionStepped(options, '3', 1)).toBe(options)
})
