import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import type { Guarded } from '#worker/db/guarded.ts'
import { row, type Statement } from '#worker/db/statement.ts'
import type { App } from '#worker/env.ts'
import { AppError } from './errors.ts'
import { keyedHash } from './secrets.ts'

/** So many tries in a period that begins with the first of them. */
export interface Limit {
  readonly name: string
  readonly tries: number
  readonly seconds: number
}

const Used = z.object({ tries: z.number(), started_at: z.number() })

type Counted = readonly (readonly [Limit, string])[]

/**
 * Counts a try against each limit, in one round trip.
 * @throws `too-many-requests` with the time until the period ends.
 */
export async function countTry(c: Context<App>, limits: Counted) {
  refuseBeyond(limits, await c.var.db.batch(await triesOf(c, limits)), c.var.now)
}

/**
 * Counts a try in the round trip that reads what it needs; over the guarded database, only for a caller who may act.
 * @throws `too-many-requests`, whatever was read.
 */
export async function countTryAndRead<Result>(
  c: Context<App>,
  limits: Counted,
  read: Statement<Result>,
  db: Database | Guarded = c.var.db,
): Promise<Result> {
  const [found, ...used] = await db.batch([read, ...(await triesOf(c, limits))])
  refuseBeyond(limits, used, c.var.now)
  return found
}

const triesOf = (c: Context<App>, limits: Counted) =>
  Promise.all(
    limits.map(async ([{ name, seconds }, subject]) => {
      const { now } = c.var
      const key = await keyedHash(c.env.AUTH_SECRET, `limit ${name} ${subject}`)
      const begun = now - seconds * 1_000
      return row(
        Used,
        sql`insert into limits (key, started_at, tries) values (${key}, ${now}, 1)
          on conflict (key) do update set
            tries = case when started_at <= ${begun} then 1 else tries + 1 end,
            started_at = case when started_at <= ${begun} then ${now} else started_at end
          returning tries, started_at`,
      )
    }),
  )

function refuseBeyond(limits: Counted, used: readonly (z.infer<typeof Used> | null)[], now: number) {
  const waits = limits.map(([{ tries, seconds }], at) => {
    const found = used[at]
    return found && found.tries > tries ? found.started_at + seconds * 1_000 - now : 0
  })
  const wait = Math.max(...waits)
  if (wait <= 0) return
  throw new AppError('too-many-requests', {
    detail: 'Wait a little before you try again.',
    retryAfterSeconds: Math.ceil(wait / 1_000),
  })
}

/**
 * Whom limits count: the caller's IPv4 address, or the /64 of an IPv6 one, which one customer line holds whole. Taken from
 * Cloudflare's header alone; what a client sends in other headers counts for nothing.
 */
export function addressBlock(c: Context<App>): string {
  const address = c.req.header('CF-Connecting-IP')?.trim().toLowerCase() ?? 'local'
  return address.includes(':') ? ipv6Block(address) : address
}

/** The first four groups, in one spelling; of an IPv4 address that is written as IPv6, that address. */
function ipv6Block(address: string): string {
  const host = URL.parse(`http://[${address.replace(/%.*$/, '')}]/`)?.hostname.slice(1, -1)
  if (!host) return 'malformed'
  const [head = '', tail] = host.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail?.split(':').filter(Boolean) ?? []
  const gap = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array.from({ length: gap }, () => '0'), ...right]
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return groups.slice(6).flatMap(octets).join('.')
  return `${groups.slice(0, 4).join(':')}::/64`
}

function octets(group: string) {
  const value = Number.parseInt(group, 16)
  return [value >> 8, value & 255]
}
