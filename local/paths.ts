import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '..')

/** A path of the project, from its root. */
export const at = (...parts: string[]) => resolve(ROOT, ...parts)
