import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { decodeCursor, encodeCursor } from '#worker/db/cursor.ts'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import type { Page } from '#worker/http/schema.ts'
import { Content, Design, type Form, type FormPage, type FormRow, Section, Share } from './schema.ts'
import { ALERT_CHANNELS, FORM_STATES, RHYTHMS } from './terms.ts'

const DAY_MS = 86_400_000
/** For how long a form tells of an alert that failed. */
const FAILING_DAYS = 7

const isoOf = (ms: number) => new Date(ms).toISOString()
const json = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)))

/** A form as its row holds it; what failed stands elsewhere. */
export type Kept = Omit<Form, 'failing'>

const Stored = z
  .object({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    state: z.enum(FORM_STATES),
    version: z.number(),
    published_version: z.number().nullable(),
    sections: json(z.array(Section)),
    design: json(Design),
    content: json(Content),
    share: json(Share),
    emails: json(z.array(z.string())),
    slack_hint: z.string().nullable(),
    rhythm: z.enum(RHYTHMS),
    daily_cap: z.number(),
    created_at: z.number(),
    updated_at: z.number(),
  })
  .transform(
    ({
      published_version,
      emails,
      slack_hint,
      rhythm,
      daily_cap,
      created_at,
      updated_at,
      ...form
    }): Kept => ({
      ...form,
      publishedVersion: published_version,
      notifications: { emails, slackWebhookHint: slack_hint, rhythm },
      dailyCap: daily_cap,
      createdAt: isoOf(created_at),
      updatedAt: isoOf(updated_at),
    }),
  )

export const formOf = (orgId: string, id: string) =>
  row(
    Stored,
    sql`select id, name, slug, state, version, published_version, sections, design, content, share, emails, slack_hint,
        rhythm, daily_cap, created_at, updated_at
      from forms f where f.org_id = ${orgId} and f.id = ${id}`,
  )

const Failed = z
  .object({
    channel: z.enum(ALERT_CHANNELS),
    recipient: z.string(),
    last_error: z.string().nullable(),
    created_at: z.number(),
  })
  .transform(({ channel, recipient, last_error, created_at }): Form['failing'][number] => ({
    channel,
    to: recipient,
    error: last_error,
    at: isoOf(created_at),
  }))

/**
 * Where alerts of a form do not arrive, newest first: of each target the newest that failed (SQLite takes the other
 * columns from the row of the maximum). A target that the form no longer has is nobody's concern.
 */
export const failingOf = (orgId: string, id: string, now: number) =>
  rows(
    Failed,
    sql`select d.channel, d.recipient, d.last_error, max(d.created_at) as created_at
      from deliveries d join forms f on f.org_id = d.org_id and f.id = ${id}
        left join submissions s on s.org_id = d.org_id and s.id = d.submission_id
      where d.org_id = ${orgId} and d.state = 'failed' and d.created_at > ${now - FAILING_DAYS * DAY_MS}
        and coalesce(s.form_id, d.detail ->> 'formId') = f.id
        and (d.recipient = f.slack_hint or d.recipient in (select value from json_each(f.emails)))
      group by d.channel, d.recipient order by created_at desc`,
  )

/** @throws `not-found` */
export async function getForm(tenant: Tenant, id: string, now: number): Promise<Form> {
  const { orgId } = tenant
  const [form, failing] = await tenant.batch([formOf(orgId, id), failingOf(orgId, id, now)])
  if (!form) throw new AppError('not-found')
  return { ...form, failing }
}

const Listed = z
  .object({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    state: z.enum(FORM_STATES),
    version: z.number(),
    published_version: z.number().nullable(),
    updated_at: z.number(),
    new: z.number(),
    approved: z.number(),
    rejected: z.number(),
    suspected: z.number(),
    unread: z.number(),
  })
  .transform(
    ({
      published_version,
      updated_at,
      new: fresh,
      approved,
      rejected,
      suspected,
      unread,
      ...form
    }): FormRow => ({
      ...form,
      publishedVersion: published_version,
      updatedAt: isoOf(updated_at),
      counts: { new: fresh, approved, rejected, suspected, unread },
    }),
  )

/** Counted for the first page only. */
const Total = z.object({ total: z.number().nullable() })

/** The forms of the organisation, newest first, each with how many submissions it has. */
export async function listForms(tenant: Tenant, { cursor, limit }: Page): Promise<FormPage> {
  const { orgId } = tenant
  const before = cursor === undefined ? sql`` : sql`and f.id < ${decodeCursor(cursor, 'frm')[1]}`
  const sum = (state: string) =>
    sql`coalesce(sum(iif(c.suspected = 0 and c.state = ${state}, c.count, 0)), 0)`
  const [found, counted] = await tenant.batch([
    rows(
      Listed,
      sql`select f.id, f.name, f.slug, f.state, f.version, f.published_version, f.updated_at,
          ${sum('new')} as new, ${sum('approved')} as approved, ${sum('rejected')} as rejected,
          coalesce(sum(iif(c.suspected = 1, c.count, 0)), 0) as suspected,
          coalesce(sum(iif(c.suspected = 0, c.unread, 0)), 0) as unread
        from forms f left join submission_counts c on c.org_id = f.org_id and c.form_id = f.id
        where f.org_id = ${orgId} ${before}
        group by f.id order by f.id desc limit ${limit + 1}`,
    ),
    row(
      Total,
      sql`select iif(${cursor === undefined ? 1 : 0},
        (select count(*) from forms f where f.org_id = ${orgId}), null) as total`,
    ),
  ])
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const nextCursor = found.length > items.length && last ? encodeCursor(['', last.id]) : null
  return { items, nextCursor, total: counted?.total ?? null }
}
