import { env } from 'cloudflare:workers'
import { hashPassword } from 'better-auth/crypto'
import { forgetForm } from '#worker/applications/published.ts'
import { tokenFor } from '#worker/applications/token.ts'
import { sha256 } from '#worker/http/secrets.ts'
import { readColumns } from '#worker/testing/catalogue.ts'
import type { TestWorker } from '#worker/testing/harness.ts'
import { png } from '#worker/testing/images.ts'
import { PASSWORD, signedCookie } from '#worker/testing/people.ts'
import type { Row } from './row.ts'
import { rowsOf } from './rows.ts'
import { type Ids, type Login, newSide, type Side } from './side.ts'

/** Two organisations that share nothing, as rows that can be put back at any time. */
export interface World {
  readonly a: Side
  readonly b: Side
  /** Brings D1 back to exactly these rows, and their pictures into the bucket. */
  readonly reset: () => Promise<void>
}

export async function newWorld(): Promise<World> {
  const [a, b] = [await openedSide('LEAK-A'), await openedSide('LEAK-B')]
  const [now, passwordHash] = [Date.now(), await hashPassword(PASSWORD)]
  const rows = await Promise.all(
    [a, b].map(async (side) => rowsOf(side, { now, passwordHash, linkHash: await sha256(side.linkToken) })),
  )
  const tables = [...new Set((await readColumns()).map(({ table }) => table))]
  const statements = [
    env.DB.prepare('pragma defer_foreign_keys = on'),
    ...tables.map((table) => env.DB.prepare(`delete from "${table}"`)),
    ...rows.flat().map(insertion),
  ]
  const reset = async () => {
    forgetForm(a.ids.slug, b.ids.slug)
    await env.DB.batch(statements)
    const keys = [a, b].flatMap(({ ids }) => [ids.logo, ids.icon, ids.formFile])
    await Promise.all(keys.map((key) => env.FILES.put(key, png(1, 1))))
  }
  await reset()
  return { a, b, reset }
}

async function openedSide(mark: string): Promise<Side> {
  const side = newSide(mark)
  return { ...side, formToken: await tokenFor(env.AUTH_SECRET, side.ids.form, 1, Date.now()) }
}

function insertion([table, values]: Row) {
  const names = Object.keys(values)
  const places = names.map(() => '?').join()
  return env.DB.prepare(`insert into "${table}" (${names.join()}) values (${places})`).bind(
    ...Object.values(values),
  )
}

/** Every id that this person's own requests may name. */
export const idsOf = (side: Side, login: Login): Ids => ({
  ...side.ids,
  session: login.sessionId,
  view: login.viewId,
})

export const cookieFor = (worker: TestWorker, { token }: Login) => signedCookie(worker, token)
export const expiredCookieFor = (worker: TestWorker, { expiredToken }: Login) =>
  signedCookie(worker, expiredToken)
