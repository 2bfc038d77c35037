import { sql } from 'drizzle-orm'
import type { Actor } from '#worker/db/audit.ts'
import { newId } from '#worker/db/ids.ts'
import { change, type Statement, unless } from '#worker/db/statement.ts'

const of = (orgId: string, submissionId: string) => sql`s.org_id = ${orgId} and s.id = ${submissionId}`

/** A submission that a partner can be made from: the organisation's own, no suspected spam, and no partner's yet. */
export const freeSubmission = (orgId: string, submissionId: string | null) =>
  sql`select 1 from submissions s where ${of(orgId, submissionId ?? '')} and s.suspected = 0 and s.partner_id is null`

export const checkSubmission = (orgId: string, submissionId: string | null | undefined): Statement[] =>
  submissionId ? [unless(freeSubmission(orgId, submissionId))] : []

/** Where a partner begins that is made from this submission, unless somebody says otherwise. */
export const stageFrom = (orgId: string, submissionId: string) =>
  sql<'qualified' | 'prospect'>`(select iif(s.state = 'approved', 'qualified', 'prospect') from submissions s
    where ${of(orgId, submissionId)})`

/** The submission names the partner that was made from it, and its history says so. */
export const linkSubmission = (
  orgId: string,
  submissionId: string | null | undefined,
  partnerId: string,
  { userId, now }: Actor,
): Statement[] =>
  submissionId
    ? [
        change(
          sql`update submissions set partner_id = ${partnerId}, version = version + 1
            where submissions.org_id = ${orgId} and submissions.id = ${submissionId}`,
        ),
        change(
          sql`insert into submission_events (id, org_id, submission_id, kind, version, actor_id, actor_name, at)
            select ${newId('sev')}, s.org_id, s.id, 'partner', s.version, u.id, u.name, ${now}
            from submissions s cross join users u where ${of(orgId, submissionId)} and u.id = ${userId}`,
        ),
      ]
    : []
