/** `npm run dev`: the same app with hot reload, on the same data. Queues and crons run; OUTBOUND does not apply. */
import { join } from 'node:path'
import { cloudflare, type PluginConfig } from '@cloudflare/vite-plugin'
import { preact } from '@preact/preset-vite'
import { createServer } from 'vite'
import { hasDemo, prepareState, STATE } from '#local/demo/state.ts'
import { QUIET } from './build.ts'
import { serve } from './ending.ts'
import { claim } from './folder.ts'
import { everyMinute } from './minute.ts'
import { ROOT } from './paths.ts'
import { addressOf, migrateOnly, settingsOf } from './server.ts'
import { readSettings } from './settings.ts'
import { welcome } from './welcome.ts'

serve(async () => {
  const { port, dataDir, demo } = readSettings(process.env)
  const { noteRuntime } = await claim(dataDir, port)
  await prepareState({ port, dataDir, demo, say: console.log, onRuntime: noteRuntime })
  await migrateOnly(dataDir)
  // Nor does Miniflare look up on the network where this machine stands.
  Object.assign(process.env, QUIET, { CLOUDFLARE_CF_FETCH_ENABLED: 'false' })
  const server = await createServer({
    root: ROOT,
    configFile: false,
    plugins: [preact(), cloudflare(bindings(port, dataDir))],
    server: { host: '127.0.0.1', port, strictPort: true },
  })
  await server.listen()
  const url = addressOf(port)
  everyMinute(() => fetch(`${url}/dev/cron`, { method: 'POST' }))
  console.log(welcome({ url, dataDir, demo: hasDemo(dataDir) }))
})

/** What `workers.ts` does for the built app, in the words of wrangler's configuration. */
function bindings(port: number, dataDir: string): PluginConfig {
  return {
    inspectorPort: false,
    remoteBindings: false,
    persistState: { path: join(dataDir, STATE) },
    config: ({ vars, assets }) => ({
      main: 'local/sidecar/dev.ts',
      // Modules that Vite serves are not the Worker's to refuse.
      assets: { ...assets, run_worker_first: false },
      vars: { ...vars, ...settingsOf(port, dataDir) },
      send_email: [],
      services: [
        { binding: 'EMAIL', service: 'sidecar', entrypoint: 'Outbox' },
        { binding: 'SIDECAR', service: 'sidecar' },
      ],
    }),
    auxiliaryWorkers: [
      {
        devOnly: true,
        config: (_config, { entryWorkerConfig: { compatibility_date } }) => ({
          name: 'sidecar',
          main: 'local/sidecar/index.ts',
          compatibility_date,
          durable_objects: { bindings: [{ name: 'MAILBOX', class_name: 'Mailbox' }] },
          migrations: [{ tag: 'v1', new_sqlite_classes: ['Mailbox'] }],
        }),
      },
    ],
  }
}
