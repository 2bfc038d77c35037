import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { defaultForm } from '#worker/applications/defaults.ts'
import { versionOf } from '#worker/applications/version.ts'
import { formPage } from './document.tsx'
import { EMBED_SCRIPT } from './embed-script.ts'

const brotli = (text: string) => brotliCompressSync(text).length

test('the default form is one answer of 9,000 bytes at most, of which its script is 2,500', async () => {
  const version = await versionOf({ ...defaultForm(), name: 'Partner application' }, new Map(), null)
  const { html } = await formPage({
    version,
    action: '/apply/partner-application',
    token: `1.498000.${'x'.repeat(43)}`,
    embed: false,
    siteKey: undefined,
  })
  const bare = html.replace(/<script>.*<\/script>/s, '')
  console.log(
    JSON.stringify({ html: html.length, brotli: brotli(html), script: brotli(html) - brotli(bare) }),
  )
  expect(brotli(html)).toBeLessThanOrEqual(9_000)
  expect(brotli(html) - brotli(bare)).toBeLessThanOrEqual(2_500)
})

test('the script for other sites has 900 bytes at most, and imports nothing', () => {
  expect(brotli(EMBED_SCRIPT)).toBeLessThanOrEqual(900)
  expect(EMBED_SCRIPT).not.toMatch(/\bimport\b|\brequire\b|cookie|localStorage/)
})
