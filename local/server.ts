import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, NoOpLog } from 'miniflare'
import type { Mail } from '#local/sidecar/mail.ts'
import { type BuiltApp, buildIfChanged, isBuilt, readApp, readSidecar } from './build.ts'
import { codeOf } from './failure.ts'
import { migrate, readMigrations } from './migrate.ts'
import { at } from './paths.ts'
import { freePort, inUse } from './ports.ts'
import { watchStarts } from './processes.ts'
import { secretOf } from './secret.ts'
import { APP_NAME, appWorker, runCrons, SIDECAR_NAME, sidecarWorker } from './workers.ts'

export interface LocalOptions {
  /** 0 takes one that is free. */
  port: number
  dataDir: string
  /** Folder of the databases, inside `dataDir`. */
  state?: string
  /** Where each request of the Worker goes instead of to its own address. */
  outbound?: string | undefined
  /** Settings that differ from those of a local run: SIGNUP, MAIL_FROM ... */
  vars?: Record<string, string>
  say?: (line: string) => void
  /** A line that the Worker logs; without it, the runtime keeps quiet too. */
  log?: (level: string, line: string) => void
  /** The runtime's process, after each start and restart. */
  onRuntime?: (pid: number) => void
}

export type Local = Awaited<ReturnType<typeof startLocal>>

/**
 * Starts the built Worker (builds it first if its sources changed) with database, queues, mailbox and static assets, all
 * kept in `dataDir`, after running the migrations.
 */
export async function startLocal(options: LocalOptions) {
  await buildIfChanged(options.say)
  const app = readApp()
  const port = options.port || (await freePort())
  const runtime = watchRuntime(port, options.onRuntime)
  const miniflare = new Miniflare(toMiniflare(app, port, options, runtime.restarted))
  try {
    await miniflare.ready
    await migrate(await miniflare.getD1Database('DB', APP_NAME), readMigrations(at('migrations')))
  } catch (error) {
    runtime.unwatch()
    await miniflare.dispose().catch(() => {})
    throw codeOf(error) === 'ERR_ADDRESS_IN_USE' ? inUse(port) : error
  }
  const url = addressOf(port)
  return {
    url,
    /** The app alone, for benchmarks: no /dev/, no static assets, no compression, no CF-Connecting-IP of its own. */
    directUrl: (await miniflare.unsafeGetDirectURL(SIDECAR_NAME)).origin,
    /** The app's database; to be asked for again after a `kill`. */
    d1: () => miniflare.getD1Database('DB', APP_NAME),
    /** Newest first. */
    async mails(to?: string): Promise<Mail[]> {
      const query = to === undefined ? '' : `?${new URLSearchParams({ to })}`
      const { items }: { items: Mail[] } = JSON.parse(
        await (await fetch(`${url}/dev/mail.json${query}`)).text(),
      )
      return items
    },
    /** Runs the scheduled handler now. */
    tick: () => runCrons(miniflare, app.options.cronTriggers ?? []),
    /** `kill -9` of the runtime; resolves when a new one serves the same data on the same ports. */
    kill: () => runtime.kill(),
    async stop() {
      runtime.unwatch()
      await miniflare.dispose()
    },
  }
}

/** Brings the database up to date without starting the app, and with any build of it: a later one may be broken yet. */
export async function migrateOnly(dataDir: string) {
  if (!isBuilt()) await buildIfChanged()
  const { d1Databases } = readApp().options
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: 'export default {}',
      cf: {},
      resourcePersistencePath: storeOf(dataDir),
      ...(d1Databases && { d1Databases }),
    }),
  )
  try {
    await migrate(await miniflare.getD1Database('DB'), readMigrations(at('migrations')))
  } finally {
    await miniflare.dispose()
  }
}

/** Where `wrangler d1 ... --local --persist-to .data/state` looks, too. */
const storeOf = (dataDir: string, state = 'state') => join(dataDir, state, 'v3')

export const addressOf = (port: number) => `http://localhost:${port}`

/** The app's settings in a local run. */
export const settingsOf = (port: number, dataDir: string) => ({
  APP_URL: addressOf(port),
  OTHER_ORIGINS: `http://127.0.0.1:${port}`,
  SIGNUP: 'open',
  AUTH_SECRET: secretOf(dataDir),
})

function toMiniflare(app: BuiltApp, port: number, options: LocalOptions, restarted: () => void) {
  const { dataDir, outbound, log } = options
  const vars = { ...settingsOf(port, dataDir), ...options.vars }
  const crons = app.options.cronTriggers ?? []
  return convertV4MiniflareOptions({
    host: '127.0.0.1',
    port,
    // Given, so that Miniflare does not look up on the network where this machine stands.
    cf: {},
    log: log ? new Log(LogLevel.WARN) : new NoOpLog(),
    logRequests: false,
    handleStructuredLogs: ({ level, message }) => log?.(level, message),
    unsafeHandleRuntimeRestart: restarted,
    resourcePersistencePath: storeOf(dataDir, options.state),
    workers: [
      appWorker(app, vars, outbound),
      sidecarWorker(
        readSidecar(),
        app.options.compatibilityDate,
        (miniflare) => runCrons(miniflare, crons),
        outbound,
      ),
    ],
  })
}

/** Follows the runtime's process, which Miniflare replaces by itself when it dies. */
function watchRuntime(port: number, tell: (pid: number) => void = () => {}) {
  let current: number | undefined
  let restarted = () => {}
  const unwatch = watchStarts(`--socket-addr=entry=127.0.0.1:${port}`, (pid) => {
    current = pid
    tell(pid)
  })
  return {
    unwatch,
    restarted: () => restarted(),
    async kill() {
      const { promise, resolve } = Promise.withResolvers<void>()
      restarted = resolve
      if (current === undefined) throw new Error('No runtime to kill.')
      process.kill(current, 'SIGKILL')
      await promise
    },
  }
}
