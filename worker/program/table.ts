import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { TIERS } from '#worker/partners/terms.ts'

/** A path of the partner programme, for partners of the given types. */
export const tracks = sqliteTable('tracks', {
  id: text('id').notNull(), // trk_…
  orgId: text('org_id').notNull(),
  position: integer('position').notNull(),
  name: text('name').notNull(),
  types: text('types', { mode: 'json' }).notNull(),
  graceDays: integer('grace_days').notNull(),
})

/** A rung of a track; a level occurs once in it. */
export const programTiers = sqliteTable('program_tiers', {
  id: text('id').notNull(), // trt_…
  orgId: text('org_id').notNull(),
  trackId: text('track_id').notNull(),
  level: text('level', { enum: TIERS }).notNull(),
  name: text('name').notNull(),
  color: text('color').notNull(),
  benefits: text('benefits').notNull(),
  rules: text('rules', { mode: 'json' }).notNull(),
})
