import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { Factor } from '#worker/scoring/schema.ts'
import { KnownFactors, UnknownFactors } from './factor-lists.tsx'
import { hintsOf } from './hints.ts'
import { historyInWords, pointsOf } from './score-history.ts'

const factor = (given: Partial<Factor>): Factor => ({
  factor: 'industry',
  label: 'Industry',
  weight: 12,
  asked: true,
  value: null,
  points: 0,
  evidence: [],
  unknown: 'not-filled',
  ...given,
})

test('what would raise a score most comes first, each thing once, after the wishes that nobody has made', () => {
  const hints = hintsOf([
    factor({ hint: 'Rate the partner.', gain: 3 }),
    factor({ hint: 'Describe your ideal partner.', asked: false }),
    factor({ hint: 'Describe your ideal partner.', asked: false, gain: 0 }),
    factor({ hint: 'Write the joint value proposition.', gain: 8 }),
    factor({ hint: 'Add the industry.', gain: 1 }),
  ])
  expect(hints.map(({ text, gain }) => [text, gain])).toEqual([
    ['Describe your ideal partner.', null],
    ['Write the joint value proposition.', 8],
    ['Rate the partner.', 3],
  ])
})

test('what is unknown says why, and is no zero', () => {
  const html = renderToString(
    <UnknownFactors
      factors={[
        factor({ unknown: 'could-not-check', label: 'Receives mail (MX)' }),
        factor({ unknown: 'no-plan', label: 'Plan attainment' }),
        factor({ unknown: null, value: 1, weight: 0, label: 'Pulse' }),
      ]}
    />,
  )
  expect(html).toMatch(
    /Could not be checked.*Receives mail \(MX\).*No plan yet.*Plan attainment.*Left out.*Pulse/,
  )
  expect(html).not.toMatch(/\b0 ?%/)
})

test('points stand with one decimal each, and none has no sign', () => {
  const drawn = (points: number) =>
    renderToString(<KnownFactors factors={[factor({ value: 0.5, points })]} total={70} />)
  expect(drawn(16.9014)).toMatch(/<strong>\+16\.9</)
  expect(drawn(7)).toMatch(/<strong>\+7\.0</)
  expect(drawn(0)).toMatch(/<strong>0\.0</)
})

test('an address that is no web page is never a link', () => {
  const evidence = (url: string) => [
    { source: 'signal' as const, detail: 'Seen', url, at: '2026-11-22T10:00:00.000Z' },
  ]
  const drawn = (url: string) =>
    renderToString(<KnownFactors factors={[factor({ value: 1, evidence: evidence(url) })]} total={70} />)
  expect(drawn('https://acme.example/')).toMatch(/href="https:\/\/acme\.example\/"/)
  expect(drawn('javascript:alert(1)')).not.toMatch(/href/)
})

const day = (date: string, value: number) => ({ at: `2026-11-${date}T00:00:00.000Z`, value })

test('a history is drawn by time, and said in words', () => {
  const history = [day('01', 40), day('02', 60), day('11', 50)]
  expect(pointsOf(history, 100, 40)).toEqual([
    [0, 40],
    [10, 0],
    [100, 20],
  ])
  expect(historyInWords('Fit', history)).toMatch(/^Fit from 40 on .+ to 50 on .+; lowest 40, highest 60\.$/)
})

test('small steps are drawn small, and one moment is no line', () => {
  expect(pointsOf([day('01', 50), day('03', 51)], 100, 40)).toEqual([
    [0, 21],
    [100, 19],
  ])
  expect(pointsOf([day('01', 50)], 100, 40)).toEqual([])
})
