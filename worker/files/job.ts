import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { among, change, rows, shared } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import type { Log } from '#worker/http/log.ts'

/** Most keys that R2 deletes in one call. */
const DELETE_MAX = 1_000
/** Calls of one run; what is left comes a minute later. */
const CALLS_MAX = 10

const Stray = z.object({ key: z.string() })

/** One of the objects that are to be deleted by now, if there are any. */
export const dueFiles = (now: number) =>
  shared(rows(Stray, sql`select key from stray_files where due_at <= ${now} limit 1`))

/** Whether a batch that ended with `dueFiles` found one. */
export const anyDue = (results: readonly unknown[]) => {
  const found = results.at(-1)
  return Array.isArray(found) && found.length > 0
}

/**
 * Deletes the objects that nobody holds any more. Their rows go last: what fails in between is done again, and to delete
 * an object that is gone is no failure.
 */
export async function deleteStrays({ FILES }: Env, db: Database, now: number, log: Log) {
  for (let calls = 0; calls < CALLS_MAX; calls++) {
    const taken = await db.run(
      rows(
        Stray,
        sql`update stray_files set taken_at = ${now}
          where key in (select key from stray_files where due_at <= ${now} order by due_at limit ${DELETE_MAX})
          returning key`,
      ),
    )
    if (taken.length === 0) return
    const keys = taken.map(({ key }) => key)
    await FILES.delete(keys)
    await db.run(change(sql`delete from stray_files where key in ${among(keys)}`))
    log('files_deleted', { files: keys.length })
    if (keys.length < DELETE_MAX) return
  }
}
