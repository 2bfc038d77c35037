import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { FormVersion } from '#worker/applications/schema.ts'
import { ALERT_CHANNELS } from '#worker/applications/terms.ts'
import type { Actor } from '#worker/db/audit.ts'
import { change, type Results, row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { answersOf, prefillOf } from './answers.ts'
import { ROW_JSON } from './list.ts'
import type { Submission, SubmissionRow } from './schema.ts'
import { EVENT_KINDS, REJECTION_REASONS, SUBMISSION_STATES, SUSPECTED_DAYS, SUSPICIONS } from './terms.ts'

/** Other applications of the same domain that an answer names, and entries of its history. */
const RELATED_MAX = 50
const EVENTS_MAX = 500
const DAY_MS = 86_400_000

const isoOf = (ms: number) => new Date(ms).toISOString()
const Moment = z.number().transform(isoOf)

const Row = z.custom<SubmissionRow>((value) => typeof value === 'object' && value !== null)
/** JSON text that was looked at when it was stored, perhaps by other rules than today's. */
const Json = z.string().transform((text): unknown => JSON.parse(text))

const Stored = z.object({
  json: Json.pipe(Row),
  content: Json.pipe(FormVersion).nullable(),
  answers: Json.pipe(z.array(z.object({ questionId: z.string(), value: z.unknown() }))),
  agreements: Json.pipe(z.array(z.string())),
  suspicions: Json.pipe(z.array(z.string())),
  country: z.string().nullable(),
  submitted_at: z.number(),
  partner: Json.pipe(z.object({ id: z.string(), name: z.string() })).nullable(),
})

const Event = z.object({
  id: z.string(),
  kind: z.enum(EVENT_KINDS),
  from_state: z.enum(SUBMISSION_STATES).nullable(),
  to_state: z.enum(SUBMISSION_STATES).nullable(),
  reason: z.string().nullable(),
  text: z.string().nullable(),
  actor_id: z.string(),
  actor_name: z.string(),
  at: Moment,
})

const Delivery = z
  .object({
    id: z.string(),
    channel: z.enum(ALERT_CHANNELS),
    recipient: z.string(),
    state: z.enum(['pending', 'done', 'failed']),
    attempts: z.number(),
    next_try_at: z.number(),
    last_error: z.string().nullable(),
    done_at: Moment.nullable(),
    digest_of: z.number().nullable(),
  })
  .transform(({ id, channel, recipient, state, attempts, next_try_at, last_error, done_at, digest_of }) => ({
    id,
    channel,
    to: recipient,
    state,
    attempts,
    nextTryAt: state === 'pending' ? isoOf(next_try_at) : null,
    lastError: last_error,
    doneAt: done_at,
    digestOf: digest_of,
  }))

const Related = z
  .object({
    id: z.string(),
    form_id: z.string(),
    form_name: z.string(),
    state: z.enum(SUBMISSION_STATES),
    company_name: z.string().nullable(),
    submitted_at: Moment,
  })
  .transform(({ id, form_id, form_name, state, company_name, submitted_at }) => ({
    id,
    formId: form_id,
    formName: form_name,
    state,
    companyName: company_name,
    submittedAt: submitted_at,
  }))

/** The statements of a `Submission`: itself with the version that the applicant saw, and what hangs on it. */
export const submissionParts = (orgId: string, id: string) =>
  [
    row(
      Stored,
      sql`select ${ROW_JSON} as json, s.answers, s.agreements, s.suspicions, s.country, s.submitted_at,
          (select k.content from snapshots k where k.org_id = s.org_id and k.kind = 'form'
            and k.subject_id = s.form_id and k.n = s.form_version) as content,
          coalesce((select json_object('id', p.id, 'name', p.name) from partners p
              where p.org_id = s.org_id and p.id = s.partner_id),
            (select json_object('id', p.id, 'name', p.name) from partners p
              where p.org_id = s.org_id and p.domain = s.company_domain)) as partner
        from submissions s join forms f on f.org_id = s.org_id and f.id = s.form_id
        where s.org_id = ${orgId} and s.id = ${id}`,
    ),
    rows(
      Event,
      sql`select id, kind, from_state, to_state, reason, text, actor_id, actor_name, at from submission_events e
        where e.org_id = ${orgId} and e.submission_id = ${id} order by e.id desc limit ${EVENTS_MAX}`,
    ),
    rows(
      Delivery,
      sql`select id, channel, recipient, state, attempts, next_try_at, last_error, done_at, digest_of
        from deliveries d
        where d.org_id = ${orgId} and d.submission_id = ${id} order by d.id`,
    ),
    rows(
      Related,
      sql`select o.id, o.form_id, f.name as form_name, o.state, o.company_name, o.submitted_at
        from submissions s cross join submissions o join forms f on f.org_id = o.org_id and f.id = o.form_id
        where s.org_id = ${orgId} and s.id = ${id} and o.org_id = ${orgId} and o.company_domain = s.company_domain
          and o.id <> s.id and o.suspected = 0
        order by o.id desc limit ${RELATED_MAX}`,
    ),
  ] as const

/** What these statements answered. */
export type SubmissionParts = Results<ReturnType<typeof submissionParts>>

/** The submission that the parts make, or null when it is not there. */
export function submissionOf([stored, events, deliveries, related]: SubmissionParts): Submission | null {
  if (!stored) return null
  const { json, content, submitted_at, partner, country } = stored
  const past = events.toReversed()
  const acceptedAt = isoOf(submitted_at)
  const answers = answersOf(content, stored.answers)
  return {
    ...json,
    answers,
    agreements: agreementsOf(content, stored.agreements).map((each) => ({ ...each, acceptedAt, country })),
    notes: past
      .filter(({ kind }) => kind === 'note')
      .map(({ id, text, at, ...by }) => ({ id, text: text ?? '', author: personOf(by), at })),
    history: [
      { id: json.id, kind: 'submitted', from: null, to: null, reason: null, by: null, at: acceptedAt },
      ...past
        .filter(({ kind }) => kind !== 'note')
        .map(({ id, kind, from_state, to_state, reason, at, ...by }) => ({
          id,
          kind,
          from: from_state,
          to: to_state,
          reason: REJECTION_REASONS.find((known) => known === reason) ?? null,
          by: personOf(by),
          at,
        })),
    ],
    deliveries,
    related,
    existingPartner: partner,
    suspicions: SUSPICIONS.filter((known) => stored.suspicions.includes(known)),
    keptUntil: json.suspected ? isoOf(submitted_at + SUSPECTED_DAYS * DAY_MS) : null,
    prefill: prefillOf(content, answers, json.companyDomain),
  }
}

const personOf = ({ actor_id, actor_name }: { actor_id: string; actor_name: string }) => ({
  id: actor_id,
  name: actor_name,
})

/** The agreements that were accepted, in the words of that version. */
function agreementsOf(content: FormVersion | null, accepted: readonly string[]) {
  return (content?.sections ?? []).flatMap((section) => {
    if (section.kind !== 'agreement' || !accepted.includes(section.id)) return []
    const fingerprint = content?.fingerprints[section.id]
    return [
      {
        sectionId: section.id,
        title: section.title,
        text: section.text,
        sha256: fingerprint?.text ?? '',
        documentUrl: section.documentUrl ?? null,
        documentSha256: fingerprint?.document ?? null,
      },
    ]
  })
}

/** Notes that somebody who may decide has opened it; a viewer's look leaves it unread. */
const markRead = (orgId: string, id: string, { userId, now }: Actor) =>
  change(
    sql`update submissions set read_at = ${now} where submissions.org_id = ${orgId} and submissions.id = ${id}
      and read_at is null and exists (select 1 from members m
        where m.org_id = ${orgId} and m.user_id = ${userId} and m.role <> 'viewer')`,
  )

/**
 * One submission with all that belongs to it, which is read from then on.
 * @throws `not-found`
 */
export async function openSubmission(tenant: Tenant, id: string, actor: Actor): Promise<Submission> {
  const { orgId } = tenant
  const [, ...parts] = await tenant.batch([markRead(orgId, id, actor), ...submissionParts(orgId, id)])
  const submission = submissionOf(parts)
  if (!submission) throw new AppError('not-found')
  return submission
}

/** @throws `not-found` */
export async function getSubmission(tenant: Tenant, id: string): Promise<Submission> {
  const submission = submissionOf(await tenant.batch(submissionParts(tenant.orgId, id)))
  if (!submission) throw new AppError('not-found')
  return submission
}
