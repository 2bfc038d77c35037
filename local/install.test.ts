import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { at } from './paths.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-'))
  lock('package-lock.json', { '': {}, 'node_modules/hono': { version: '4.13.19' } })
})
afterEach(() => rmSync(folder, { recursive: true }))

const lock = (file: string, packages: Record<string, unknown>) =>
  writeFileSync(join(folder, file), JSON.stringify({ packages }))

function installed(packages: Record<string, unknown>) {
  mkdirSync(join(folder, 'node_modules'))
  lock('node_modules/.package-lock.json', packages)
}

/** Runs the check with an npm that leaves a note instead of installing. */
function check({
  npm = 'require("fs").writeFileSync("asked", process.argv.slice(2).join(" "))',
  node = '',
} = {}) {
  const script = join(folder, 'npm.cjs')
  writeFileSync(script, npm)
  const pretend = node ? ['--import', `data:text/javascript,${encodeURIComponent(pretendToBe(node))}`] : []
  const run = spawnSync(process.execPath, [...pretend, at('local/install.mjs')], {
    cwd: folder,
    env: { ...process.env, npm_execpath: script },
    encoding: 'utf8',
  })
  return { ...run, asked: existsSync(join(folder, 'asked')) }
}

const pretendToBe = (version: string) =>
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`

test('a fresh clone is installed', () => {
  const { asked, status, stdout } = check()
  expect({ asked, status }).toEqual({ asked: true, status: 0 })
  expect(stdout).toBe('Installing what is missing (about a minute the first time) ...\n')
})

test('what is installed as the lock file says is left alone, without a word', () => {
  installed({ 'node_modules/hono': { version: '4.13.19' } })
  expect(check()).toMatchObject({ asked: false, status: 0, stdout: '', stderr: '' })
})

test('another version in the lock file is installed', () => {
  installed({ 'node_modules/hono': { version: '4.13.18' } })
  expect(check().asked).toBe(true)
})

test('packages for other platforms are not missed', () => {
  lock('package-lock.json', { '': {}, 'node_modules/other-platform': { version: '1.0.0', optional: true } })
  installed({})
  expect(check().asked).toBe(false)
})

test('a Node that is too old is named in one line', () => {
  const { asked, status, stderr } = check({ node: '18.20.4' })
  expect({ asked, status }).toEqual({ asked: false, status: 1 })
  expect(stderr).toBe('entente: Node 20 or newer is needed; this is Node 18.20.4.\n')
})

test('an older Node waits for the one that the project brings along', () => {
  installed({ 'node_modules/hono': { version: '4.13.19' } })
  const { asked, stderr } = check({ node: '20.11.0' })
  expect(asked).toBe(true)
  expect(stderr).toMatch(/^entente: The Node that the project brings along does not run: .+\n$/)
})

test('what npm complains about comes out in one line', () => {
  const npm = `console.error('npm error code ENOTFOUND\\nnpm error syscall getaddrinfo\\nnpm error network is down\\n')
    process.exit(1)`
  expect(check({ npm })).toMatchObject({
    status: 1,
    stderr: 'entente: npm could not install: network is down\n',
  })
})
