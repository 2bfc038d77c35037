import { dirname } from 'node:path'
import { type Miniflare, type Request, Response, type V4WorkerOptions } from 'miniflare'
import type { BuiltApp } from './build.ts'
import { describe } from './failure.ts'

export const APP_NAME = 'entente'
export const SIDECAR_NAME = 'sidecar'

/** The app exactly as built; only what it is bound to differs from a deployment. */
export function appWorker({ options, modules }: BuiltApp, vars: Record<string, string>, outbound?: string) {
  return {
    ...options,
    name: APP_NAME,
    // From their folder on, as they import each other.
    modulesRoot: dirname(modules[0] ?? ''),
    modules: modules.map((path) => ({ type: 'ESModule' as const, path })),
    bindings: { ...options.bindings, ...vars },
    serviceBindings: { ...options.serviceBindings, EMAIL: { name: SIDECAR_NAME, entrypoint: 'Outbox' } },
    stripCfConnectingIp: false,
    ...(outbound && { outboundService: { name: SIDECAR_NAME, entrypoint: 'Outbound' } }),
  } satisfies V4WorkerOptions
}

/** The Worker under /dev/, and the app's mailbox and way out. */
export function sidecarWorker(
  script: string,
  compatibilityDate: string | undefined,
  runCron: (miniflare: Miniflare) => Promise<void>,
  outbound?: string,
) {
  return {
    name: SIDECAR_NAME,
    compatibilityDate,
    modules: true,
    script,
    routes: ['*/dev/*'],
    bindings: { OUTBOUND: outbound ?? '' },
    durableObjects: { MAILBOX: { className: 'Mailbox', useSQLite: true } },
    serviceBindings: {
      CRON: async (_request: Request, miniflare: Miniflare) => {
        try {
          await runCron(miniflare)
          return new Response('The scheduled handler ran.\n')
        } catch (error) {
          return new Response(`${describe(error)}\n`, { status: 500 })
        }
      },
    },
    stripCfConnectingIp: false,
    // Past Miniflare's entry, assets and router: a benchmark measures the app, not what stands before it.
    unsafeDirectSockets: [{ serviceName: APP_NAME, host: '127.0.0.1', port: 0 }],
  } satisfies V4WorkerOptions
}

/** Runs the scheduled handler now, for each of its schedules. */
export async function runCrons(miniflare: Miniflare, crons: string[]) {
  const worker = await miniflare.getWorker(APP_NAME)
  for (const cron of crons) {
    const { outcome } = await worker.scheduled({ cron, scheduledTime: new Date() })
    if (outcome !== 'ok') throw new Error(`The scheduled handler ended with "${outcome}".`)
  }
}
