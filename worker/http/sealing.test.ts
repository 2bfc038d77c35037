import { expect, test } from 'vitest'
import { decrypt, encrypt } from './secrets.ts'

const SECRET = 'a secret of the tests, 32 characters and more'
const seal = (text: string) => encrypt(SECRET, 'a purpose', 'a place', text)

test.each(['', 'text', 'Grüße, 世界 🌍', 'x'.repeat(10_000)])(
  'what is sealed is read again',
  async (text) => {
    const sealed = await seal(text)
    expect(sealed).toMatch(/^[\w-]+$/)
    expect(await decrypt(SECRET, 'a purpose', 'a place', sealed)).toBe(text)
  },
)

test('the same text is never sealed the same twice, and does not show', async () => {
  const [one, two] = [await seal('secret'), await seal('secret')]
  expect(one).not.toBe(two)
  expect(new TextDecoder().decode(Uint8Array.fromBase64(one, { alphabet: 'base64url' }))).not.toContain(
    'secret',
  )
})

test.each([
  ['another secret', `${SECRET}!`, 'a purpose', 'a place'],
  ['another purpose', SECRET, 'another purpose', 'a place'],
  ['another place', SECRET, 'a purpose', 'another place'],
])('it cannot be read with %s', async (_, secret, purpose, place) => {
  expect(await decrypt(secret, purpose, place, await seal('text'))).toBeNull()
})

test('what was altered, cut or never sealed cannot be read', async () => {
  const sealed = await seal('text')
  const altered = Array.from(sealed).map(
    (letter, at) => sealed.slice(0, at) + (letter === 'A' ? 'B' : 'A') + sealed.slice(at + 1),
  )
  // The last letter may hold bits that stand for nothing.
  for (const each of [
    ...altered.slice(0, -1),
    sealed.slice(0, -4),
    sealed.slice(4),
    '',
    'no base64!',
    'AAAA',
  ])
    expect([each, await decrypt(SECRET, 'a purpose', 'a place', each)]).toEqual([each, null])
})
