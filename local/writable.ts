import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, reasonOf } from './failure.ts'

/**
 * Makes the folder if need be.
 * @throws Failure when nothing can be written there
 */
export function assertWritable(path: string) {
  try {
    mkdirSync(path, { recursive: true })
    accessSync(path, constants.W_OK)
    // Only writing tells on a read-only mount.
    const probe = join(path, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new Failure(`Cannot write to ${path}: ${reasonOf(error)}.`)
  }
}
