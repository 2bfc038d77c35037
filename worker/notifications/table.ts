import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One message to one target, from the moment it is due until it is done or given up. */
export const deliveries = sqliteTable('deliveries', {
  id: text('id').primaryKey(), // dlv_…
  /** Null for mail about a user's own account. */
  orgId: text('org_id'),
  /** Whose letter it is: a key of `Letters`. */
  purpose: text('purpose').notNull(),
  channel: text('channel', { enum: ['email', 'slack'] }).notNull(),
  recipient: text('recipient').notNull(),
  state: text('state', { enum: ['pending', 'done', 'failed'] }).notNull(),
  attempts: integer('attempts').notNull(),
  nextTryAt: integer('next_try_at').notNull(), // Unix ms
  /** Until then one consumer holds it, Unix ms. */
  leaseUntil: integer('lease_until').notNull(),
  /** The class of the last failure, never the provider's text. */
  lastError: text('last_error'),
  requestId: text('request_id').notNull(),
  createdAt: integer('created_at').notNull(), // Unix ms
  doneAt: integer('done_at'), // Unix ms
  /** Of an alert about one submission. */
  submissionId: text('submission_id'),
  /** What else its writer needs to know: ids, times and values of fixed lists. */
  detail: text('detail'), // JSON
  /** What it tells of, where those of one topic to one recipient may be told of together. */
  topic: text('topic'),
  /** How many its message told of, where that was a digest. */
  digestOf: integer('digest_of'),
})
