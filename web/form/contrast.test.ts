import { expect, test } from 'vitest'
import { contrast, GROUNDS, inkOn, readable, SHAPE_CONTRAST, TEXT_CONTRAST } from './contrast.ts'

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#767676', '#ffffff', 4.54],
  ['#1a56db', '#ffffff', 6.18],
])('%s on %s is %d : 1', (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 1)
  expect(contrast(other, one)).toBe(contrast(one, other))
})

/** A colour of every hue, and greys. */
const COLOURS = Array.from({ length: 16 ** 3 }, (_, at) => {
  const digits = at.toString(16).padStart(3, '0')
  return `#${[...digits].map((digit) => digit + digit).join('')}`
})

test('any colour can be written on, and shows on both grounds', () => {
  const wrong = COLOURS.filter(
    (colour) =>
      contrast(colour, inkOn(colour)) < TEXT_CONTRAST ||
      Object.values(GROUNDS).some(
        (ground) =>
          contrast(readable(colour, ground, TEXT_CONTRAST), ground) < TEXT_CONTRAST ||
          contrast(readable(colour, ground, SHAPE_CONTRAST), ground) < SHAPE_CONTRAST,
      ),
  )
  expect(wrong).toEqual([])
})

test('a colour that shows well enough stays as it is', () => {
  expect(readable('#1a56db', GROUNDS.light, TEXT_CONTRAST)).toBe('#1a56db')
  expect(readable('#ffff00', GROUNDS.light, SHAPE_CONTRAST)).not.toBe('#ffff00')
})
