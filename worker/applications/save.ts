import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Actor, audit, type Deed } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { rows, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { forgetForm } from './published.ts'
import { failingOf, formOf, type Kept } from './queries.ts'
import type { Form, FormChange } from './schema.ts'
import { forms } from './table.ts'
import { versionOf } from './version.ts'
import { hintOf, sealWebhook } from './webhook.ts'
import {
  addressOf,
  check,
  columnsOf,
  type FormFiles,
  fingerprintsOf,
  isSlugTaken,
  keepVersion,
  slugTaken,
} from './write.ts'

const File = z.object({ key: z.string(), kind: z.enum(['banner', 'document']), sha256: z.string() })

const filesOf = (orgId: string, id: string) =>
  rows(File, sql`select key, kind, sha256 from form_files f where f.org_id = ${orgId} and f.form_id = ${id}`)

/** A form with all that a save of it needs to know. */
export interface Standing {
  readonly form: Form
  readonly files: FormFiles
}

/** Reads a form in front of a save; `statements` go along. @throws `not-found`, also when one of them refuses. */
export async function standingOf(
  tenant: Tenant,
  id: string,
  now: number,
  statements: readonly Statement[] = [],
): Promise<Standing> {
  const { orgId } = tenant
  const reading = [formOf(orgId, id), failingOf(orgId, id, now), filesOf(orgId, id)] as const
  const [form, failing, files] = await tenant
    .batch([...reading, ...statements])
    .catch((error: unknown): never => {
      throw isGuardRefusal(error) ? new AppError('not-found') : error
    })
  if (!form) throw new AppError('not-found')
  return {
    form: { ...form, failing },
    files: new Map(files.map(({ key, kind, sha256 }) => [addressOf(key), { kind, sha256 }])),
  }
}

/**
 * Changes what the body holds, and keeps the result as the form's next version, which applicants see at once when it is
 * published. Two round trips: the second writes what could only be rendered and judged with the rest of the form, which
 * the first reads, and only as long as that is still how the form stands.
 * @throws `not-found`; `stale` with the form as it is and who changed what since; `duplicate-slug`; `invalid`.
 */
export async function editForm(
  tenant: Tenant,
  secret: string,
  id: string,
  input: FormChange,
  actor: Actor,
): Promise<Form> {
  const { form, files } = await standingOf(tenant, id, actor.now)
  if (form.version !== input.version) throw await stale(tenant, form, input.version)
  const webhook = input.notifications?.slackWebhook
  const next = merged(form, input, webhook, actor.now)
  check(next, files)
  const sealed = webhook && (await sealWebhook(secret, id, webhook))
  try {
    await save(tenant, form, next, { files, sealed, also: [], deed: deedOf(form, next) }, actor)
  } catch (error) {
    if (isSlugTaken(error)) throw slugTaken()
    if (!isGuardRefusal(error)) throw error
    throw await stale(tenant, (await standingOf(tenant, id, actor.now)).form, input.version)
  }
  return next
}

const deedOf = (form: Kept, next: Kept): Deed => ({
  action: next.state === 'published' && form.state !== 'published' ? 'form.publish' : 'form.edit',
  targetId: next.id,
  detail: { version: next.version, state: next.state, fields: changedParts(form, next).join(' ') },
})

function merged(form: Form, input: FormChange, webhook: string | null | undefined, now: number): Form {
  const { version: _, design, content, share, notifications, ...given } = input
  const { emails, rhythm, slackWebhookHint } = form.notifications
  const next = {
    ...form,
    ...given,
    design: { ...form.design, ...design },
    content: { ...form.content, ...content },
    share: { ...form.share, ...share },
    notifications: {
      emails: [...new Set(notifications?.emails ?? emails)],
      slackWebhookHint: webhook === undefined ? slackWebhookHint : webhook && hintOf(webhook),
      rhythm: notifications?.rhythm ?? rhythm,
    },
  }
  return renumbered(next, now)
}

/** The form as its next version. */
export function renumbered<F extends Kept>(form: F, now: number): F {
  const version = form.version + 1
  return {
    ...form,
    version,
    publishedVersion: form.state === 'published' ? version : form.publishedVersion,
    updatedAt: new Date(now).toISOString(),
  }
}

const PARTS = [
  ...(['name', 'slug', 'state', 'sections', 'design', 'content', 'share', 'notifications'] as const),
  'dailyCap' as const,
]
/** The parts in which two versions of a form differ. */
export const changedParts = (form: Kept, next: Kept): string[] =>
  PARTS.filter((part) => JSON.stringify(form[part]) !== JSON.stringify(next[part]))

interface Beside {
  readonly files: FormFiles
  /** The encrypted webhook: undefined keeps the one that stands. */
  readonly sealed?: string | null | undefined
  /** Statements of the same batch, in front. */
  readonly also: readonly Statement[]
  readonly deed: Deed
}

/** Writes a form's next version; refuses, as a guard does, when it is no longer the next one. */
export async function save(tenant: Tenant, form: Kept, next: Kept, beside: Beside, actor: Actor) {
  const { orgId } = tenant
  const { files, sealed, also, deed } = beside
  const changed = new Set(changedParts(form, next))
  // Another address of the same channel may end alike.
  if (sealed !== undefined) changed.add('notifications')
  const version = await versionOf(next, fingerprintsOf(files), [...changed])
  const results = await tenant.batch([
    unless(
      sql`select 1 from forms f where f.org_id = ${orgId} and f.id = ${next.id} and f.version = ${form.version}`,
    ),
    ...also,
    tenant.update(
      forms,
      { ...columnsOf(next, actor.now), ...(sealed === undefined ? {} : { slackWebhook: sealed }) },
      is(next.id),
    ),
    keepVersion(orgId, next, version, actor),
    audit(orgId, actor, deed),
  ])
  forgetForm(form.slug, next.slug)
  return results
}

const is = (id: string): SQL => sql`id = ${id}`

const Since = z.object({
  changed: z
    .string()
    .nullable()
    .transform(
      (text) =>
        z
          .array(z.string())
          .nullable()
          .parse(JSON.parse(text ?? 'null')) ?? [],
    ),
  actor_id: z.string(),
  actor_name: z.string(),
  at: z.number().transform((ms) => new Date(ms).toISOString()),
})

/** Somebody else saved meanwhile: the form as it is, with the last change of each part since the version that was edited. */
async function stale(tenant: Tenant, current: Form, since: number) {
  const { orgId } = tenant
  const saves = await tenant.run(
    rows(
      Since,
      sql`select content -> '$.changed' as changed, actor_id, actor_name, at from snapshots s
        where s.org_id = ${orgId} and s.kind = 'form' and s.subject_id = ${current.id} and s.n > ${since}
        order by s.n`,
    ),
  )
  const latest = new Map(
    saves.flatMap(({ changed, actor_id, actor_name, at }) =>
      changed.map((field) => [field, { field, by: { id: actor_id, name: actor_name }, at }] as const),
    ),
  )
  return new AppError('stale', { members: { current, changes: [...latest.values()] } })
}
