import { expect, test } from 'vitest'
import { agentName } from './agent-name.ts'

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  ['Edge is not Chrome', `${WINDOWS} Chrome/139.0 Safari/537.36 Edg/139.0`, 'Edge on Windows'],
  ['Chrome is not Safari', `${WINDOWS} Chrome/139.0 Safari/537.36`, 'Chrome on Windows'],
  [
    'Safari is itself',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1 Version/18.0 Safari/605.1',
    'Safari on macOS',
  ],
  [
    'an iPhone is no Mac',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 CriOS/139.0 Safari/604.1',
    'Chrome on iPhone',
  ],
  ['a program without a browser is another one', 'curl/8.5', 'Another program'],
  ['nothing said, nothing known', null, 'Another program'],
])('%s', (_, userAgent, expected) => {
  expect(agentName(userAgent)).toBe(expected)
})
