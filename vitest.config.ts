import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { Stand } from './e2e/outside.ts'
import { inline } from './local/inline.ts'

/** Stands between the Worker and the network, as the sidecar does in local runs: all requests go to the stand-in. */
const OUTBOUND = `export default {
  fetch(request, { OUTSIDE }) {
    const headers = new Headers(request.headers)
    headers.set('X-Original-URL', request.url)
    return fetch(OUTSIDE, { method: request.method, headers, body: request.body, redirect: 'manual' })
  },
}`

/** Only a loopback stand-in answers in tests; nothing leaves the machine. */
const outside = await new Stand().detach().start()

/** Functions of plain data, which Node runs as well, without the start of a runtime for each file. */
const ENGINES = [
  'worker/applications/{answers,answers-properties}.test.ts',
  'worker/applications/problems.test.ts',
  'worker/db/errors.test.ts',
  'worker/partners/completeness.test.ts',
  'worker/program/{contradictions,tiers,tiers-properties}.test.ts',
  'worker/scoring/{fit,health,signal-findings}.test.ts',
  'worker/signals/{addresses,robots,text}.test.ts',
]

/** Journeys that run when the Worker's own tests are done, beside the others: so both cores end at about the same time. */
const BESIDE = ['e2e/{add-partner,bulk,directory,program}.test.ts']

const journeys = (name: string, include: string[], exclude: string[] = []) => ({
  test: {
    name,
    include,
    exclude,
    globalSetup: ['./e2e/global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    // One process and one browser for all files.
    isolate: false,
    expect: { poll: { timeout: 12_000 } },
  },
})

export default defineConfig({
  test: {
    projects: [
      {
        oxc: { jsx: { importSource: 'preact' } },
        plugins: [
          inline(),
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations('migrations'),
                AUTH_SECRET: 'a secret of the tests, 32 characters and more',
                SIGNUP: 'open',
              },
              outboundService: 'outbound',
              workers: [
                { name: 'outbound', modules: true, script: OUTBOUND, bindings: { OUTSIDE: outside.url } },
              ],
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['worker/**/*.test.ts'],
          exclude: ['worker/testing/{structure,simulation}/**', ...ENGINES],
          setupFiles: ['./worker/testing/setup.ts'],
          // One runtime for all files: to start one for each took longer than its tests.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        oxc: { jsx: { importSource: 'preact' } },
        plugins: [inline()],
        test: {
          name: 'node',
          include: [
            'local/**/*.test.ts',
            'web/**/*.test.{ts,tsx}',
            'bench/**/*.test.ts',
            'worker/testing/{structure,simulation}/**/*.test.ts',
            ...ENGINES,
          ],
        },
      },
      journeys('journeys', ['e2e/**/*.test.ts'], BESIDE),
      journeys('beside', BESIDE),
    ],
  },
})
