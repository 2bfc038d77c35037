import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import packed, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { Failure } from '#local/failure.ts'
import { at } from '#local/paths.ts'

/** A browser on this machine, and what it needs in its environment. */
export interface BrowserProgram {
  path: string
  env: Record<string, string>
}

const PACKED = at('node_modules/@sparticuz/chromium/bin')
/** Unpacked once for each installation; npm empties node_modules before it brings another version. */
const UNPACKED = at('node_modules/.cache/browser')
/** Not the package's own, which switch off what keeps sites apart: tests of that would lie. */
const ARGS = ['--no-sandbox', '--headless=shell', '--disable-gpu']

/**
 * `CHROME_PATH`, or the browser that npm brought along.
 * @throws Failure where the latter does not run
 */
export async function findBrowser(): Promise<BrowserProgram> {
  if (process.env.CHROME_PATH) return { path: process.env.CHROME_PATH, env: {} }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Failure('No browser comes along for this machine: set CHROME_PATH to a Chrome or Chromium.')
  if (!existsSync(UNPACKED)) await unpack()
  return {
    path: join(UNPACKED, 'chromium'),
    env: {
      // Libraries that a machine without a desktop lacks.
      LD_LIBRARY_PATH: join(UNPACKED, 'al2023', 'lib'),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(UNPACKED, 'fonts') }),
    },
  }
}

export const launch = ({ path, env }: BrowserProgram): Promise<Browser> =>
  chromium.launch({ executablePath: path, args: ARGS, env: { ...process.env, ...env } })

/** Under another name first: what an interrupted run leaves behind never counts as a browser. */
async function unpack() {
  const unfinished = `${UNPACKED}-${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  const before = process.env.TMPDIR
  // The package unpacks into the folder for temporary files.
  process.env.TMPDIR = unfinished
  try {
    await packed.executablePath()
    await inflate(join(PACKED, 'al2023.tar.br'))
    if (!existsSync(UNPACKED)) renameSync(unfinished, UNPACKED)
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(unfinished, { recursive: true, force: true })
  }
}
