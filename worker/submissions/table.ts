import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { EVENT_KINDS, REJECTION_REASONS, SUBMISSION_STATES } from './terms.ts'

export const submissions = sqliteTable('submissions', {
  id: text('id').notNull(), // sub_…
  orgId: text('org_id').notNull(),
  formId: text('form_id').notNull(),
  formVersion: integer('form_version').notNull(),
  state: text('state', { enum: SUBMISSION_STATES }).notNull(),
  suspected: integer('suspected', { mode: 'boolean' }).notNull(),
  readAt: integer('read_at'), // Unix ms
  companyName: text('company_name'),
  /** Normal form of `domain.ts`, where the answer was one. */
  companyDomain: text('company_domain'),
  contactName: text('contact_name'),
  contactEmail: text('contact_email'),
  idempotencyKey: text('idempotency_key').notNull(),
  bodyHash: text('body_hash').notNull(),
  submittedAt: integer('submitted_at').notNull(), // Unix ms
  partnerId: text('partner_id'),
  version: integer('version').notNull(),
  country: text('country'),
  suspicions: text('suspicions').notNull(), // JSON
  answers: text('answers').notNull(), // JSON: StoredAnswer[]
  agreements: text('agreements').notNull(), // JSON: ids of sections
})

export const submissionEvents = sqliteTable('submission_events', {
  id: text('id').notNull(), // sev_…
  orgId: text('org_id').notNull(),
  submissionId: text('submission_id').notNull(),
  kind: text('kind', { enum: EVENT_KINDS }).notNull(),
  fromState: text('from_state', { enum: SUBMISSION_STATES }),
  toState: text('to_state', { enum: SUBMISSION_STATES }),
  reason: text('reason', { enum: REJECTION_REASONS }),
  text: text('text'),
  /** The submission's version that this made; null when it made none. */
  version: integer('version'),
  actorId: text('actor_id').notNull(),
  actorName: text('actor_name').notNull(),
  at: integer('at').notNull(), // Unix ms
})
