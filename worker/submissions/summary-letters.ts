import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { ALERT_CHANNELS } from '#worker/applications/terms.ts'
import { firstId } from '#worker/db/ids.ts'
import { among, row, rows } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import type { LetterWriter, Message } from '#worker/notifications/letter.ts'
import { Channels } from './channels.ts'
import { mailOf, type Notice, slackOf } from './notice.ts'

/** Submissions that a summary names; it counts the others. */
const NAMED = 20

const About = z.object({
  delivery_id: z.string(),
  channel: z.enum(ALERT_CHANNELS),
  org_id: z.string(),
  form_id: z.string(),
  form_name: z.string(),
  slack_webhook: z.string().nullable(),
  slack_free_at: z.number(),
  from: z.number(),
  until: z.number(),
})
type About = z.output<typeof About>

/** Of these deliveries, those whose form is still there. */
const about = (ids: readonly string[]) =>
  rows(
    About,
    sql`select d.id as delivery_id, d.channel, d.org_id, f.id as form_id, f.name as form_name, f.slack_webhook,
        f.slack_free_at, d.detail ->> 'from' as "from", d.detail ->> 'until' as "until"
      from deliveries d join forms f on f.org_id = d.org_id and f.id = d.detail ->> 'formId'
      where d.id in ${among(ids)} order by d.id`,
  )

const Told = z.object({ total: z.number(), names: z.string() })

/** How many came in, and the names of the first of them, as a list in JSON. */
const told = ({ org_id, form_id, from, until }: About) => {
  const some = sql`from submissions s where s.org_id = ${org_id} and s.id >= ${firstId('sub', from)}
    and s.id < ${firstId('sub', until)} and s.form_id = ${form_id} and s.suspected = 0`
  return row(
    Told,
    sql`select (select count(*) ${some}) as total, (select json_group_array(n.name) from (
        select coalesce(s.company_name, s.company_domain, s.contact_name, s.contact_email, 'Somebody') as name
        ${some} order by s.id limit ${NAMED}) n) as names`,
  )
}

const Names = z.array(z.string())

/** One message about a day's submissions; nothing where all of them are gone. */
export const summaryLetters: LetterWriter = async (env, db, ids, now) => {
  const found = await db.run(about(ids))
  if (found.length === 0) return new Map()
  const all = await db.batch(found.map(told))
  const worth = found.flatMap((each, at) => {
    const total = all[at]?.total ?? 0
    return total > 0 ? [{ each, total, names: Names.parse(JSON.parse(all[at]?.names ?? '[]')) }] : []
  })
  const channels = await Channels.open(
    env,
    db,
    worth.map(({ each }) => each),
    now,
  )
  const written = await Promise.all(
    worth.map(async ({ each, total, names }): Promise<[string, Message]> => {
      const notice = noticeOf(env, each, total, names)
      return [
        each.delivery_id,
        each.channel === 'slack' ? channels.next(each, slackOf(notice)) : await mailOf(notice),
      ]
    }),
  )
  return new Map(written)
}

const noticeOf = (env: Env, { form_id, form_name }: About, total: number, names: string[]): Notice => ({
  title: `${total === 1 ? '1 application' : `${total} applications`} to ${form_name}`,
  ...listOf(names, total),
  ...linkTo(env, form_id),
})

/** The names of some of `total` applicants, and how many more there are. */
export const listOf = (names: readonly string[], total: number): Pick<Notice, 'facts' | 'lines'> => ({
  facts: [],
  lines: [
    ...names.map((text, at) => ({ label: String(at + 1), text })),
    ...(total > names.length ? [{ label: 'And', text: `${total - names.length} more` }] : []),
  ],
})

export const linkTo = (env: Env, formId: string): Pick<Notice, 'action' | 'url'> => ({
  action: 'Open the applications',
  url: `${env.APP_URL}/partners/applications/${formId}/submissions`,
})
