import { expect, test } from 'vitest'
import type { GivenAnswer } from '#worker/submissions/schema.ts'
import { judgeAnswers } from './answers.ts'
import type { Question, Section } from './schema.ts'

const OPTIONS = [
  { id: 'o1', label: 'One' },
  { id: 'o2', label: 'Two' },
]
const question = (changes: Partial<Question>): Question => ({
  id: 'q',
  type: 'text',
  label: 'Q',
  required: false,
  ...changes,
})
const form = (...questions: Question[]): { sections: Section[] } => ({
  sections: [{ id: 's', kind: 'fields', title: '', questions }],
})
/** The value that is stored, null for none, or what is wrong. */
function judged(changes: Partial<Question>, given: GivenAnswer | undefined) {
  const all: Record<string, GivenAnswer> = given === undefined ? {} : { q: given }
  const { answers, errors } = judgeAnswers(form(question(changes)), all, [])
  if (errors.length > 0) return { error: errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join() }
  return answers[0]?.value ?? null
}
const refused = { error: expect.stringMatching(/^\/answers\/q [A-Z].*\.$/) }

test.each<[Partial<Question>, GivenAnswer | undefined, unknown]>([
  [{}, '  Newco  ', 'Newco'],
  [{}, '', null],
  [{}, ' \t ', null],
  [{}, undefined, null],
  [{}, 'two\nlines', refused],
  [{}, 'nul\0', refused],
  [{}, 'half \ud800', refused],
  [{}, '\u200b\u2060', refused],
  [{}, 'a'.repeat(200), 'a'.repeat(200)],
  [{}, 'a'.repeat(201), refused],
  [{ maxLength: 500 }, 'a'.repeat(500), 'a'.repeat(500)],
  [{ maxLength: 3 }, 'abcd', refused],
  [{ minLength: 3 }, 'ab', refused],
  [{ minLength: 3 }, '', null],
  [{}, 7, refused],
  [{}, true, refused],
  [{}, ['a', 'b'], refused],
  [{ type: 'longText' }, 'two\nlines', 'two\nlines'],
  [{ type: 'longText' }, 'a'.repeat(10_001), refused],
  [{ type: 'email' }, ' Ada@Newco.EXAMPLE ', 'ada@newco.example'],
  [{ type: 'email' }, 'ada@', refused],
  [{ type: 'email' }, 'a@b.example\nBcc: c@d.example', refused],
  [{ type: 'url' }, 'newco.example', 'https://newco.example'],
  [{ type: 'url' }, 'newco.example:8080/a?b#c', 'https://newco.example:8080/a?b#c'],
  [{ type: 'url' }, 'HTTP://newco.example', 'HTTP://newco.example'],
  [{ type: 'url' }, 'https://bücher.example/ü', 'https://bücher.example/ü'],
  [{ type: 'url' }, 'javascript:alert(1)', refused],
  [{ type: 'url' }, 'javascript:1', refused],
  [{ type: 'url' }, 'javascript://newco.example/%0aalert(1)', refused],
  [{ type: 'url' }, 'data:text/html,x', refused],
  [{ type: 'url' }, 'https://ada:secret@newco.example', refused],
  [{ type: 'url' }, 'https://newco', refused],
  [{ type: 'url' }, 'https://newco.example\\@evil.example', refused],
  [{ type: 'url' }, 'two words', refused],
  [{ type: 'phone' }, '+49 (0)30 / 123-456 ext. 7', '+49 (0)30 / 123-456 ext. 7'],
  [{ type: 'phone' }, '٠١٢٣٤٥', '٠١٢٣٤٥'],
  [{ type: 'phone' }, 'call me', refused],
  [{ type: 'phone' }, '+', refused],
  [{ type: 'number' }, 12, 12],
  [{ type: 'number' }, ' 12.50 ', 12.5],
  [{ type: 'number' }, '-.5', -0.5],
  [{ type: 'number' }, -0, 0],
  [{ type: 'number' }, 0, 0],
  [{ type: 'number' }, '1e400', refused],
  [{ type: 'number' }, Number.POSITIVE_INFINITY, refused],
  [{ type: 'number' }, '12 people', refused],
  [{ type: 'number' }, '0x10', refused],
  [{ type: 'number' }, '1,5', refused],
  [{ type: 'number', min: 1, max: 5 }, 5, 5],
  [{ type: 'number', min: 1, max: 5 }, 6, refused],
  [{ type: 'number', min: 1, max: 5 }, '0', refused],
  [{ type: 'date' }, '2024-02-29', '2024-02-29'],
  [{ type: 'date' }, '2023-02-29', refused],
  [{ type: 'date' }, '2026-13-01', refused],
  [{ type: 'date' }, '0000-01-01', refused],
  [{ type: 'date' }, '1.2.2026', refused],
  [{ type: 'country' }, 'de', 'DE'],
  [{ type: 'country' }, 'XX', refused],
  [{ type: 'country' }, 'Germany', refused],
  [{ type: 'select', options: OPTIONS }, 'o2', 'o2'],
  [{ type: 'select', options: OPTIONS }, 'Two', refused],
  [{ type: 'select', options: OPTIONS }, ['o1'], refused],
  [{ type: 'select' }, 'o1', refused],
  [{ type: 'multiSelect', options: OPTIONS }, ['o2', 'o1'], ['o1', 'o2']],
  [{ type: 'multiSelect', options: OPTIONS }, 'o2', ['o2']],
  [{ type: 'multiSelect', options: OPTIONS }, [], null],
  [{ type: 'multiSelect', options: OPTIONS }, ['o1', 'o1'], refused],
  [{ type: 'multiSelect', options: OPTIONS }, ['o1', 'o3'], refused],
  [{ type: 'checkbox' }, 'on', true],
  [{ type: 'checkbox' }, true, true],
  [{ type: 'checkbox' }, false, false],
  [{ type: 'checkbox' }, 'yes please', refused],
  [{ type: 'checkbox' }, 1, refused],
  [{ required: true }, undefined, refused],
  [{ required: true }, '  ', refused],
  [{ type: 'multiSelect', options: OPTIONS, required: true }, [], refused],
  [{ type: 'checkbox', required: true }, false, refused],
  [{ type: 'checkbox', required: true }, undefined, refused],
  [{ type: 'checkbox', required: true }, 'on', true],
  [{ type: 'number', required: true }, 0, 0],
])('a question %j answered with %j comes to %j', (changes, given, expected) => {
  expect(judged(changes, given)).toEqual(expected)
})

const TERMS: Section = { id: 'terms', kind: 'agreement', title: 'Terms', text: 'Be fair.' }

test('every agreement has to be accepted', () => {
  expect(judgeAnswers({ sections: [TERMS] }, {}, []).errors).toEqual([
    { pointer: '/agreements/terms', detail: 'Accept this to go on.' },
  ])
  expect(judgeAnswers({ sections: [TERMS] }, {}, ['terms', 'terms']).errors).toEqual([])
})

test('what the version does not ask for is not taken', () => {
  const { answers, errors } = judgeAnswers(form(question({})), { q: 'a', 'x/y~z': 'b', constructor: 'c' }, [
    'other',
  ])
  expect(answers).toEqual([{ questionId: 'q', value: 'a' }])
  expect(errors.map(({ pointer }) => pointer)).toEqual([
    '/answers/x~1y~0z',
    '/answers/constructor',
    '/agreements/other',
  ])
})

test('a question that is named like what every object has is one like any other', () => {
  const asked = form(question({ id: 'toString', required: true }), question({ id: 'constructor' }))
  expect(judgeAnswers(asked, {}, []).errors).toHaveLength(1)
  expect(judgeAnswers(asked, { toString: 'a' }, []).answers).toEqual([{ questionId: 'toString', value: 'a' }])
})

test('answers come out in the order of the questions, whatever order they came in', () => {
  const asked = form(question({ id: 'a' }), question({ id: 'b' }))
  const one = judgeAnswers(asked, { b: '2', a: '1' }, [])
  expect(JSON.stringify(one)).toBe(JSON.stringify(judgeAnswers(asked, { a: '1', b: ' 2 ' }, [])))
})
