import { type SQL, sql } from 'drizzle-orm'
import { change, type Statement, shared } from '#worker/db/statement.ts'
import { keyedHash } from '#worker/http/secrets.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000
/** Submissions of one address block to one form, at most. */
const MINUTE_TRIES = 10
const HOUR_TRIES = 100

/** The row that counts an address block's submissions to a form; no address stands in it. */
export const tryKey = (secret: string, formId: string, block: string) =>
  keyedHash(secret, `submit ${formId} ${block}`)

/** Clocks of two isolates differ: a period that begins a little later than now has begun. */
const isCurrent = (column: SQL, now: number, period: number) => sql`abs(${now} - ${column}) < ${period}`

/** True while the address block has no tries left. */
export const isExhausted = (key: string, now: number): SQL => sql`exists (select 1 from submit_tries t
  where t.key = ${key} and (t.minute_tries >= ${MINUTE_TRIES} and ${isCurrent(sql`t.minute_at`, now, MINUTE_MS)}
    or t.hour_tries >= ${HOUR_TRIES} and ${isCurrent(sql`t.hour_at`, now, HOUR_MS)}))`

/** Counts one more try; goes into the batch of the submission, so that what is refused counts for nothing. */
export function countSubmission(key: string, now: number): Statement<number> {
  const inMinute = isCurrent(sql`minute_at`, now, MINUTE_MS)
  const inHour = isCurrent(sql`hour_at`, now, HOUR_MS)
  return shared(
    change(sql`insert into submit_tries (key, minute_at, minute_tries, hour_at, hour_tries)
      values (${key}, ${now}, 1, ${now}, 1)
      on conflict (key) do update set
        minute_tries = iif(${inMinute}, minute_tries + 1, 1), minute_at = iif(${inMinute}, minute_at, ${now}),
        hour_tries = iif(${inHour}, hour_tries + 1, 1), hour_at = iif(${inHour}, hour_at, ${now})`),
  )
}

/** Seconds until the address block may try again; null while it may. */
export const secondsToWait = (key: string, now: number): SQL => sql`(select max(
    iif(t.minute_tries >= ${MINUTE_TRIES} and ${isCurrent(sql`t.minute_at`, now, MINUTE_MS)},
      t.minute_at + ${MINUTE_MS} - ${now}, 0),
    iif(t.hour_tries >= ${HOUR_TRIES} and ${isCurrent(sql`t.hour_at`, now, HOUR_MS)},
      t.hour_at + ${HOUR_MS} - ${now}, 0)) from submit_tries t where t.key = ${key})`

/** True when the form `f` has taken as many today as its daily cap lets it. */
export const isFull = (now: number): SQL => sql`f.daily_cap > 0 and f.daily_cap <= (
  select coalesce(sum(c.today), 0) from submission_counts c
  where c.org_id = f.org_id and c.form_id = f.id and c.day >= ${Math.floor(now / DAY_MS)})`
