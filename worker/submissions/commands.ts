import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { ALERT_CHANNELS } from '#worker/applications/terms.ts'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, rows, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { DueDelivery } from '#worker/http/announce.ts'
import { AppError, invalid } from '#worker/http/errors.ts'
import { queueAlerts } from './alerts.ts'
import { getSubmission, submissionOf, submissionParts } from './queries.ts'
import type { Submission, SubmissionChange } from './schema.ts'
import { EVENT_KINDS, type EventKind } from './terms.ts'

export interface Reviewed {
  submission: Submission
  /** Alerts that were held back until now. */
  alerts: readonly DueDelivery[]
}

/**
 * Decides about a submission or takes the decision back, adds a note, says that it is no spam: all of it or nothing, in
 * one round trip. What was said to be no spam alerts whom it would have alerted. Creates no partner.
 * @throws `not-found`; `stale` with the submission as it is and who changed what since; `invalid` at a reason without a
 * rejection, and at a decision about what is still suspected.
 */
export async function reviewSubmission(
  tenant: Tenant,
  id: string,
  input: SubmissionChange,
  actor: Actor,
): Promise<Reviewed> {
  const { orgId } = tenant
  const { state, note, reason, suspected } = input
  if (reason && state !== 'rejected') throw invalid('/reason', 'A reason goes with a rejection.')
  const released = suspected === false
  try {
    const [, , , , queued, ...parts] = await tenant.batch([
      unless(mayReview(orgId, id, input)),
      recordEvents(orgId, id, eventsOf(input), actor),
      change(
        sql`update submissions set version = version + 1, read_at = coalesce(read_at, ${actor.now}),
            state = coalesce(${state ?? null}, state), suspected = iif(${released ? 1 : 0}, 0, suspected)
          where submissions.org_id = ${orgId} and submissions.id = ${id}`,
      ),
      audit(orgId, actor, {
        action: 'submission.review',
        targetId: id,
        detail: {
          state: state ?? null,
          reason: reason ?? null,
          notes: note ? 1 : 0,
          released: released ? 1 : 0,
        },
      }),
      released ? queueAlerts(orgId, id, actor.requestId, actor.now, true) : noAlerts(orgId),
      ...submissionParts(orgId, id),
    ])
    const submission = submissionOf(parts)
    if (!submission) throw new AppError('not-found')
    return { submission, alerts: queued }
  } catch (error) {
    if (!isGuardRefusal(error)) throw error
    return explain(tenant, id, input, actor)
  }
}

/** The submission as the reviewer saw it. What is suspected is deleted after a while, so nothing is decided about it. */
const mayReview = (orgId: string, id: string, { version, state, suspected }: SubmissionChange) =>
  sql`select 1 from submissions s where s.org_id = ${orgId} and s.id = ${id} and s.version = ${version}
    and s.suspected ${suspected === false ? sql`= 1` : state ? sql`= 0` : sql`in (0, 1)`}`

interface Event {
  kind: EventKind
  to?: string
  reason?: string | null
  text?: string
}

function eventsOf({ state, reason, note, suspected }: SubmissionChange): Event[] {
  return [
    ...(suspected === false ? [{ kind: 'not-suspected' } as const] : []),
    ...(state ? [{ kind: 'state', to: state, reason: reason ?? null } as const] : []),
    ...(note ? [{ kind: 'note', text: note } as const] : []),
  ]
}

/** One entry each, under the version that the same batch makes. A decision that changes nothing is none. */
const recordEvents = (orgId: string, id: string, events: readonly Event[], actor: Actor): Statement<number> =>
  change(
    sql`insert into submission_events
        (id, org_id, submission_id, kind, from_state, to_state, reason, text, version, actor_id, actor_name, at)
      select r.value ->> 'id', s.org_id, s.id, r.value ->> 'kind', iif(r.value ->> 'kind' = 'state', s.state, null),
        r.value ->> 'to', r.value ->> 'reason', r.value ->> 'text', s.version + 1, u.id, u.name, ${actor.now}
      from submissions s cross join users u cross join json_each(${stored(events)}) r
      where s.org_id = ${orgId} and s.id = ${id} and u.id = ${actor.userId}
        and not (r.value ->> 'kind' = 'state' and r.value ->> 'to' = s.state and r.value ->> 'reason' is null)`,
  )

/** Under ids in their order, which those of one millisecond would not keep by themselves. */
function stored(events: readonly Event[]) {
  const ids = events.map(() => newId('sev')).toSorted()
  return JSON.stringify(events.map((event, at) => ({ ...event, id: ids[at] })))
}

const Alert = z.object({ id: z.string(), channel: z.enum(ALERT_CHANNELS) })
const noAlerts = (orgId: string): Statement<z.output<typeof Alert>[]> =>
  rows(Alert, sql`select '' as id, '' as channel where ${orgId} is null`)

/** Why a review was refused, or the review without what somebody else has done already. */
async function explain(tenant: Tenant, id: string, input: SubmissionChange, actor: Actor): Promise<Reviewed> {
  const current = await getSubmission(tenant, id)
  if (current.version !== input.version) {
    const changes = await changesSince(tenant, id, input.version)
    throw new AppError('stale', { members: { current, changes } })
  }
  const { suspected, ...rest } = input
  if (suspected === false && !current.suspected) return reviewSubmission(tenant, id, rest, actor)
  if (current.suspected) throw invalid('/state', 'Say first that it is not spam.')
  throw new AppError('unavailable', { detail: 'Try again in a moment.', retryAfterSeconds: 1 })
}

const Changed = z.object({
  kind: z.enum(EVENT_KINDS),
  actor_id: z.string(),
  actor_name: z.string(),
  at: z.number(),
})

/** What each kind of event changes, as a reader of the API knows it. */
const FIELDS: Record<EventKind, string> = {
  note: 'notes',
  state: 'state',
  'not-suspected': 'suspected',
  partner: 'partnerId',
  resent: 'deliveries',
}

/** Who changed what since this version, each field once, with its last change. */
async function changesSince(tenant: Tenant, id: string, version: number) {
  const events = await tenant.run(
    rows(
      Changed,
      sql`select kind, actor_id, actor_name, at from submission_events e
        where e.org_id = ${tenant.orgId} and e.submission_id = ${id} and e.version > ${version} order by e.id`,
    ),
  )
  const latest = new Map(
    events.map(({ kind, actor_id, actor_name, at }) => [
      FIELDS[kind],
      { field: FIELDS[kind], by: { id: actor_id, name: actor_name }, at: new Date(at).toISOString() },
    ]),
  )
  return [...latest.values()]
}

/**
 * Deletes a submission for good, with its notes, history and deliveries; a partner that was made from it stays.
 * @throws `not-found`
 */
export async function deleteSubmission(tenant: Tenant, id: string, actor: Actor) {
  const { orgId } = tenant
  try {
    await tenant.batch([
      unless(sql`select 1 from submissions s where s.org_id = ${orgId} and s.id = ${id}`),
      change(sql`delete from submissions where submissions.org_id = ${orgId} and submissions.id = ${id}`),
      audit(orgId, actor, { action: 'submission.delete', targetId: id }),
    ])
  } catch (error) {
    throw isGuardRefusal(error) ? new AppError('not-found') : error
  }
}
