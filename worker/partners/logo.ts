import { sql } from 'drizzle-orm'
import { type Actor, audit } from '#worker/db/audit.ts'
import { errorClass, isGuardRefusal } from '#worker/db/errors.ts'
import { change, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { Env } from '#worker/env.ts'
import { expectFile, holdFile, newKey } from '#worker/files/commands.ts'
import { imageFormatOf } from '#worker/files/content.ts'
import { anyDue, dueFiles } from '#worker/files/job.ts'
import { IMAGE_TYPES } from '#worker/files/terms.ts'
import { AppError } from '#worker/http/errors.ts'
import type { Log } from '#worker/http/log.ts'
import { record } from './activity.ts'
import { missing, partnerExists } from './queries.ts'

/** What became of a logo; `files` is true when the object before is left to be deleted. */
interface Changed {
  files: boolean
}

/** The partner with another logo or none; a trigger notes the object before as one that is to be deleted. */
const withLogo = (orgId: string, id: string, key: string | null, actor: Actor): Statement[] => [
  change(
    sql`update partners set logo_key = ${key}, version = version + 1, updated_at = ${actor.now}
      where partners.org_id = ${orgId} and partners.id = ${id}`,
  ),
  record(orgId, id, actor, {
    kind: 'edit',
    text: '',
    fields: ['logo'],
    version: sql`(select p.version from partners p where p.org_id = ${orgId} and p.id = ${id})`,
  }),
  audit(orgId, actor, { action: 'partner.edit', targetId: id, detail: { fields: 'logo' } }),
]

/**
 * Gives a partner a logo and answers its address. Two round trips: the first notes the object before it exists, so that
 * whatever fails afterwards leaves nothing that the sweep does not find.
 * @throws `not-found`; `media-type`; `invalid`; `unavailable` when the bucket fails.
 */
export async function setLogo(
  { FILES }: Env,
  tenant: Tenant,
  id: string,
  bytes: Uint8Array<ArrayBuffer>,
  actor: Actor,
  log: Log,
): Promise<Changed & { logoUrl: string }> {
  const { orgId } = tenant
  const format = imageFormatOf(bytes)
  const key = newKey(orgId, format)
  await tenant.batch([partnerExists(orgId, id), expectFile(key, actor.now)]).catch(missing)
  try {
    await FILES.put(key, bytes, { httpMetadata: { contentType: IMAGE_TYPES[format] } })
  } catch (error) {
    log('file_refused', { class: errorClass(error) })
    throw new AppError('unavailable', {
      detail: 'The image could not be stored. Try again in a moment.',
      retryAfterSeconds: 2,
    })
  }
  const held = [partnerExists(orgId, id), ...holdFile(key), ...withLogo(orgId, id, key, actor)]
  const results = await tenant.batch([...held, dueFiles(actor.now)]).catch(missing)
  return { logoUrl: `/files/${key}`, files: anyDue(results) }
}

/**
 * Takes a partner's logo away; one without stays as it is.
 * @throws `not-found`
 */
export async function removeLogo(tenant: Tenant, id: string, actor: Actor): Promise<Changed> {
  const { orgId } = tenant
  try {
    const results = await tenant.batch([
      unless(
        sql`select 1 from partners p where p.org_id = ${orgId} and p.id = ${id} and p.logo_key is not null`,
      ),
      ...withLogo(orgId, id, null, actor),
      dueFiles(actor.now),
    ])
    return { files: anyDue(results) }
  } catch (error) {
    if (!isGuardRefusal(error)) throw error
    await tenant.batch([partnerExists(orgId, id)]).catch(missing)
    return { files: false }
  }
}
