import { sql } from 'drizzle-orm'
import { change, type Statement } from '#worker/db/statement.ts'
import { DAY_MS } from './limits.ts'
import { SUSPECTED_DAYS } from './terms.ts'

/** Suspected submissions that one sweep deletes, at most. */
const FORGET_MAX = 500
/** The longest period that tries are counted over, and what clocks may differ by. */
const TRIES_MS = 2 * 3_600_000

/** What nobody has said to be wanted for thirty days goes, with an entry that it did; and tries that count no more. */
export function forgetSuspected(now: number): Statement<number>[] {
  const old = sql`select s.org_id, s.id from submissions s
    where s.suspected = 1 and s.submitted_at < ${now - SUSPECTED_DAYS * DAY_MS} order by s.submitted_at limit ${FORGET_MAX}`
  return [
    // Named after the submission, so that one has one entry.
    change(sql`insert or ignore into audit_log (id, org_id, at, actor_id, action, target_id, detail, request_id)
      select 'aud_' || substr(o.id, 5), o.org_id, ${now}, 'sweep', 'submission.expire', o.id, '{}', 'sweep' from (${old}) o`),
    change(sql`delete from submissions where (org_id, id) in (${old})`),
    change(sql`delete from submit_tries where hour_at < ${now - TRIES_MS}`),
  ]
}
