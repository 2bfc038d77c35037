import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfChanged } from '#local/build.ts'
import { type LocalOptions, startLocal } from '#local/server.ts'
import { loadDemo } from './load.ts'

export const STATE = 'state'
const UNFINISHED = 'state-unfinished'
const MARK = 'demo'

export const hasDemo = (dataDir: string) => existsSync(join(dataDir, STATE, MARK))

/**
 * Makes the databases, unless they are there. They are filled under another name and on no public port, and renamed once
 * complete: an interrupted start leaves nothing to repair, and whoever finds the port open finds the demo behind it.
 */
export async function prepareState({ demo, ...options }: LocalOptions & { demo: boolean }) {
  if (existsSync(join(options.dataDir, STATE))) return
  await buildIfChanged(options.say)
  const unfinished = join(options.dataDir, UNFINISHED)
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  if (demo) {
    options.say?.('Loading the demo ...')
    const local = await startLocal({ ...options, port: 0, state: UNFINISHED })
    try {
      await loadDemo(local)
    } finally {
      await local.stop()
    }
    // The mails that opened the accounts: their links are used up.
    rmSync(join(unfinished, 'v3', 'do'), { recursive: true, force: true })
    writeFileSync(join(unfinished, MARK), '')
  }
  renameSync(unfinished, join(options.dataDir, STATE))
}
