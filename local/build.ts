import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { V4WorkerOptionsShape } from 'miniflare'
import { Failure, firstLine } from './failure.ts'
import { at, ROOT } from './paths.ts'
import { assertWritable } from './writable.ts'

export const SIDECAR = at('dist/local/sidecar.js')
export const APP = at('dist/local/app.json')
/** What the build was made from; written last, so that half a build never counts as one. */
const STAMP = at('dist/local/sources.sha256')

/** The tools neither report that they were used nor write logs into the home folder. */
export const QUIET = { WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false' }

const BUILD_TIMEOUT_MS = 120_000

const SOURCES = [
  'worker',
  'web',
  'local/sidecar',
  'local/bundle.ts',
  'local/compile.ts',
  'local/inline.ts',
  'vite.config.ts',
  'wrangler.toml',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
]

/** The built Worker, as Miniflare takes it. */
export interface BuiltApp {
  options: V4WorkerOptionsShape
  /** Absolute paths, the main module first. */
  modules: string[]
}

/**
 * Builds for production unless the last build was made from the same sources.
 * @throws Failure with the first line of what the build complained about
 */
export async function buildIfChanged(say: (line: string) => void = () => {}) {
  const fingerprint = fingerprintOf(SOURCES)
  const isCurrent = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint
  if (isCurrent()) return
  say('Building ...')
  assertWritable(at('dist/local'))
  // One at a time: a test run and a start may both find the sources changed.
  const turn = new DatabaseSync(at('dist/local/turn.sqlite'), { timeout: BUILD_TIMEOUT_MS })
  try {
    turn.exec('BEGIN EXCLUSIVE')
    if (isCurrent()) return
    rmSync(STAMP, { force: true })
    await compile()
    writeFileSync(STAMP, fingerprint)
  } finally {
    turn.close()
  }
}

/** Whether there is a build at all, be it of older sources. */
export const isBuilt = () => existsSync(APP)

export const readSidecar = () => readFileSync(SIDECAR, 'utf8')

export const readApp = (): BuiltApp => JSON.parse(readFileSync(APP, 'utf8'))

/** Paths count too: a build holds absolute ones, so a copied project builds anew. */
export function fingerprintOf(paths: string[]): string {
  const hash = createHash('sha256').update(ROOT)
  for (const path of paths.flatMap(filesIn).sort()) hash.update(`\0${path}\0`).update(readFileSync(at(path)))
  return hash.digest('hex')
}

function filesIn(path: string): string[] {
  if (!statSync(at(path)).isDirectory()) return [path]
  return readdirSync(at(path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
}

function compile() {
  return new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [at('local/compile.ts')], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', ...QUIET },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Failure(`The build failed (npm run build shows more): ${complaint(output)}`)),
    )
  })
}

const complaint = (output: string) =>
  output
    .split('\n')
    .map(firstLine)
    .find((line) => /error/i.test(line)) ?? firstLine(output)
