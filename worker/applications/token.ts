import { keyedHash } from '#worker/http/secrets.ts'

const HOUR_MS = 3_600_000
/** How long a token is good: an older one is taken, and what came with it is looked at twice. */
const GOOD_HOURS = 48

/** The version of a form that an applicant saw, and whether that was longer ago than a token is good. */
export interface Opened {
  readonly version: number
  readonly old: boolean
}

const signature = (secret: string, formId: string, version: number, hour: number) =>
  keyedHash(secret, `form token ${formId} ${version} ${hour}`)

/** Proves that a page of ours was opened: the same for everybody who opens this version within the hour. */
export async function tokenFor(secret: string, formId: string, version: number, now: number) {
  const hour = Math.floor(now / HOUR_MS)
  return `${version}.${hour}.${await signature(secret, formId, version, hour)}`
}

/** What a token says, or null when it is not one of ours or not of this form. */
export async function readToken(
  secret: string,
  formId: string,
  token: string,
  now: number,
): Promise<Opened | null> {
  const [, versionText = '', hourText = '', given] = /^(\d{1,9})\.(\d{1,9})\.([\w-]{43})$/.exec(token) ?? []
  const [version, hour] = [Number(versionText), Number(hourText)]
  if (!given || given !== (await signature(secret, formId, version, hour))) return null
  return { version, old: now - hour * HOUR_MS > (GOOD_HOURS + 1) * HOUR_MS }
}
