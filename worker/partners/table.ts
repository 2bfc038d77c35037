import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  CATEGORIES,
  INDUSTRIES,
  PARTNER_TYPES,
  REGIONS,
  SCORE_STATES,
  STAGES,
  TIER_SOURCES,
  TIERS,
} from './terms.ts'

export const partners = sqliteTable('partners', {
  id: text('id').notNull(), // prt_…
  orgId: text('org_id').notNull(),
  name: text('name').notNull(),
  /** The name without case and accents: what the directory is sorted by. */
  nameKey: text('name_key').notNull(),
  /** Normal form of `domain.ts`; unique in the organisation. */
  domain: text('domain').notNull(),
  logoKey: text('logo_key'),
  type: text('type', { enum: PARTNER_TYPES }).notNull(),
  subtype: text('subtype'),
  category: text('category', { enum: CATEGORIES }),
  industry: text('industry', { enum: INDUSTRIES }),
  stage: text('stage', { enum: STAGES }).notNull(),
  stageChangedAt: integer('stage_changed_at').notNull(), // Unix ms
  /** When the partner first reached Activated or a later stage. */
  activatedAt: integer('activated_at'), // Unix ms
  tier: text('tier', { enum: TIERS }),
  /** `manual` pins the tier: the evaluator leaves it alone. */
  tierSource: text('tier_source', { enum: TIER_SOURCES }).notNull(),
  programTierId: text('program_tier_id'),
  trackId: text('track_id'),
  /** The user who pinned the tier. */
  tierBy: text('tier_by'),
  tierAt: integer('tier_at'), // Unix ms
  tierReason: text('tier_reason'),
  /** Until when a tier is kept whose rules have failed; null while they hold. */
  tierFallsAt: integer('tier_falls_at'), // Unix ms
  region: text('region', { enum: REGIONS }).notNull(),
  regions: text('regions', { mode: 'json' }).notNull(),
  languages: text('languages', { mode: 'json' }).notNull(),
  tags: text('tags', { mode: 'json' }).notNull(),
  jointValueProposition: text('joint_value_proposition'),
  /** What the company does. */
  description: text('description'),
  keyStakeholders: text('key_stakeholders', { mode: 'json' }).notNull(),
  managerId: text('manager_id'),
  partnerLeadId: text('partner_lead_id'),
  rating: integer('rating'),
  pulse: integer('pulse'),
  pulseAt: integer('pulse_at'), // Unix ms
  certifications: integer('certifications'),
  submissionId: text('submission_id'),
  /** Rises with each edit by a person. */
  version: integer('version').notNull(),
  /** Rises with each edit of a field that scoring reads. */
  inputVersion: integer('input_version').notNull(),
  scoredVersion: integer('scored_version').notNull(),
  /** When the scores are next to be computed, Unix ms; null when nothing is due. */
  scoreDueAt: integer('score_due_at'),
  scoreLeaseUntil: integer('score_lease_until').notNull(), // Unix ms
  /** 0 to 100; null until enough is known. */
  fit: integer('fit'),
  fitState: text('fit_state', { enum: SCORE_STATES }).notNull(),
  /** 0 to 1. */
  fitConfidence: real('fit_confidence'),
  health: integer('health'),
  healthState: text('health_state', { enum: SCORE_STATES }).notNull(),
  healthConfidence: real('health_confidence'),
  /** The scores of about 30 days ago; null while there were none. */
  fitBefore: integer('fit_before'),
  healthBefore: integer('health_before'),
  /** When both sides last dealt with each other, as somebody logged it. */
  twoSidedAt: integer('two_sided_at'), // Unix ms
  /** SHA-256 of both scores and their ledgers: tells whether others have come out without reading them. */
  scoresHash: text('scores_hash'),
  /** When the scores were last computed. */
  computedAt: integer('computed_at'), // Unix ms
  /** When the scores last came to say something else. */
  scoredAt: integer('scored_at'), // Unix ms
  createdAt: integer('created_at').notNull(), // Unix ms
  updatedAt: integer('updated_at').notNull(), // Unix ms
})

export const contacts = sqliteTable('contacts', {
  id: text('id').notNull(), // con_…
  orgId: text('org_id').notNull(),
  partnerId: text('partner_id').notNull(),
  /** The portal account of this address; null once the user is gone. */
  userId: text('user_id'),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  email: text('email').notNull(),
  title: text('title'),
  phone: text('phone'),
  isPrimary: integer('is_primary', { mode: 'boolean' }).notNull(),
  /** When somebody first came to the portal as this contact. */
  claimedAt: integer('claimed_at'), // Unix ms
  lastSeenAt: integer('last_seen_at'), // Unix ms
  version: integer('version').notNull(),
  createdAt: integer('created_at').notNull(), // Unix ms
  updatedAt: integer('updated_at').notNull(), // Unix ms
})
