import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as z from 'zod'
import type { AlertChannel } from '#worker/applications/terms.ts'
import { openWebhook } from '#worker/applications/webhook.ts'
import { row } from '#worker/db/statement.ts'
import type { App } from '#worker/env.ts'
import { AppError } from '#worker/http/errors.ts'
import { countTryAndRead, type Limit } from '#worker/http/limits.ts'
import { sendMail } from '#worker/notifications/mail.ts'
import { postToSlack } from '#worker/notifications/slack.ts'
import type { TryError } from '#worker/notifications/try.ts'
import { mailOf, type Notice, slackOf } from './notice.ts'

const TESTS: Limit = { name: 'test-notification', tries: 5, seconds: 60 }

/** What came of a test, in words. */
export interface TestResult {
  ok: boolean
  detail: string
}

const Targets = z.object({ name: z.string(), emails: z.string(), slack_webhook: z.string().nullable() })
const Emails = z.array(z.string())

/**
 * Sends what an alert sends, the way an alert goes, to all targets of one channel, and tells what the provider said.
 * @throws `not-found`; `too-many-requests`
 */
export async function testNotification(
  c: Context<App>,
  formId: string,
  channel: AlertChannel,
): Promise<TestResult> {
  const { orgId } = c.var.tenant
  const targets = row(
    Targets,
    sql`select f.name, f.emails, f.slack_webhook from forms f where f.org_id = ${orgId} and f.id = ${formId}`,
  )
  const found = await countTryAndRead(c, [[TESTS, `${orgId} ${formId}`]], targets, c.var.guarded)
  if (!found) throw new AppError('not-found')
  const notice = sample(c, found.name, formId)
  if (channel === 'email') return testMail(c, Emails.parse(JSON.parse(found.emails)), notice)
  if (!found.slack_webhook) return { ok: false, detail: 'Add the address of a Slack webhook first.' }
  const webhook = await openWebhook(c.env.AUTH_SECRET, formId, found.slack_webhook)
  if (!webhook) return { ok: false, detail: 'The stored address cannot be read any more. Enter it again.' }
  const error = await postToSlack({ webhook, body: slackOf(notice) })
  return error ? { ok: false, detail: slackWords(error) } : { ok: true, detail: 'Slack took the message.' }
}

const sample = (c: Context<App>, name: string, formId: string): Notice => ({
  title: `Test: an application to ${name} would look like this`,
  facts: [
    { label: 'Company', text: 'Example Inc.' },
    { label: 'Contact', text: 'Ada Lovelace' },
  ],
  lines: [{ label: 'Question', text: 'Its answer' }],
  action: 'Open the applications',
  url: `${c.env.APP_URL}/partners/applications/${formId}/submissions`,
})

async function testMail(
  { env }: Context<App>,
  emails: readonly string[],
  notice: Notice,
): Promise<TestResult> {
  if (emails.length === 0) return { ok: false, detail: 'Add an e-mail address first.' }
  const letter = mailOf(notice)
  const tries = await Promise.all(emails.map(async (to) => ({ to, error: await sendMail(env, to, letter) })))
  const failed = tries.flatMap(({ to, error }) => (error ? [`${to}: ${mailWords(error)}`] : []))
  if (failed.length > 0) return { ok: false, detail: failed.join(' ') }
  return {
    ok: true,
    detail: `The mail provider took ${emails.length === 1 ? 'the mail' : `${emails.length} mails`}.`,
  }
}

const mailWords = ({ name }: TryError) =>
  name === 'timeout'
    ? 'the mail provider did not answer within 10 seconds.'
    : `the mail provider answered ${name}.`

const SLACK_WORDS: Record<string, string> = {
  timeout: 'Slack did not answer within 5 seconds.',
  unreachable: 'Slack could not be reached.',
  slack_403: 'Slack answered 403: this webhook may not post to its channel.',
  slack_404: 'Slack answered 404: this webhook does not exist any more.',
  slack_410: 'Slack answered 410: the channel of this webhook is gone.',
  slack_429: 'Slack answered 429: too many messages were sent. Try again in a moment.',
}

const slackWords = ({ name }: TryError) =>
  SLACK_WORDS[name] ?? `Slack answered ${name.replace('slack_', '')} and did not take the message.`
