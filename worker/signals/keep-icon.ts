import type { Database } from '#worker/db/database.ts'
import { errorClass } from '#worker/db/errors.ts'
import type { Env } from '#worker/env.ts'
import { expectFile, newKey } from '#worker/files/commands.ts'
import { IMAGE_TYPES } from '#worker/files/terms.ts'
import type { Log } from '#worker/http/log.ts'
import type { Found } from './icon.ts'

/**
 * Puts an icon into the bucket and answers its key; null when the bucket fails. The same picture as `before` keeps its key,
 * so that what people said of it stays said. Another one is noted as to be deleted until a row holds it.
 */
export async function keepIcon(
  { FILES }: Env,
  db: Database,
  { bytes, format }: Found,
  { orgId, before }: { orgId: string; before: string | null },
  now: number,
  log: Log,
): Promise<string | null> {
  try {
    if (before !== null && (await isSame(FILES, before, bytes))) return before
    const key = newKey(orgId, format)
    await db.run(expectFile(key, now))
    await FILES.put(key, bytes, { httpMetadata: { contentType: IMAGE_TYPES[format] } })
    return key
  } catch (error) {
    log('file_refused', { class: errorClass(error) })
    return null
  }
}

/** R2 knows the MD5 of what it holds; nobody gains from a picture that only seems to be the same. */
async function isSame(files: R2Bucket, key: string, bytes: Uint8Array<ArrayBuffer>) {
  const known = (await files.head(key))?.checksums.md5
  if (!known) return false
  const md5 = await crypto.subtle.digest('MD5', bytes)
  return new Uint8Array(known).toHex() === new Uint8Array(md5).toHex()
}
