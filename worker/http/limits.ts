import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import type { Guarded } from '#worker/db/guarded.ts'
import { row } from '#worker/db/statement.ts'
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

/**
 * Counts a try against each limit, in one round trip; over the guarded database, only for a caller who may act.
 * @throws `too-many-requests` with the time until the period ends.
 */
export async function countTry(
  c: Context<App>,
  limits: readonly (readonly [Limit, string])[],
  db: Database | Guarded = c.var.db,
) {
  const { now } = c.var
  const statements = await Promise.all(
    limits.map(async ([{ name, seconds }, subject]) => {
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
  const used = await db.batch(statements)
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
