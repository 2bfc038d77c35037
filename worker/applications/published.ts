import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { row } from '#worker/db/statement.ts'
import { FormVersion, Share } from './schema.ts'
import { FORM_STATES } from './terms.ts'

/** How long an isolate believes what it read of a form, when another isolate may have saved it. */
const KNOWN_MS = 60_000
/** Forms that an isolate remembers. */
const KNOWN_MAX = 200

/** What the public side needs to know of a form. */
export interface PublicForm {
  readonly orgId: string
  readonly formId: string
  readonly slug: string
  readonly state: (typeof FORM_STATES)[number]
  readonly share: Share
  /** The version that applicants see now; null when there never was one. */
  readonly version: number | null
}

const Found = z.object({
  org_id: z.string(),
  id: z.string(),
  state: z.enum(FORM_STATES),
  share: z.string(),
  published_version: z.number().nullable(),
})
const Kept = z.object({ content: z.string() })

interface Known<T> {
  readonly value: T
  readonly until: number
}

/** By slug; dropped when the form is saved here. */
const forms = new Map<string, Known<PublicForm>>()
/** By form and number. A version never changes, so it is kept for as long as there is room. */
const versions = new Map<string, FormVersion>()

function remember<T>(all: Map<string, T>, key: string, value: T) {
  const oldest = all.size >= KNOWN_MAX ? all.keys().next().value : undefined
  if (oldest !== undefined) all.delete(oldest)
  all.set(key, value)
}

/** Called after each save, with the slug that the form had and the one that it has. */
export function forgetForm(...slugs: readonly string[]) {
  for (const slug of slugs) forms.delete(slug)
}

/** What this isolate read of a form at most a minute ago, and has not saved since. */
export function recallForm(slug: string, now: number): PublicForm | null {
  const known = forms.get(slug)
  return known && known.until > now && known.until <= now + KNOWN_MS ? known.value : null
}

/** The form of a public address, as it was at most a minute ago. */
export async function findForm(db: Database, slug: string, now: number): Promise<PublicForm | null> {
  return recallForm(slug, now) ?? findFormNow(db, slug, now)
}

/** The form of a public address, as it is. */
export async function findFormNow(db: Database, slug: string, now: number): Promise<PublicForm | null> {
  const found = await db.run(
    row(Found, sql`select org_id, id, state, share, published_version from forms where slug = ${slug}`),
  )
  if (!found) {
    forms.delete(slug)
    return null
  }
  const form: PublicForm = {
    orgId: found.org_id,
    formId: found.id,
    slug,
    state: found.state,
    share: Share.parse(JSON.parse(found.share)),
    version: found.published_version,
  }
  remember(forms, slug, { value: form, until: now + KNOWN_MS })
  return form
}

/** One version of a form; null when that number was never saved. */
export async function findVersion(
  db: Database,
  { orgId, formId }: Pick<PublicForm, 'orgId' | 'formId'>,
  n: number,
): Promise<FormVersion | null> {
  const key = `${formId} ${n}`
  const known = versions.get(key)
  if (known) return known
  const found = await db.run(
    row(
      Kept,
      sql`select content from snapshots s
        where s.org_id = ${orgId} and s.kind = 'form' and s.subject_id = ${formId} and s.n = ${n}`,
    ),
  )
  if (!found) return null
  const version = FormVersion.parse(JSON.parse(found.content))
  remember(versions, key, version)
  return version
}
