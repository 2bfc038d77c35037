import { sql } from 'drizzle-orm'
import { firstId } from '#worker/db/ids.ts'
import { change, type Statement } from '#worker/db/statement.ts'
import { CHANNEL, DIGITS, RECIPIENT, TARGETS } from './alerts.ts'
import { DAY_MS } from './limits.ts'

/**
 * Turns the summaries that are due into a delivery to each target, and starts the next ones where something has come in
 * meanwhile. Two statements for one batch: run twice, or late, nobody is told twice. Ids follow from the form's and from
 * what the summary begins with; two may be due at one time, by the clocks of two servers.
 */
export const dueSummaries = (requestId: string, now: number): [Statement<number>, Statement<number>] => [
  change(
    sql`insert into deliveries (id, org_id, purpose, channel, recipient, state, attempts, next_try_at, lease_until,
        request_id, created_at, detail)
      select 'dlv_' || printf('%013d', f.summary_from) || substr(f.id, 20, 11) || '0'
          || substr(${DIGITS}, t.key + 1, 1), f.org_id, 'application-summary',
        ${CHANNEL}, ${RECIPIENT}, 'pending', 0, ${now}, 0, ${requestId}, ${now},
        json_object('formId', f.id, 'from', f.summary_from, 'until', ${now})
      from forms f, ${TARGETS}
      where f.summary_due_at <= ${now}
      on conflict do nothing`,
  ),
  // A submission of a server whose clock is ahead belongs to the next summary.
  change(
    sql`update forms set summary_from = iif(exists (select 1 from submissions s where s.org_id = forms.org_id
          and s.id >= ${firstId('sub', now)} and s.form_id = forms.id and s.suspected = 0), ${now}, null),
        summary_due_at = iif(exists (select 1 from submissions s where s.org_id = forms.org_id
          and s.id >= ${firstId('sub', now)} and s.form_id = forms.id and s.suspected = 0), summary_due_at + ${DAY_MS}, null)
      where summary_due_at <= ${now}`,
  ),
]
