import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { newId } from '#worker/db/ids.ts'
import { build, change, row, type Statement, unless } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import { invalid } from '#worker/http/errors.ts'
import { keyedHash, sha256 } from '#worker/http/secrets.ts'
import { queueMail } from '#worker/notifications/commands.ts'
import { mailLinks } from './table.ts'
import { SIGN_IN_PAGES } from './terms.ts'

const HOUR_MS = 3_600_000
/** How long each kind of link can be used. */
export const LINK_MS = { reset: HOUR_MS, invitation: 7 * 24 * HOUR_MS, founding: 7 * 24 * HOUR_MS } as const
export type LinkPurpose = keyof typeof LINK_MS

/**
 * The token of a mailed link: 256 bits that follow from our secret and the delivery, so that every try to deliver sends
 * the same link while no column holds it.
 */
export const linkToken = (env: Env, purpose: LinkPurpose, deliveryId: string) =>
  keyedHash(env.AUTH_SECRET, `link ${purpose} ${deliveryId}`)

export const linkUrl = async (env: Env, purpose: LinkPurpose, deliveryId: string) =>
  `${env.APP_URL}/reset-password?token=${await linkToken(env, purpose, deliveryId)}`

/** What a link needs to know when it is used; each purpose its own part. */
const LinkPayload = z.object({
  redirectTo: z.enum(SIGN_IN_PAGES).optional(),
  organizationName: z.string().optional(),
  ownerName: z.string().optional(),
  memberId: z.string().optional(),
})
export type LinkPayload = z.infer<typeof LinkPayload>

export interface NewLink {
  purpose: LinkPurpose
  orgId: string | null
  email: string
  payload: LinkPayload
  requestId: string
  now: number
}

/**
 * The rows of a link and of the mail that will carry it. A newer link voids older ones of its purpose and address (and,
 * for an invitation, organisation).
 */
export async function mailLink(env: Env, link: NewLink) {
  const { purpose, orgId, email, requestId, now } = link
  const deliveryId = newId('dlv')
  const tokenHash = await sha256(await linkToken(env, purpose, deliveryId))
  const statements: Statement<number>[] = [
    change(
      sql`update mail_links set expires_at = ${now} where email = ${email} and purpose = ${purpose}
        and org_id is ${orgId} and used_at is null and expires_at > ${now}`,
    ),
    queueMail({ id: deliveryId, orgId, purpose, recipient: email, requestId, now }),
    change(
      build.insert(mailLinks).values({
        id: newId('lnk'),
        deliveryId,
        purpose,
        orgId,
        email,
        payload: JSON.stringify(link.payload),
        tokenHash,
        createdAt: now,
        expiresAt: now + LINK_MS[purpose],
      }),
    ),
  ]
  return { deliveryId, statements }
}

const Found = z.object({
  id: z.string(),
  purpose: z.enum(['reset', 'invitation', 'founding']),
  org_id: z.string().nullable(),
  email: z.string(),
  payload: z.string().transform((text) => LinkPayload.parse(JSON.parse(text))),
  org_name: z.string().nullable(),
})
export type FoundLink = z.output<typeof Found>

const usable = (now: number) => sql`used_at is null and expires_at > ${now}`

/**
 * The link of a token, while it can be used.
 * @throws `invalid` at `/token`: used, expired, voided and forged all answer the same.
 */
export async function findLink(db: Database, token: string, now: number): Promise<FoundLink> {
  const hash = await sha256(token)
  const found = await db.run(
    row(
      Found,
      sql`select l.id, l.purpose, l.org_id, l.email, l.payload, o.name as org_name
        from mail_links l left join organizations o on o.id = l.org_id
        where l.token_hash = ${hash} and ${usable(now)}`,
    ),
  )
  if (found) return found
  throw spent()
}

export const spent = () => invalid('/token', 'This link was used or has expired. Ask for a new one.')

/** First in a batch: uses the link up, or ends the batch. Of fifty at once exactly one gets past it. */
export const useLink = (link: FoundLink, now: number): Statement[] => [
  unless(sql`select 1 from mail_links where id = ${link.id} and ${usable(now)}`),
  change(sql`update mail_links set used_at = ${now} where id = ${link.id}`),
]

/** Every other way of setting a password for this address ends, too. */
export const voidResets = (email: string, now: number) =>
  change(
    sql`update mail_links set expires_at = ${now}
      where email = ${email} and purpose = 'reset' and used_at is null and expires_at > ${now}`,
  )
