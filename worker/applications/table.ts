import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { FORM_STATES, RHYTHMS } from './terms.ts'

export const forms = sqliteTable('forms', {
  id: text('id').notNull(), // frm_…
  orgId: text('org_id').notNull(),
  name: text('name').notNull(),
  /** Its public address; unique in the deployment. */
  slug: text('slug').notNull(),
  state: text('state', { enum: FORM_STATES }).notNull(),
  version: integer('version').notNull(),
  /** The save that applicants see. */
  publishedVersion: integer('published_version'),
  sections: text('sections').notNull(), // JSON
  design: text('design').notNull(), // JSON
  content: text('content').notNull(), // JSON
  share: text('share').notNull(), // JSON
  emails: text('emails').notNull(), // JSON
  /** Encrypted (`secrets.ts`). */
  slackWebhook: text('slack_webhook'),
  slackHint: text('slack_hint'),
  rhythm: text('rhythm', { enum: RHYTHMS }).notNull(),
  dailyCap: integer('daily_cap').notNull(),
  summaryDueAt: integer('summary_due_at'), // Unix ms
  summaryFrom: integer('summary_from'), // Unix ms
  slackFreeAt: integer('slack_free_at').notNull(), // Unix ms
  createdAt: integer('created_at').notNull(), // Unix ms
  updatedAt: integer('updated_at').notNull(), // Unix ms
})

export const formFiles = sqliteTable('form_files', {
  orgId: text('org_id').notNull(),
  formId: text('form_id').notNull(),
  key: text('key').notNull(),
  kind: text('kind', { enum: ['banner', 'document'] }).notNull(),
  bytes: integer('bytes').notNull(),
  /** Of its bytes, in hexadecimal. */
  sha256: text('sha256').notNull(),
  createdAt: integer('created_at').notNull(), // Unix ms
})
