import { dirname, join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare, NoOpLog } from 'miniflare'
import { readApp, readSidecar } from '#local/build.ts'
import { addressOf, settingsOf } from '#local/server.ts'
import { APP_NAME, appWorker, SIDECAR_NAME, sidecarWorker } from '#local/workers.ts'
import { scriptOf } from '../script.ts'
import type { Counts } from './worker.ts'

const MAIN =
  "import app from './index.js'\nimport { counted } from './counted.js'\nexport default counted(app)\n"

export type Counted = Awaited<ReturnType<typeof startCounted>>

/** Starts the built Worker behind a D1 binding that counts; for counts only, no time is taken of it. */
export async function startCounted(port: number, dataDir: string, state: string) {
  const app = readApp()
  const worker = appWorker(app, settingsOf(port, dataDir))
  const counted = await scriptOf(join(import.meta.dirname, 'worker.ts'))
  const added = (name: string, contents: string) => ({
    type: 'ESModule' as const,
    path: join(dirname(app.modules[0] ?? ''), name),
    contents,
  })
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...{ host: '127.0.0.1', port, cf: {}, log: new NoOpLog(), logRequests: false },
      handleStructuredLogs: () => {},
      resourcePersistencePath: join(dataDir, state, 'v3'),
      workers: [
        { ...worker, modules: [added('main.js', MAIN), added('counted.js', counted), ...worker.modules] },
        sidecarWorker(readSidecar(), app.options.compatibilityDate, () => Promise.resolve()),
      ],
    }),
  )
  await miniflare.ready
  const url = (await miniflare.unsafeGetDirectURL(SIDECAR_NAME)).origin
  return {
    url,
    /** Of its pages. */
    origin: addressOf(port),
    d1: () => miniflare.getD1Database('DB', APP_NAME),
    /** What was asked of D1 since the last call. */
    async counts(): Promise<Record<'fetch' | 'queue' | 'scheduled', Counts>> {
      return JSON.parse(await (await fetch(`${url}/counts`)).text())
    },
    send: async (messages: readonly unknown[]) => {
      const queue = await miniflare.getQueueProducer('JOBS', APP_NAME)
      await queue.sendBatch(messages.map((body) => ({ body })))
    },
    stop: () => miniflare.dispose(),
  }
}
