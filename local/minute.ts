import { describe } from './failure.ts'

const MINUTE = 60_000

/** On the minute, as cron does: no local runtime runs a schedule by itself. */
export function everyMinute(run: () => Promise<unknown>) {
  setTimeout(
    () => {
      everyMinute(run)
      run().catch((error: unknown) => console.error(`The scheduled handler failed: ${describe(error)}`))
    },
    MINUTE - (Date.now() % MINUTE),
  )
}
