import { build } from 'vite'
import { at, ROOT } from './paths.ts'

/** The sidecar as one module, for the runtime that knows no TypeScript. */
export async function bundleSidecar(): Promise<string> {
  const built = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    ssr: { target: 'webworker', noExternal: true },
    build: {
      ssr: at('local/sidecar/index.ts'),
      write: false,
      rolldownOptions: { external: [/^cloudflare:/] },
    },
  })
  if (!('output' in built)) throw new Error('The sidecar was not built.')
  return built.output[0].code
}
