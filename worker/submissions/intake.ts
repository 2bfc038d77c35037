import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { PublicForm } from '#worker/applications/published.ts'
import { FORM_STATES, type FormState } from '#worker/applications/terms.ts'
import { audit } from '#worker/db/audit.ts'
import { Database } from '#worker/db/database.ts'
import { isForeignKeyViolation, isGuardRefusal, isUniqueViolation } from '#worker/db/errors.ts'
import { Guarded } from '#worker/db/guarded.ts'
import { newId } from '#worker/db/ids.ts'
import { among, row, unless } from '#worker/db/statement.ts'
import { Tenant } from '#worker/db/tenant.ts'
import type { Env } from '#worker/env.ts'
import type { DueDelivery } from '#worker/http/announce.ts'
import { AppError } from '#worker/http/errors.ts'
import { sha256 } from '#worker/http/secrets.ts'
import { queueAlerts, scheduleSummary } from './alerts.ts'
import { countSubmission, DAY_MS, isExhausted, isFull, secondsToWait, tryKey } from './limits.ts'
import type { StoredAnswer } from './schema.ts'
import { submissions } from './table.ts'
import { holdsApart, type Suspicion } from './terms.ts'

/** What is stored as the actor of an applicant's own deed: they are nobody's user. */
const APPLICANT = 'applicant'
const SLOT_MS = 600_000

/** What an applicant sent, judged and found right. */
export interface Application {
  readonly form: PublicForm
  readonly version: number
  readonly answers: readonly StoredAnswer[]
  /** Ids of the accepted agreements: all that the version has. */
  readonly agreements: readonly string[]
  readonly sender: Sender
  readonly suspicions: readonly Suspicion[]
  /** The address block that limits count. */
  readonly block: string
  /** As the edge saw it: ISO 3166 alpha-2. */
  readonly country: string | null
  readonly requestId: string
  readonly now: number
}

/** Whom the answers are from, as far as the form asks. */
export interface Sender {
  readonly companyName: string | null
  readonly companyDomain: string | null
  readonly contactName: string | null
  readonly contactEmail: string | null
}

/** What makes a second try the same submission. */
export interface Sameness {
  /** The first is stored; any of them finds an earlier submission. */
  readonly keys: readonly string[]
  readonly bodyHash: string
}

type Said = Pick<Application, 'version' | 'answers' | 'agreements' | 'block' | 'now'>

/**
 * The client's key, or one made of what was said, from where and when: within ten minutes, and across the end of them, the
 * same again is the same submission. The first try may have met a server whose clock was ahead.
 */
export async function samenessOf(said: Said, clientKey: string | null): Promise<Sameness> {
  const { version, answers, agreements, block, now } = said
  const bodyHash = await sha256(JSON.stringify([version, answers, agreements]))
  if (clientKey !== null) return { keys: [clientKey], bodyHash }
  const slot = Math.floor(now / SLOT_MS)
  const keys = [slot, slot - 1, slot + 1].map((each) => sha256(JSON.stringify([bodyHash, block, each])))
  return { keys: await Promise.all(keys), bodyHash }
}

/** What was stored: now, or by an earlier try, which then queues nothing. */
export interface Taken {
  readonly id: string
  readonly replayed: boolean
  readonly deliveries: readonly DueDelivery[]
}

/**
 * Stores a submission with its alerts, its place in the counts and its audit entry: all or nothing, in one round trip. What
 * stands in its way is found out in a second one.
 * @throws `closed`, `not-found`, `idempotency-key`, `too-many-requests`
 */
export async function takeSubmission(
  env: Env,
  db: Database,
  application: Application,
  sameness: Sameness,
): Promise<Taken> {
  const { form, suspicions, requestId, now } = application
  const { orgId } = form
  const tenant = new Tenant(new Guarded(db, null), orgId)
  const id = newId('sub')
  const key = await tryKey(env.AUTH_SECRET, form.formId, application.block)
  const actor = { userId: APPLICANT, requestId, now }
  try {
    const [, , , , queued] = await tenant.batch([
      unless(mayBeTaken(application, sameness, key)),
      countSubmission(key, now),
      tenant.insert(submissions, rowOf(id, application, sameness)),
      audit(orgId, actor, {
        action: 'submission.create',
        targetId: id,
        detail: { formId: form.formId, formVersion: application.version, suspected: suspicions.length },
      }),
      queueAlerts(orgId, id, requestId, now),
      scheduleSummary(orgId, id, now),
    ])
    return { id, replayed: false, deliveries: queued }
  } catch (error) {
    if (!(isGuardRefusal(error) || isUniqueViolation(error, '') || isForeignKeyViolation(error))) throw error
    return explain(env, application, sameness, key)
  }
}

/** Finds a row while the form takes submissions, the applicant has tries left, and nobody has used the key. */
const mayBeTaken = ({ form, now }: Application, { keys }: Sameness, key: string) =>
  sql`select 1 from forms f where f.org_id = ${form.orgId} and f.id = ${form.formId} and f.state = 'published'
    and (f.share ->> 'public' or f.share ->> 'embed') and not ${isExhausted(key, now)} and not (${isFull(now)})
    and not exists (select 1 from submissions s where s.org_id = f.org_id and s.form_id = f.id
      and s.idempotency_key in ${among(keys)})`

function rowOf(id: string, application: Application, { keys, bodyHash }: Sameness) {
  const { form, version, answers, agreements, sender, suspicions, country, now } = application
  return {
    ...sender,
    id,
    orgId: form.orgId,
    formId: form.formId,
    formVersion: version,
    state: 'new',
    suspected: suspicions.some(holdsApart),
    idempotencyKey: keys[0] ?? id,
    bodyHash,
    submittedAt: now,
    version: 0,
    country,
    suspicions: JSON.stringify(suspicions),
    answers: JSON.stringify(answers),
    agreements: JSON.stringify(agreements),
  } as const
}

const Standing = z.object({
  state: z.enum(FORM_STATES),
  shared: z.number(),
  wait: z.number().nullable(),
  full: z.number(),
})
const Earlier = z.object({ id: z.string(), body_hash: z.string() })

const earlier = ({ orgId, formId }: PublicForm, { keys }: Sameness) =>
  row(
    Earlier,
    sql`select s.id, s.body_hash from submissions s where s.org_id = ${orgId} and s.form_id = ${formId}
      and s.idempotency_key in ${among(keys)}`,
  )

/** The submission that an earlier try stored, if one did. @throws `idempotency-key` when it said something else. */
export async function findEarlier(db: Database, form: PublicForm, sameness: Sameness): Promise<Taken | null> {
  return replayOf(await db.run(earlier(form, sameness)), sameness)
}

function replayOf(found: z.infer<typeof Earlier> | null, { bodyHash }: Sameness): Taken | null {
  if (!found) return null
  if (found.body_hash !== bodyHash) throw new AppError('idempotency-key')
  return { id: found.id, replayed: true, deliveries: [] }
}

async function explain(
  env: Env,
  { form, now }: Application,
  sameness: Sameness,
  key: string,
): Promise<Taken> {
  const [standing, found] = await new Database(env.DB, 'primary').batch([
    row(
      Standing,
      sql`select f.state, coalesce(f.share ->> 'public' or f.share ->> 'embed', 0) as shared, ${isFull(now)} as full,
          ${secondsToWait(key, now)} as wait
        from forms f where f.org_id = ${form.orgId} and f.id = ${form.formId}`,
    ),
    earlier(form, sameness),
  ])
  const replay = replayOf(found, sameness)
  if (replay) return replay
  if (!standing) throw new AppError('not-found')
  refuseClosed(standing.state, standing.shared === 1)
  const wait = standing.wait ?? 0
  if (wait > 0)
    throw new AppError('too-many-requests', {
      detail: 'Wait a little before you try again. Nothing that you wrote is lost.',
      retryAfterSeconds: Math.ceil(wait / 1_000),
    })
  if (standing.full)
    throw new AppError('too-many-requests', {
      detail: 'This form takes no more applications today. Try again tomorrow.',
      retryAfterSeconds: Math.ceil((DAY_MS - (now % DAY_MS)) / 1_000),
    })
  // What stood in the way is gone by now.
  throw new AppError('unavailable', { detail: 'Try again in a moment.', retryAfterSeconds: 1 })
}

/** @throws `closed` or `not-found` for a form that takes nothing */
export function refuseClosed(state: FormState, isShared: boolean) {
  if (!isShared || state === 'draft') throw new AppError('not-found')
  if (state === 'closed') throw new AppError('closed', { detail: 'It takes no more applications.' })
}
