import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { readApp } from '#local/build.ts'
import { at } from '#local/paths.ts'

/** Bytes of the build, compressed as they travel. */
export interface Sizes {
  /** All of the Worker's modules. */
  worker: number
  /** What stands evaluated before the first API answer: the main module and what it imports at once. */
  cold: number
  /** The admin app's scripts up to its first page, the partner table. */
  admin: number
}

export function sizes(): Sizes {
  const { modules } = readApp()
  const gzip = (paths: Iterable<string>) => total(paths, gzipSync)
  const page = readFileSync(at('dist/client/web/admin/index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) =>
    at('dist/client', path),
  )
  if (scripts.length === 0) throw new Error('The page of the admin app names no script.')
  return {
    worker: gzip(modules),
    cold: gzip(imported(modules.slice(0, 1))),
    admin: total(imported(scripts), brotliCompressSync),
  }
}

const total = (paths: Iterable<string>, compress: (bytes: Buffer) => Buffer) =>
  [...paths].reduce((sum, path) => sum + compress(readFileSync(path)).length, 0)

/** These modules and all that they import at once, not what they load when it is needed. */
function imported(entries: readonly string[]): Set<string> {
  const found = new Set(entries)
  for (const path of found)
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g))
      found.add(join(dirname(path), name))
  return found
}

/** The modules of a cold start by their names in the build, the main one first. */
export function coldModules(): Record<string, string> {
  const { modules } = readApp()
  const [main = ''] = modules
  const read = (path: string) => [relative(dirname(main), path), readFileSync(path, 'utf8')]
  return Object.fromEntries([...imported([main])].map(read))
}
