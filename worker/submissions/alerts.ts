import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { ALERT_CHANNELS } from '#worker/applications/terms.ts'
import { firstId } from '#worker/db/ids.ts'
import { change, rows, type Statement } from '#worker/db/statement.ts'
import { SINGLY_MAX } from '#worker/notifications/commands.ts'

/** When daily summaries go out: 9:00 UTC. */
const SUMMARY_HOUR = 9
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Of an id: numbers the targets of a form, of which there are fewer. */
export const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'

const Queued = z.object({ id: z.string(), channel: z.enum(ALERT_CHANNELS), many: z.number() })
type Queued = z.output<typeof Queued>

/** True for a delivery of a form to which more have applied within a minute than are told of singly. */
const isOneOfMany = (now: number) => sql`(select count(*) from (select 1 from submissions o
    where o.org_id = deliveries.org_id and o.form_id = deliveries.topic and o.suspected = 0 and o.state = 'new'
      and o.id >= ${firstId('sub', now - MINUTE_MS)} limit ${SINGLY_MAX + 1})) > ${SINGLY_MAX}`

/** Whom a form `f` tells: a row for each address, and one, of type `array`, for its Slack webhook. */
export const TARGETS = sql.raw(
  `json_each(iif(f.slack_webhook is null, f.emails, json_insert(f.emails, '$[#]', json_array(f.slack_hint)))) t`,
)
export const CHANNEL = sql.raw(`iif(t.type = 'array', 'slack', 'email')`)
/** The hint stands for the webhook, which is a secret. */
export const RECIPIENT = sql.raw(`iif(t.type = 'array', coalesce(f.slack_hint, 'Slack'), t.value)`)

const BEFORE_SUMMARY = sql`or f.summary_from is null or s.submitted_at < f.summary_from`

/**
 * A delivery to each target of the form, unless the submission is suspected or the form tells once a day; goes into the
 * batch that makes the submission known. Ids follow from the submission's, so that no target is ever told twice. One that
 * was held back is told of at once, too, where the next summary would not: it only goes back so far.
 *
 * Answers the deliveries to announce: none while many apply, for the sweep gathers what nobody has been told of.
 */
export const queueAlerts = (
  orgId: string,
  submissionId: string,
  requestId: string,
  now: number,
  held = false,
): Statement<Queued[]> => {
  const queued = rows(
    Queued,
    sql`insert into deliveries (id, org_id, purpose, channel, recipient, state, attempts, next_try_at, lease_until,
        request_id, created_at, submission_id, topic)
      select 'dlv_' || substr(s.id, 5, 24) || '0' || substr(${DIGITS}, t.key + 1, 1), f.org_id, 'application',
        ${CHANNEL}, ${RECIPIENT}, 'pending', 0, ${now}, 0, ${requestId}, ${now}, s.id, f.id
      from submissions s join forms f on f.org_id = s.org_id and f.id = s.form_id, ${TARGETS}
      where s.org_id = ${orgId} and s.id = ${submissionId} and s.suspected = 0
        and (f.rhythm = 'each' ${held ? BEFORE_SUMMARY : sql``})
      on conflict do nothing
      returning id, channel, ${held ? sql`0` : isOneOfMany(now)} as many`,
  )
  return { ...queued, read: (...found) => queued.read(...found).filter(({ many }) => !many) }
}

/**
 * The next summary of the form tells of the submission, if it tells once a day. It begins with the earliest by their own
 * times: what is stored later may have come in earlier, through a server whose clock is behind.
 */
export const scheduleSummary = (orgId: string, submissionId: string, now: number): Statement<number> =>
  change(
    sql`update forms set summary_due_at = coalesce(summary_due_at, ${nextSummary(now)}), summary_from = s.submitted_at
      from submissions s where s.org_id = ${orgId} and s.id = ${submissionId} and s.suspected = 0
        and forms.org_id = s.org_id and forms.id = s.form_id and forms.rhythm = 'daily'
        and (forms.summary_from is null or forms.summary_from > s.submitted_at)`,
  )

/** The first 9:00 UTC after `now`. */
export function nextSummary(now: number) {
  const today = Math.floor(now / DAY_MS) * DAY_MS + SUMMARY_HOUR * HOUR_MS
  return today > now ? today : today + DAY_MS
}
