import { sql } from 'drizzle-orm'
import type { Actor } from '#worker/db/audit.ts'
import { isUniqueViolation } from '#worker/db/errors.ts'
import { change, type Statement } from '#worker/db/statement.ts'
import { AppError, type FieldError } from '#worker/http/errors.ts'
import { problemsOf } from './problems.ts'
import type { Kept } from './queries.ts'
import type { FormVersion } from './schema.ts'

/** Files of one form: their fingerprint and kind, by the address that they are served at. */
export type FormFiles = ReadonlyMap<string, { kind: 'banner' | 'document'; sha256: string }>
export const addressOf = (key: string) => `/form-files/${key}`

export const fingerprintsOf = (files: FormFiles) =>
  new Map([...files].map(([address, { sha256 }]) => [address, sha256]))

/** Keeps what a save asks, under its number, with its author as they were called then. */
export const keepVersion = (
  orgId: string,
  form: Pick<Kept, 'id' | 'version'>,
  version: FormVersion,
  { userId, now }: Actor,
): Statement<number> =>
  change(
    sql`insert into snapshots (org_id, kind, subject_id, n, content, actor_id, actor_name, at)
      values (${orgId}, 'form', ${form.id}, ${form.version}, ${JSON.stringify(version)}, ${userId},
        (select u.name from users u where u.id = ${userId}), ${now})`,
  )

/**
 * Holds a form against what its parts alone do not say.
 * @throws `invalid` at a file that is not the form's own, or at everything that keeps a published one from being so.
 */
export function check(form: Kept, files: FormFiles) {
  const errors = [...strayFiles(form, files), ...(form.state === 'published' ? problemsOf(form) : [])]
  if (errors.length > 0) throw new AppError('invalid', { errors })
}

function strayFiles({ design, sections }: Kept, files: FormFiles): FieldError[] {
  const { bannerUrl } = design
  const errors: FieldError[] = []
  if (bannerUrl !== null && files.get(bannerUrl)?.kind !== 'banner')
    errors.push({ pointer: '/design/bannerUrl', detail: 'Upload the image to this form first.' })
  for (const [at, section] of sections.entries())
    if (section.kind === 'agreement' && section.documentUrl && !isDocument(files, section.documentUrl))
      errors.push({
        pointer: `/sections/${at}/documentUrl`,
        detail: 'Upload the PDF to this section first.',
      })
  return errors
}

const isDocument = (files: FormFiles, address: string) => files.get(address)?.kind === 'document'

export const isSlugTaken = (error: unknown) => isUniqueViolation(error, 'forms.slug')
export const slugTaken = () =>
  new AppError('duplicate-slug', {
    errors: [{ pointer: '/slug', detail: 'Another form has this address. Choose another one.' }],
  })

/** The columns that each save writes anew; the webhook is written only when it is given. */
export const columnsOf = (form: Kept, now: number) => ({
  name: form.name,
  slug: form.slug,
  state: form.state,
  version: form.version,
  publishedVersion: form.publishedVersion,
  sections: JSON.stringify(form.sections),
  design: JSON.stringify(form.design),
  content: JSON.stringify(form.content),
  share: JSON.stringify(form.share),
  emails: JSON.stringify(form.notifications.emails),
  slackHint: form.notifications.slackWebhookHint,
  rhythm: form.notifications.rhythm,
  dailyCap: form.dailyCap,
  updatedAt: now,
})
