import { sql } from 'drizzle-orm'
import { change, type Statement, shared, unless } from '#worker/db/statement.ts'
import type { FormFileFormat, ImageFormat } from './terms.ts'

/** An upload that took longer is given up, and its object deleted. */
const UPLOAD_MS = 3_600_000
const KEY_BYTES = 16

/** A key that nobody can guess, under the organisation that may see it; its ending is what the bytes are. */
export const newKey = (orgId: string, format: ImageFormat) =>
  `${orgId}-${crypto.getRandomValues(new Uint8Array(KEY_BYTES)).toHex()}.${format}`

/** A key of what anybody may see who knows it: a form shows its banner and documents to whoever opens it. */
export const newFormKey = (orgId: string, format: FormFileFormat) =>
  `${orgId}-form-${crypto.getRandomValues(new Uint8Array(KEY_BYTES)).toHex()}.${format}`

/** Before an object is stored: should nobody come to hold it, it is deleted. */
export const expectFile = (key: string, now: number): Statement =>
  shared(change(sql`insert into stray_files (key, due_at) values (${key}, ${now + UPLOAD_MS})`))

/** After it was stored, in the batch whose row holds it. Ends the batch when it is being deleted already. */
export const holdFile = (key: string): Statement[] => [
  shared(unless(sql`select 1 from stray_files where key = ${key} and taken_at is null`)),
  shared(change(sql`delete from stray_files where key = ${key}`)),
]
