import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { ScoreFace, type ScoreValue, scoreInWords, scoreMarks } from './score.tsx'

const score = (given: Partial<ScoreValue>): ScoreValue => ({
  state: 'ready',
  value: 72,
  confidence: 0.9,
  change: null,
  ...given,
})

test.each([
  ['a number has its band', score({}), '72, medium'],
  ['eighty is high', score({ value: 80 }), '80, high'],
  ['under fifty is low', score({ value: 49 }), '49, low'],
  ['a zero is a zero', score({ value: 0 }), '0, low'],
  ['little confidence makes it preliminary', score({ confidence: 0.4 }), '72, medium, preliminary'],
  [
    'too little makes it no number',
    score({ state: 'insufficient', value: null, confidence: 0.1 }),
    'not enough data',
  ],
  ['what moved says so', score({ change: -12 }), '72, medium, down 12 in 30 days'],
  ['what did not move says nothing of it', score({ change: 0 }), '72, medium'],
  ['before the first result', score({ state: 'pending', value: null, confidence: null }), 'analysing'],
  ['after a failure', score({ state: 'failed', value: null, confidence: null }), 'could not be analysed'],
])('%s', (_, given, words) => {
  expect(scoreInWords(given)).toBe(words)
})

test('the way that a score went is an arrow, not a colour alone', () => {
  expect(renderToString(<ScoreFace score={score({ change: 5 })} />)).toMatch(/↑5/)
  expect(renderToString(<ScoreFace score={score({ change: -5 })} />)).toMatch(/↓5/)
  expect(renderToString(<ScoreFace score={score({ change: 0 })} />)).not.toMatch(/[↑↓]/)
})

test('an unknown score is never drawn as a number', () => {
  const unknown = score({ state: 'insufficient', value: null, confidence: 0.1 })
  expect(renderToString(<ScoreFace score={unknown} />)).not.toMatch(/\d/)
  expect(scoreMarks(unknown)['data-band']).toBeUndefined()
})
