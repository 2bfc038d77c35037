import { describe } from './failure.ts'

/**
 * Runs a program that serves until it is told to stop. An error becomes one line and status 1; Ctrl-C and a SIGTERM end
 * it with status 0, at once: the runtime ends with us, and what it acknowledged is on disk.
 */
export function serve(main: () => Promise<void>) {
  // Before Miniflare listens for them, too, and leaves with another status.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0))
  if (process.env.npm_lifecycle_event) endWithParent()
  main().catch((error: unknown) => {
    console.error(`entente: ${describe(error)}`)
    process.exit(1)
  })
}

/** npm hands SIGTERM on to the shell between us, which does not hand it on. */
function endWithParent() {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.exit(0), 300).unref()
}
