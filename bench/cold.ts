import { convertV4MiniflareOptions, Miniflare, NoOpLog } from 'miniflare'
import { readApp } from '#local/build.ts'
import { type Effort, interleaved, type Samples } from './measure.ts'
import { coldModules } from './sizes.ts'

const ADDRESS = 'http://localhost:8787'

/** Starts a new isolate for each request, as a machine does that has not served the app for a while. */
const STARTER = `
import { WorkerEntrypoint } from 'cloudflare:workers'
/** Stands where D1 would: the route that is asked does not ask it. */
export class Database extends WorkerEntrypoint { withSession() {} }
let started = 0
export default {
  async fetch(request, { LOADER, DB, VARS, DATE, MODULES }) {
    const main = new URL(request.url).pathname.slice(1)
    const worker = LOADER.get(main + ++started, () => ({
      compatibilityDate: DATE, compatibilityFlags: ['nodejs_compat'], mainModule: main, modules: MODULES, env: { ...VARS, DB },
    }))
    return worker.getEntrypoint().fetch('${ADDRESS}/api/sign-up')
  },
}`
const BARE = 'export default { fetch: () => Response.json({ open: true }) }'

/** Time from nothing to the first API answer of a new isolate: of the app, and of a bare Worker with the same files beside. */
export async function coldStarts(effort: Effort): Promise<{ app: Samples; bare: Samples }> {
  const { compatibilityDate } = readApp().options
  const VARS = { APP_URL: ADDRESS, OTHER_ORIGINS: '', SIGNUP: 'open', AUTH_SECRET: 'of no use'.repeat(5) }
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...{ host: '127.0.0.1', port: 0, cf: {}, log: new NoOpLog(), handleStructuredLogs: () => {} },
      workers: [
        {
          ...{ name: 'starter', modules: true, script: STARTER, compatibilityDate },
          compatibilityFlags: ['experimental'],
          workerLoaders: { LOADER: {} },
          serviceBindings: { DB: { name: 'starter', entrypoint: 'Database' } },
          bindings: { VARS, DATE: compatibilityDate ?? '', MODULES: { ...coldModules(), 'bare.js': BARE } },
        },
      ],
    }),
  )
  const url = await miniflare.ready
  const ask = (main: string) => async () => {
    const answer = await fetch(new URL(main, url))
    if (!answer.ok) throw new Error(`The cold start failed: ${await answer.text()}`)
    await answer.text()
  }
  try {
    await interleaved({ ...effort, rounds: 1 }, [ask('index.js'), ask('bare.js')])
    const [app, bare] = await interleaved(effort, [ask('index.js'), ask('bare.js')])
    if (!app || !bare) throw new Error('Nothing was started.')
    return { app, bare }
  } finally {
    await miniflare.dispose()
  }
}
