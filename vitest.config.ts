import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** Only loopback stand-ins answer in tests; nothing leaves the machine. */
const noNetwork = () => new Response('No network in tests.', { status: 599 })

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations('migrations'),
                AUTH_SECRET: 'a secret of the tests, 32 characters and more',
                SIGNUP: 'open',
              },
              outboundService: noNetwork,
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['worker/**/*.test.ts'],
          exclude: ['worker/testing/structure/**'],
          setupFiles: ['./worker/testing/setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        oxc: { jsx: { importSource: 'preact' } },
        test: {
          name: 'node',
          include: [
            'local/**/*.test.ts',
            'web/**/*.test.{ts,tsx}',
            'bench/**/*.test.ts',
            'worker/testing/structure/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['./e2e/global.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          // One process and one browser for all files.
          isolate: false,
          expect: { poll: { timeout: 12_000 } },
        },
      },
    ],
  },
})
