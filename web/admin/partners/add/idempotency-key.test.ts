import { expect, test } from 'vitest'
import { createKeyring } from './idempotency-key.ts'

test('a retry keeps its key, a change gets a new one', () => {
  let made = 0
  const keyFor = createKeyring(() => `key ${++made}`)
  const keys = [{ name: 'Acme' }, { name: 'Acme' }, { name: 'Acme Ltd' }, { name: 'Acme Ltd' }].map(keyFor)
  expect(keys).toEqual(['key 1', 'key 1', 'key 2', 'key 2'])
})
