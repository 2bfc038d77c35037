import { sql } from 'drizzle-orm'
import type { Actor, Deed } from '#worker/db/audit.ts'
import { errorClass, isGuardRefusal } from '#worker/db/errors.ts'
import { type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { Env } from '#worker/env.ts'
import { expectFile, holdFile, newFormKey } from '#worker/files/commands.ts'
import { imageFormatOf, isPdf } from '#worker/files/content.ts'
import { FORM_FILE_TYPES, type FormFileFormat } from '#worker/files/terms.ts'
import { AppError } from '#worker/http/errors.ts'
import type { Log } from '#worker/http/log.ts'
import { sha256 } from '#worker/http/secrets.ts'
import { renumbered, type Standing, save, standingOf } from './save.ts'
import type { Form, Section } from './schema.ts'
import { formFiles } from './table.ts'
import { addressOf } from './write.ts'

/** Saves of somebody else that may come in between, before an upload is given up. */
const TRIES = 3

/** Who uploads what, and where it goes. */
interface Upload {
  readonly env: Env
  readonly tenant: Tenant
  readonly formId: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly actor: Actor
  readonly log: Log
}

/** What becomes of the form, once the file is there. */
interface Place {
  readonly kind: 'banner' | 'document'
  readonly format: FormFileFormat
  /** Refuses unless the form has a place for the file. */
  readonly exists: Statement<void>
  /** The form with the file; null when its place is gone. */
  readonly put: (form: Form, address: string) => Form | null
  readonly deed: Deed
}

/**
 * Gives a form a banner, and saves it so.
 * @throws `not-found`; `media-type`; `invalid`; `unavailable` when the bucket fails.
 */
export const setBanner = (upload: Upload): Promise<Form> =>
  store(upload, {
    kind: 'banner',
    format: imageFormatOf(upload.bytes),
    exists: unless(
      sql`select 1 from forms f where f.org_id = ${upload.tenant.orgId} and f.id = ${upload.formId}`,
    ),
    put: (form, address) => ({ ...form, design: { ...form.design, bannerUrl: address } }),
    deed: { action: 'form.banner', targetId: upload.formId },
  })

/**
 * Gives an agreement its PDF, and saves the form so.
 * @throws `not-found`, also of a section that is no agreement or not saved yet; `media-type`; `unavailable`.
 */
export function setDocument(upload: Upload, sectionId: string): Promise<Form> {
  if (!isPdf(upload.bytes))
    throw new AppError('media-type', {
      detail: 'Choose a PDF that is complete. Save any other file as PDF first.',
    })
  const { tenant, formId } = upload
  return store(upload, {
    kind: 'document',
    format: 'pdf',
    exists: unless(
      sql`select 1 from forms f, json_each(f.sections) s where f.org_id = ${tenant.orgId} and f.id = ${formId}
        and s.value ->> 'id' = ${sectionId} and s.value ->> 'kind' = 'agreement'`,
    ),
    put: (form, address) => withDocument(form, sectionId, address),
    deed: { action: 'form.document', targetId: formId },
  })
}

/** Of two sections with one id, which a draft may have, the first agreement is meant. */
function withDocument(form: Form, sectionId: string, documentUrl: string): Form | null {
  const at = form.sections.findIndex(({ id, kind }) => id === sectionId && kind === 'agreement')
  const section = form.sections[at]
  if (section?.kind !== 'agreement') return null
  const sections: Section[] = form.sections.with(at, { ...section, documentUrl })
  return { ...form, sections }
}

/**
 * Two round trips around the upload: the first notes the object before it exists, so that whatever fails afterwards leaves
 * nothing that the sweep does not find. A save that came in between is no reason to upload again.
 */
async function store({ env, tenant, formId, bytes, actor, log }: Upload, place: Place): Promise<Form> {
  const { orgId } = tenant
  const { kind, format, deed } = place
  const key = newFormKey(orgId, format)
  const file = {
    orgId,
    formId,
    key,
    kind,
    bytes: bytes.length,
    sha256: await sha256(bytes),
    createdAt: actor.now,
  }
  let standing = await standingOf(tenant, formId, actor.now, [place.exists, expectFile(key, actor.now)])
  await putObject(env, key, bytes, format, log)
  for (let tries = 1; ; tries++) {
    const next = placed(standing, place, addressOf(key), actor.now)
    const files = new Map(standing.files).set(addressOf(key), file)
    const also = [...holdFile(key), tenant.insert(formFiles, file)]
    const detail = { version: next.version, state: next.state }
    try {
      await save(tenant, standing.form, next, { files, also, deed: { ...deed, detail } }, actor)
      return next
    } catch (error) {
      if (!isGuardRefusal(error)) throw error
      if (tries === TRIES) throw new AppError('unavailable', { detail: BUSY, retryAfterSeconds: 2 })
      standing = await standingOf(tenant, formId, actor.now)
    }
  }
}

const BUSY = 'Others are saving this form right now. Try again in a moment.'

function placed({ form }: Standing, { put }: Place, address: string, now: number): Form {
  const next = put(form, address)
  if (!next) throw new AppError('not-found')
  return renumbered(next, now)
}

async function putObject(
  { FILES }: Env,
  key: string,
  bytes: Uint8Array<ArrayBuffer>,
  format: FormFileFormat,
  log: Log,
) {
  try {
    await FILES.put(key, bytes, { httpMetadata: { contentType: FORM_FILE_TYPES[format] } })
  } catch (error) {
    log('file_refused', { class: errorClass(error) })
    throw new AppError('unavailable', {
      detail: 'The file could not be stored. Try again in a moment.',
      retryAfterSeconds: 2,
    })
  }
}
