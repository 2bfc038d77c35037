import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { row, type Statement, unless } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'

const none = sql`not exists (select 1 from organizations)`

/** Whether this deployment takes another organisation, as `SIGNUP` says. */
export async function mayFound(env: Env, db: Database): Promise<boolean> {
  if (env.SIGNUP !== 'first') return env.SIGNUP === 'open'
  const found = await db.run(row(z.object({ none: z.number() }), sql`select ${none} as none`))
  return found?.none === 1
}

/** In the batch that founds: ends it when somebody else was first. */
export function unlessTooLate(env: Env): Statement[] {
  if (env.SIGNUP === 'open') return []
  return [env.SIGNUP === 'first' ? unless(sql`select 1 where ${none}`) : unless(sql`select 1 where false`)]
}
