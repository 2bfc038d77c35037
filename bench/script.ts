import { readFileSync } from 'node:fs'
import { transformWithOxc } from 'vite'

/** A module for the runtime, which knows no TypeScript. */
export const scriptOf = async (path: string) =>
  (await transformWithOxc(readFileSync(path, 'utf8'), path)).code
