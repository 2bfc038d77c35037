import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare, NoOpLog } from 'miniflare'
import { readApp } from '#local/build.ts'
import { freePort } from '#local/ports.ts'
import { watchStarts } from '#local/processes.ts'
import { scriptOf } from '../script.ts'

const NAME = 'floor'

/** Starts the bare Worker on databases of its own: a copy of the app's, since one file takes one runtime. */
export async function startFloor(folder: string, bindings: Record<string, string>) {
  const port = await freePort()
  const script = await scriptOf(join(import.meta.dirname, 'worker.ts'))
  let pid = 0
  const unwatch = watchStarts(`--socket-addr=entry=127.0.0.1:${port}`, (started) => (pid = started))
  const { compatibilityDate, compatibilityFlags, d1Databases } = readApp().options
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port,
      cf: {},
      log: new NoOpLog(),
      logRequests: false,
      resourcePersistencePath: join(folder, 'v3'),
      workers: [
        {
          ...{ name: NAME, compatibilityDate, compatibilityFlags, d1Databases, bindings },
          modules: true,
          script: `${script}\nexport default { fetch: answer }\n`,
          unsafeDirectSockets: [{ serviceName: NAME, host: '127.0.0.1', port: 0 }],
        },
      ],
    }),
  )
  await miniflare.ready
  return {
    url: (await miniflare.unsafeGetDirectURL(NAME)).origin,
    pid: () => pid,
    async stop() {
      unwatch()
      await miniflare.dispose()
    },
  }
}
