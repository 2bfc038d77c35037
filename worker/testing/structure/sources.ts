/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')

/** The text of a file by its path in the repository. */
export const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** Every source file of the product by its path in the repository, as text. */
export const SOURCES: ReadonlyMap<string, string> = new Map(
  ['worker', 'web', 'local']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => /\.(?:tsx?|mjs|css|html)$/.test(path))
    .sort()
    .map((path) => [path, textOf(path)]),
)

export const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith('worker/testing/')

/** What a file imports: another file by its path in the repository, or a package by its name. */
export interface Import {
  readonly from: string
  readonly names: string
  /** Vanishes when compiled. */
  readonly typeOnly: boolean
}

// Exact because `verbatimModuleSyntax` makes every import of types say so, and Biome sets one form of writing.
const STATEMENT = /^(?:import|export)\s+(?:(type)\s+)?(?:([\w*{][^'";]*?)\s+from\s+)?'([^']+)'/gm
const DYNAMIC = /\bimport\(\s*'([^']+)'/g
const GLOB = /\bimport\.meta\.glob\b/

export function importsOf(path: string, source: string): Import[] {
  const fixed = [...source.matchAll(STATEMENT)].map(([, type, names, from]) => ({
    from: resolved(path, from ?? ''),
    names: names ?? '',
    typeOnly: type === 'type',
  }))
  const late = [...source.matchAll(DYNAMIC)].map(([, from]) => ({
    from: resolved(path, from ?? ''),
    names: '*',
    typeOnly: false,
  }))
  const many = GLOB.test(source) ? [{ from: 'import.meta.glob', names: '*', typeOnly: false }] : []
  return [...fixed, ...late, ...many]
}

function resolved(path: string, from: string) {
  const bare = from.replace(/\?.*$/, '')
  if (bare.startsWith('#')) return bare.slice(1)
  if (!bare.startsWith('.')) return bare
  return new URL(bare, `file:///${path}`).pathname.slice(1)
}

/** What each file of the product imports, apart from tests. */
export const IMPORTS: ReadonlyMap<string, Import[]> = new Map(
  [...SOURCES]
    .filter(([path]) => /\.(tsx?|mjs)$/.test(path) && !isTest(path))
    .map(([path, source]) => [path, importsOf(path, source)]),
)
