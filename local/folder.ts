import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure, reasonOf } from './failure.ts'
import { assertFree } from './ports.ts'
import { endLeftover, know } from './processes.ts'
import { assertWritable } from './writable.ts'

/** A run that was just told to end gets this long to do so. */
const PATIENCE_MS = 1_500

/** A lock lasts as long as its object, which must not be collected as garbage. */
const held: DatabaseSync[] = []

/** A folder of data that is ours alone until the process ends, however it ends. */
export interface Folder {
  /** Notes the runtime's process, so that the next run can end it should this one be killed. */
  noteRuntime: (pid: number) => void
}

/**
 * Makes the folder and the port ours.
 * @throws Failure when either is in use or out of reach
 */
export async function claim(dataDir: string, port: number): Promise<Folder> {
  let folder: Folder
  try {
    folder = lockFolder(dataDir)
  } catch (error) {
    // Started twice, the port is the better thing to name.
    await assertFree(port)
    throw error
  }
  // Only now: a runtime that a killed run left behind has been ended, and its port with it.
  await assertFree(port)
  keepScratchIn(dataDir)
  return folder
}

/**
 * Creates the folder if need be and locks it: two runtimes on one database would corrupt it. The lock is SQLite's, which
 * the operating system releases even after a kill -9.
 * @throws Failure when the folder cannot be written or is in use
 */
export function lockFolder(path: string): Folder {
  assertWritable(path)
  const lock = new DatabaseSync(join(path, 'lock.sqlite'), { timeout: PATIENCE_MS })
  try {
    lock.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      CREATE TABLE IF NOT EXISTS runtime (pid INTEGER NOT NULL, born TEXT NOT NULL);
      DELETE FROM runtime WHERE false`)
  } catch (error) {
    lock.close()
    if (error instanceof Error && /locked/.test(error.message)) {
      throw new Failure(`Entente runs with the data in ${path} already: stop it, or choose another DATA_DIR.`)
    }
    throw new Failure(`Cannot write to ${path}: ${reasonOf(error)}.`)
  }
  held.push(lock)
  for (const { pid, born } of lock.prepare('SELECT pid, born FROM runtime').all()) {
    endLeftover({ pid: Number(pid), born: String(born) })
  }
  lock.exec('DELETE FROM runtime')
  const note = lock.prepare('INSERT INTO runtime VALUES (?, ?)')
  return {
    noteRuntime: (pid) => {
      const known = know(pid)
      if (known) note.run(known.pid, known.born)
    },
  }
}

/** Nothing is left elsewhere on the machine, not even by a run that was killed. */
function keepScratchIn(dataDir: string) {
  const scratch = join(dataDir, 'tmp')
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  process.env.TMPDIR = scratch
}
