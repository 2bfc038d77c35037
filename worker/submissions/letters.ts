import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { findVersion } from '#worker/applications/published.ts'
import { ALERT_CHANNELS } from '#worker/applications/terms.ts'
import type { Database } from '#worker/db/database.ts'
import { among, rows } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import { SINGLY_MAX } from '#worker/notifications/commands.ts'
import type { Letters, Message } from '#worker/notifications/letter.ts'
import { shortened } from '#worker/notifications/wording.ts'
import { answersOf } from './answers.ts'
import { Channels } from './channels.ts'
import { mailOf, type Notice, slackOf } from './notice.ts'
import { linkTo, listOf, summaryLetters } from './summary-letters.ts'

/** Characters of an answer, and answers, that an alert shows; the rest is a click away. */
const ANSWER_SHOWN = 200
const ANSWERS_SHOWN = 20
/** Applicants that a digest names; it counts the others. */
const NAMED = 5

const About = z.object({
  delivery_id: z.string(),
  channel: z.enum(ALERT_CHANNELS),
  org_id: z.string(),
  submission_id: z.string(),
  form_id: z.string(),
  form_version: z.number(),
  form_name: z.string(),
  company_name: z.string().nullable(),
  company_domain: z.string().nullable(),
  contact_name: z.string().nullable(),
  contact_email: z.string().nullable(),
  /** The delivery whose message tells of this one: itself, or where there are many, the first of them. */
  told_by: z.string(),
  /** Of the one that `told_by` names. */
  answers: z.string().nullable(),
  slack_webhook: z.string().nullable(),
  slack_free_at: z.number(),
})
type About = z.output<typeof About>

/** Of these deliveries, those whose submission and form are still there. */
const about = (ids: readonly string[]) =>
  rows(
    About,
    sql`select a.*, iif(a.told_by = a.delivery_id, (select s.answers from submissions s
          where s.org_id = a.org_id and s.id = a.submission_id), null) as answers
      from (select d.id as delivery_id, d.channel, d.org_id, s.id as submission_id, f.id as form_id, s.form_version,
          f.name as form_name, s.company_name, s.company_domain, s.contact_name, s.contact_email,
          f.slack_webhook, f.slack_free_at, iif(count(*) over alike > ${SINGLY_MAX}, min(d.id) over alike, d.id) as told_by
        from deliveries d join submissions s on s.org_id = d.org_id and s.id = d.submission_id
          join forms f on f.org_id = s.org_id and f.id = s.form_id
        where d.id in ${among(ids)} and s.suspected = 0
        window alike as (partition by f.id, d.channel, d.recipient)) a
      order by a.delivery_id`,
  )

/** What tells a form's targets of what applicants sent. */
export const APPLICATION_LETTERS: Letters = {
  application: async (env, db, ids, now) => {
    const found = await db.run(about(ids))
    const told = Map.groupBy(found, ({ told_by }) => told_by)
    const tellers = found.filter(({ told_by, delivery_id }) => told_by === delivery_id)
    const channels = await Channels.open(env, db, tellers, now)
    const written = await Promise.all(
      tellers.map(async (each): Promise<[string, Message][]> => {
        const all = told.get(each.delivery_id) ?? []
        const notice = all.length > 1 ? digestOf(env, each, all) : await noticeOf(env, db, each)
        const message = each.channel === 'slack' ? channels.next(each, slackOf(notice)) : await mailOf(notice)
        return all.map(({ delivery_id }) => [delivery_id, message])
      }),
    )
    return new Map(written.flat())
  },
  'application-summary': summaryLetters,
}

const Kept = z.array(z.object({ questionId: z.string(), value: z.unknown() }))

async function noticeOf(env: Env, db: Database, found: About): Promise<Notice> {
  const { company_name: company, company_domain: domain, contact_name: contact, contact_email: email } = found
  const version = await findVersion(db, { orgId: found.org_id, formId: found.form_id }, found.form_version)
  const answers = answersOf(version, Kept.parse(JSON.parse(found.answers ?? '[]')))
    .filter(({ value }) => value !== null)
    .slice(0, ANSWERS_SHOWN)
  return {
    title: `${nameOf(found)} applied to ${found.form_name}`,
    facts: facts({ Company: company, Domain: domain, Contact: contact, 'E-mail': email }),
    lines: answers.map(({ label, display }) => ({ label, text: shortened(display, ANSWER_SHOWN) })),
    action: 'Open the application',
    url: `${env.APP_URL}/partners/applications/${found.form_id}/submissions/${found.submission_id}`,
  }
}

const nameOf = ({ company_name, company_domain, contact_name, contact_email }: About) =>
  company_name ?? company_domain ?? contact_name ?? contact_email ?? 'Somebody'

/** One message about many: how many, and who was first. */
const digestOf = (env: Env, { form_id, form_name }: About, all: readonly About[]): Notice => ({
  title: `${all.length} new applications to ${form_name}`,
  ...listOf(all.slice(0, NAMED).map(nameOf), all.length),
  ...linkTo(env, form_id),
})

const facts = (all: Record<string, string | null>) =>
  Object.entries(all).flatMap(([label, text]) => (text ? [{ label, text }] : []))
