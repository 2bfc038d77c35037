import { build, type Plugin } from 'vite'

const QUERY = /\?compiled$/
const PREFIX = '\0compiled:'
/** Browsers of 2025, as in `vite.config.ts`: nesting and `light-dark()` stay as written. */
const BROWSERS = ['chrome125', 'safari18', 'firefox128']

/**
 * `import { text } from './script.ts?compiled'`: a script or a style sheet as the text that a browser gets, for pages that
 * carry theirs within them.
 */
export function inline(): Plugin {
  return {
    name: 'entente:inline',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!QUERY.test(source)) return null
      const resolved = await this.resolve(source.replace(QUERY, ''), importer, { skipSelf: true })
      // The ending hides from other plugins that this is a style sheet.
      return resolved && `${PREFIX}${resolved.id}.js`
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return null
      const path = id.slice(PREFIX.length, -'.js'.length)
      this.addWatchFile(path)
      return `export const text = ${JSON.stringify(await compiled(path))}`
    },
  }
}

/** Minified, and by itself: whatever a script imported would be part of it. */
export async function compiled(path: string): Promise<string> {
  const isSheet = path.endsWith('.css')
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      cssTarget: BROWSERS,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: path, output: { format: isSheet ? 'es' : 'iife' } },
    },
  })
  if (!('output' in built)) throw new Error(`${path} was not built.`)
  for (const part of built.output) {
    if (isSheet && part.type === 'asset' && part.fileName.endsWith('.css')) return String(part.source).trim()
    if (!isSheet && part.type === 'chunk') return part.code.trim()
  }
  throw new Error(`${path} was not built.`)
}
