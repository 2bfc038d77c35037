/**
 * `node local/compile.ts`: builds everything that a local run needs. A program of its own, because the tools that it
 * loads would otherwise stay in the memory of a server that runs for weeks.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { createBuilder } from 'vite'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { APP, type BuiltApp, SIDECAR } from './build.ts'
import { bundleSidecar } from './bundle.ts'
import { at, ROOT } from './paths.ts'

writeFileSync(SIDECAR, await bundleSidecar())
const app = await createBuilder({ root: ROOT, logLevel: 'warn' })
await app.buildApp()
writeFileSync(APP, JSON.stringify(describeApp()))

/** wrangler knows how each line of its configuration reads in Miniflare: bindings, queues, static assets. */
function describeApp(): BuiltApp {
  const { workerOptions, main } = unstable_getMiniflareWorkerOptions(at('dist/entente/wrangler.json'))
  if (!main) throw new Error('The build has no main module.')
  // The first module is the main one; mail goes to the mailbox instead of a file.
  const { modulesRules: _rules, rootPath: _root, email: _email, ...options } = workerOptions
  const others = readdirSync(at('dist/entente'), { recursive: true, encoding: 'utf8' })
    .map((name) => at('dist/entente', name))
    .filter((path) => /\.m?js$/.test(path) && path !== main)
  return { options, modules: [main, ...others] }
}
