import { sql } from 'drizzle-orm'
import { html } from 'hono/html'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { among, rows } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import type { Letter, Letters } from '#worker/notifications/letter.ts'
import { headerOf } from '#worker/notifications/wording.ts'
import { type LinkPurpose, linkUrl } from './links.ts'
import { mayFound } from './sign-up.ts'

const Addressee = z.object({ delivery_id: z.string(), org_name: z.string().nullable() })
type Addressee = z.infer<typeof Addressee>

/** Of these deliveries, those whose link still waits to be used and whose mail should go out. */
const waiting = (ids: readonly string[], now: number, when: 'known' | 'any') =>
  rows(
    Addressee,
    sql`select l.delivery_id, coalesce(o.name, l.payload ->> 'organizationName') as org_name
      from mail_links l left join organizations o on o.id = l.org_id
      where l.delivery_id in ${among(ids)}
        and l.used_at is null and l.expires_at > ${now}
        and (${when} = 'any' or exists (select 1 from users u where u.email = l.email))`,
  )

const write =
  (
    purpose: LinkPurpose,
    when: 'known' | 'any',
    letter: (url: string, organization: string) => Promise<Letter>,
  ) =>
  async (env: Env, db: Database, ids: readonly string[], now: number) => {
    const found: Addressee[] = await db.run(waiting(ids, now, when))
    const written = await Promise.all(
      found.map(
        async ({ delivery_id: id, org_name }): Promise<[string, Letter]> => [
          id,
          await letter(await linkUrl(env, purpose, id), org_name ?? ''),
        ],
      ),
    )
    return new Map(written)
  }

/** Mail with one link. A reset is written to known addresses only; whoever asked cannot tell. */
export const ACCOUNT_LETTERS: Letters = {
  reset: write('reset', 'known', (url) =>
    linkLetter({
      subject: 'Set your Entente password',
      lead: 'Somebody, probably you, asked to set the password for this address. The link works once, for one hour.',
      action: 'Set a password',
      url,
      end: 'If it was not you, ignore this mail: nothing has changed.',
    }),
  ),
  invitation: write('invitation', 'any', (url, organization) =>
    linkLetter({
      subject: `Join ${organization} on Entente`,
      lead: `${organization} works with its partners in Entente and invites you to join. The link works once, for seven days.`,
      action: 'Accept the invitation',
      url,
      end: 'If you did not expect this, ignore this mail.',
    }),
  ),
  founding: async (env, db, ids, now) =>
    (await mayFound(env, db)) ? founding(env, db, ids, now) : new Map(),
}

const founding = write('founding', 'any', (url, organization) =>
  linkLetter({
    subject: 'Finish setting up Entente',
    lead: `One step is left to open ${organization} on Entente: choose a password. The link works once, for seven days.`,
    action: 'Choose a password',
    url,
    end: 'If you did not ask for this, ignore this mail: without the link nothing is set up.',
  }),
)

interface LinkLetter {
  subject: string
  lead: string
  action: string
  url: string
  end: string
}

async function linkLetter({ subject, lead, action, url, end }: LinkLetter): Promise<Letter> {
  const markup =
    await html`<!doctype html><html lang="en"><body style="font:16px/1.5 system-ui,sans-serif;color:#1c1c1f">
<p>${lead}</p><p><a href="${url}">${action}</a></p><p style="color:#6b6b75">${end}</p></body></html>`
  return {
    subject: headerOf(subject),
    text: `${lead}\n\n${action}:\n${url}\n\n${end}\n`,
    html: markup.toString(),
  }
}
