import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultForm } from './defaults.ts'
import { adviceOf, problemsOf } from './problems.ts'
import { Content, type Form, type Question, Section } from './schema.ts'
import { MAPPINGS, QUESTION_TYPES } from './terms.ts'

const ask = (more: Partial<Question> = {}): Question => ({
  id: 'q',
  type: 'text',
  label: 'Company',
  required: true,
  ...more,
})
const fields = (questions: Question[], more: object = {}): Section => ({
  id: 's',
  kind: 'fields',
  title: 'You',
  questions,
  ...more,
})
const agreement = (more: object = {}): Section => ({
  id: 'a',
  kind: 'agreement',
  title: 'Terms',
  text: 'Be kind.',
  ...more,
})
const content: Form['content'] = {
  title: 'Join',
  description: '',
  submitLabel: 'Send',
  successMessage: '',
  language: 'en',
}
const pointersOf = (sections: Section[], more: Partial<Form['content']> = {}) =>
  problemsOf({ sections, content: { ...content, ...more } }).map(({ pointer }) => pointer)
const options = (...labels: string[]) => labels.map((label, at) => ({ id: `o${at}`, label }))

test.each<[string, Section[]]>([
  ['one question', [fields([ask()])]],
  ['an empty section beside another one', [fields([ask()]), fields([], { id: 's2' })]],
  ['a section and a question of one id', [fields([ask({ id: 's' })])]],
  ['an agreement with a text', [fields([ask()]), agreement()]],
  [
    'an agreement with a PDF alone',
    [fields([ask()]), agreement({ text: '', documentUrl: '/form-files/x.pdf' })],
  ],
  ['a choice', [fields([ask({ type: 'select', options: options('A', 'B') })])]],
  ['an empty list of options where none are offered', [fields([ask({ options: [] })])]],
  ['a number between bounds', [fields([ask({ type: 'number', min: 1, max: 1 })])]],
  ['a text of one length', [fields([ask({ type: 'longText', minLength: 3, maxLength: 3 })])]],
  ['a limited e-mail address', [fields([ask({ type: 'email', maxLength: 100 })])]],
  ['a box that must be ticked', [fields([ask({ type: 'checkbox' })])]],
  ['a domain told by a text', [fields([ask({ mapsTo: 'companyDomain' })])]],
  ['a domain told by a web address', [fields([ask({ type: 'url', mapsTo: 'companyDomain' })])]],
  ['100 questions', [fields(Array.from({ length: 100 }, (_, at) => ask({ id: `q${at}` })))]],
])('%s can be published', (_, sections) => {
  expect(pointersOf(sections)).toEqual([])
})

const at = '/sections/0/questions/0'
test.each<[string, Section[], string[]]>([
  ['no section', [], ['/sections']],
  ['no question', [agreement()], ['/sections']],
  ['a question without words', [fields([ask({ label: '' })])], [`${at}/label`]],
  ['a section without title', [fields([ask()], { title: '' })], ['/sections/0/title']],
  ['an agreement without title', [fields([ask()]), agreement({ title: '' })], ['/sections/1/title']],
  ['an agreement to nothing', [fields([ask()]), agreement({ text: '' })], ['/sections/1/text']],
  [
    'an agreement whose PDF was removed',
    [fields([ask()]), agreement({ text: '', documentUrl: null })],
    ['/sections/1/text'],
  ],
  ['two sections of one id', [fields([ask()]), agreement(), agreement()], ['/sections/2/id']],
  [
    'questions of one id in two sections',
    [fields([ask()]), fields([ask(), ask({ id: 'other' })], { id: 's2' })],
    ['/sections/1/questions/0/id'],
  ],
  ['a choice of nothing', [fields([ask({ type: 'select' })])], [`${at}/options`]],
  ['any of nothing', [fields([ask({ type: 'multiSelect', options: [] })])], [`${at}/options`]],
  ['options of a text', [fields([ask({ options: options('A') })])], [`${at}/options`]],
  [
    'an option without words',
    [fields([ask({ type: 'select', options: options('A', '', '') })])],
    [`${at}/options/1/label`, `${at}/options/2/label`],
  ],
  [
    'options that read the same',
    [fields([ask({ type: 'select', options: options('Yes', 'yes') })])],
    [`${at}/options/1/label`],
  ],
  [
    'options of one id',
    [fields([ask({ type: 'select', options: [...options('A'), { id: 'o0', label: 'B' }] })])],
    [`${at}/options/1/id`],
  ],
  ['bounds that exclude everything', [fields([ask({ type: 'number', min: 2, max: 1 })])], [`${at}/max`]],
  ['lengths that exclude everything', [fields([ask({ minLength: 2, maxLength: 1 })])], [`${at}/maxLength`]],
  ['a text of no length', [fields([ask({ maxLength: 0 })])], [`${at}/maxLength`]],
  ['bounds of a text', [fields([ask({ min: 1, max: 2 })])], [`${at}/min`, `${at}/max`]],
  [
    'lengths of a date',
    [fields([ask({ type: 'date', minLength: 1, maxLength: 2 })])],
    [`${at}/minLength`, `${at}/maxLength`],
  ],
  ['lengths of a number', [fields([ask({ type: 'number', maxLength: 2 })])], [`${at}/maxLength`]],
  [
    'a company told by a number',
    [fields([ask({ type: 'number', mapsTo: 'companyName' })])],
    [`${at}/mapsTo`],
  ],
  ['an address told by a text', [fields([ask({ mapsTo: 'contactEmail' })])], [`${at}/mapsTo`]],
  [
    'a company told twice',
    [fields([ask({ mapsTo: 'companyName' }), ask({ id: 'q2', mapsTo: 'companyName' })])],
    ['/sections/0/questions/1/mapsTo'],
  ],
  [
    'more than 100 questions in all',
    [0, 1].map((half) =>
      fields(
        Array.from({ length: 51 }, (_, n) => ask({ id: `q${half}-${n}` })),
        { id: `s${half}` },
      ),
    ),
    ['/sections'],
  ],
])('%s keeps a form from being published, at its place', (_, sections, pointers) => {
  expect(pointersOf(sections)).toEqual(pointers)
})

test.each<[string, Partial<Form['content']>, string]>([
  ['a page without title', { title: '' }, '/content/title'],
  ['a button without words', { submitLabel: '' }, '/content/submitLabel'],
  ['a language that there cannot be', { language: 'de-de-de' }, '/content/language'],
])('%s keeps a form from being published', (_, more, pointer) => {
  expect(pointersOf([fields([ask()])], more)).toEqual([pointer])
})

test('the default form lacks nothing, but says who should be told', () => {
  expect(problemsOf(defaultForm())).toEqual([])
  expect(adviceOf(defaultForm()).map(({ pointer }) => pointer)).toEqual(['/notifications'])
})

test('what a form can do without is advice', () => {
  const form = {
    ...defaultForm(),
    sections: [fields([])],
    content,
    share: { public: false, embed: false, sites: [] },
  }
  expect(adviceOf(form).map(({ pointer }) => pointer)).toEqual([
    ...['/sections', '/sections', '/sections/0/questions'],
    ...['/content/successMessage', '/share', '/notifications'],
  ])
})

const Key = fc.constantFrom('a', 'b', 'c', 'constructor', '0')
const Line = fc.oneof(fc.constant(''), fc.string({ maxLength: 20 }), fc.constantFrom('A', 'a', '__proto__'))
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined })
const AnyQuestion = fc.record(
  {
    id: Key,
    type: fc.constantFrom(...QUESTION_TYPES),
    label: Line,
    required: fc.boolean(),
    options: maybe(fc.array(fc.record({ id: Key, label: Line }), { maxLength: 4 })),
    min: maybe(fc.double({ noNaN: true, min: -1e12, max: 1e12 })),
    max: maybe(fc.double({ noNaN: true, min: -1e12, max: 1e12 })),
    minLength: maybe(fc.nat(10_000)),
    maxLength: maybe(fc.nat(10_000)),
    mapsTo: maybe(fc.constantFrom(...MAPPINGS)),
  },
  { requiredKeys: ['id', 'type', 'label', 'required'] },
)
const AnySection = fc.oneof(
  fc.record({
    id: Key,
    kind: fc.constant('fields'),
    title: Line,
    questions: fc.array(AnyQuestion, { maxLength: 60 }),
  }),
  fc.record({ id: Key, kind: fc.constant('agreement'), title: Line, text: fc.string() }),
)
const AnyContent = fc.record({
  title: Line,
  description: fc.string(),
  submitLabel: Line,
  successMessage: Line,
  language: fc.stringMatching(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/),
})

/** What stands at the pointer's parent, which is there even where the pointed at is what lacks. */
const parentOf = (form: object, pointer: string) =>
  pointer
    .split('/')
    .slice(1, -1)
    .reduce((place: unknown, key) => Reflect.get(Object(place), key), form)

test('of any form that can be saved, each problem stands at a place that is there and says what to do', () => {
  fc.assert(
    fc.property(fc.array(AnySection, { maxLength: 5 }), AnyContent, (sections, words) => {
      const kept = Section.array().safeParse(sections)
      const said = Content.safeParse(words)
      fc.pre(kept.success && said.success)
      const form = { sections: kept.data ?? [], content: said.data ?? content }
      for (const { pointer, detail } of problemsOf(form)) {
        expect(parentOf(form, pointer)).toBeTypeOf('object')
        expect(detail).toMatch(/^[A-Z].*[.]$/)
      }
      expect(problemsOf(form)).toEqual(problemsOf(structuredClone(form)))
    }),
    { numRuns: 500 },
  )
})

test('of two that share an id, an option or a mapping, the second one is to change', () => {
  fc.assert(
    fc.property(fc.uniqueArray(Key, { minLength: 1 }), fc.nat(), (ids, pick) => {
      const twice = ids[pick % ids.length] ?? 'a'
      const questions = [...ids, twice].map((id) => ask({ id }))
      expect(pointersOf([fields(questions)])).toEqual([`/sections/0/questions/${ids.length}/id`])
    }),
  )
})
