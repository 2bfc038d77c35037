import { expect, test } from 'vitest'
import * as z from 'zod'
import { textOf } from './sources.ts'

const Versions = z.record(z.string(), z.string())
const manifest = z
  .object({ dependencies: Versions, devDependencies: Versions, overrides: Versions })
  .parse(JSON.parse(textOf('package.json')))
const lockText = textOf('package-lock.json')
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        resolved: z.string().optional(),
        link: z.boolean().optional(),
        dependencies: Versions.optional(),
        devDependencies: Versions.optional(),
      }),
    ),
  })
  .parse(JSON.parse(lockText))

/** Every version of a package that an installation brings, wherever it stands. */
const versionsOf = (name: string) =>
  new Set(
    Object.entries(lock.packages)
      .filter(([path]) => path.endsWith(`node_modules/${name}`))
      .map(([, { version }]) => version ?? ''),
  )

const numbers = (version: string) => version.split('-')[0]?.split('.').map(Number) ?? []
function isAtLeast(version: string, least: string) {
  const given = numbers(version)
  const wanted = numbers(least)
  const at = wanted.findIndex((part, index) => part !== given[index])
  return at === -1 || (given[at] ?? 0) > (wanted[at] ?? 0)
}

/** Below these, advisories that touch us are open. */
const LEAST = { hono: '4.12.25', preact: '10.28.2', 'drizzle-orm': '0.45.2', 'better-auth': '1.6.11' }

test.each(Object.entries(LEAST))('%s is newer than its known holes', (name, least) => {
  const versions = [...versionsOf(name)]
  expect(versions).toHaveLength(1)
  expect(versions.filter((version) => !isAtLeast(version, least))).toEqual([])
})

test.each([
  ['4.12.24', '4.12.25', false],
  ['4.12.25', '4.12.25', true],
  ['4.9.99', '4.12.25', false],
  ['4.13.0', '4.12.25', true],
  ['5.0.0-beta.1', '4.12.25', true],
  ['3.99.99', '4.12.25', false],
])('%s against %s', (version, least, enough) => {
  expect(isAtLeast(version, least)).toBe(enough)
})

test('tests, builds and local runs share one workerd', () => {
  expect([...versionsOf('workerd')]).toEqual([manifest.overrides.workerd])
  const platforms = Object.entries(lock.packages).filter(([path]) => /\/@cloudflare\/workerd-/.test(path))
  expect(platforms.length).toBeGreaterThan(0)
  expect(new Set(platforms.map(([, { version }]) => version))).toEqual(versionsOf('workerd'))
})

test('every dependency is named with its exact version', () => {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies }
  const loose = Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
  expect(loose).toEqual([])
})

test('the lockfile holds what the manifest asks for', () => {
  const { dependencies, devDependencies } = lock.packages[''] ?? {}
  expect({ ...dependencies, ...devDependencies }).toEqual({
    ...manifest.dependencies,
    ...manifest.devDependencies,
  })
  for (const [name, version] of Object.entries(manifest.dependencies))
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version)
})

test('the lockfile names no host to install from', () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
  expect(lockText).not.toMatch(/"https?:\/\/[^"]*\.tgz"|"(?:git|ssh|file)[+:][^"]*"/)
})
