import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, row, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { anyDue, dueFiles } from '#worker/files/job.ts'
import { AppError } from '#worker/http/errors.ts'
import { defaultForm } from './defaults.ts'
import { forgetForm } from './published.ts'
import type { Kept } from './queries.ts'
import type { Form, FormVersion, NewForm } from './schema.ts'
import { slugOf, varied } from './slug.ts'
import { forms } from './table.ts'
import { versionOf } from './version.ts'
import { hintOf, sealWebhook } from './webhook.ts'
import { check, columnsOf, isSlugTaken, keepVersion, slugTaken } from './write.ts'

/** Endings that are tried for an address made from a name. */
const VARIANTS = 4
const NO_FILES = new Map()

/**
 * Adds a form: what the body leaves out is as in the default form. One round trip, and another one where the address made
 * from its name is taken.
 * @throws `duplicate-slug`; `invalid` at what keeps it from being published, or at files that it cannot have yet.
 */
export async function createForm(
  tenant: Tenant,
  secret: string,
  input: NewForm,
  actor: Actor,
): Promise<Form> {
  const webhook = input.notifications?.slackWebhook ?? null
  const form = newForm(input, webhook, actor.now)
  check(form, NO_FILES)
  const version = await versionOf(form, NO_FILES, null)
  const sealed = webhook && (await sealWebhook(secret, form.id, webhook))
  const stored = await insert(tenant, form, { version, sealed, isMade: input.slug === undefined }, actor)
  forgetForm(stored.slug)
  return { ...stored, failing: [] }
}

function newForm(input: NewForm, webhook: string | null, now: number): Kept {
  const { slug, design, content, share, notifications, ...given } = input
  const base = { ...defaultForm(), ...given }
  const at = new Date(now).toISOString()
  return {
    ...base,
    id: newId('frm'),
    slug: slug ?? slugOf(given.name),
    version: 1,
    publishedVersion: base.state === 'published' ? 1 : null,
    design: { ...base.design, ...design },
    content: { ...base.content, ...content },
    share: { ...base.share, ...share },
    notifications: {
      emails: [...new Set(notifications?.emails ?? base.notifications.emails)],
      slackWebhookHint: webhook && hintOf(webhook),
      rhythm: notifications?.rhythm ?? base.notifications.rhythm,
    },
    createdAt: at,
    updatedAt: at,
  }
}

interface Beside {
  readonly version: FormVersion
  readonly sealed: string | null
  /** The address was made from the name, so any other will do. */
  readonly isMade: boolean
}

/** The form as it was stored: under another address when its made one was taken. */
async function insert(
  tenant: Tenant,
  form: Kept,
  beside: Beside,
  actor: Actor,
  tries = VARIANTS,
): Promise<Kept> {
  const { orgId } = tenant
  const { id, version, state } = form
  try {
    await tenant.batch([
      tenant.insert(forms, rowOf(orgId, form, beside.sealed, actor.now)),
      keepVersion(orgId, form, beside.version, actor),
      audit(orgId, actor, { action: 'form.create', targetId: id, detail: { version, state } }),
    ])
    return form
  } catch (error) {
    if (!isSlugTaken(error)) throw error
    if (!beside.isMade || tries === 0) throw slugTaken()
    return insert(tenant, { ...form, slug: varied(slugOf(form.name)) }, beside, actor, tries - 1)
  }
}

const rowOf = (orgId: string, form: Kept, sealed: string | null, now: number) => ({
  ...columnsOf(form, now),
  id: form.id,
  orgId,
  slackWebhook: sealed,
  slackFreeAt: 0,
  createdAt: now,
})

const Gone = z.object({ slug: z.string() })

/**
 * Deletes a form that nobody has answered, with its versions and files; answers whether files are left to be deleted.
 * @throws `not-found`; `has-submissions`
 */
export async function removeForm(tenant: Tenant, id: string, actor: Actor): Promise<boolean> {
  const { orgId } = tenant
  const found = row(Gone, sql`select slug from forms f where f.org_id = ${orgId} and f.id = ${id}`)
  try {
    const results = await tenant.batch([
      unless(sql`select 1 from forms f where f.org_id = ${orgId} and f.id = ${id}
        and not exists (select 1 from submissions s where s.org_id = ${orgId} and s.form_id = f.id)`),
      found,
      change(sql`delete from forms where forms.org_id = ${orgId} and forms.id = ${id}`),
      audit(orgId, actor, { action: 'form.delete', targetId: id }),
      dueFiles(actor.now),
    ])
    forgetForm(results[1]?.slug ?? '')
    return anyDue(results)
  } catch (error) {
    if (!isGuardRefusal(error)) throw error
    if (!(await tenant.run(found))) throw new AppError('not-found')
    throw new AppError('has-submissions', {
      detail: 'Close the form instead: its submissions stay, and nobody can send another one.',
    })
  }
}
