import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type ProfileFields, profileCompleteness } from '#worker/partners/completeness.ts'
import type { Track } from './schema.ts'
import { METRIC_NAMES, type Metric } from './terms.ts'
import type { Metrics } from './tiers.ts'

/** A contact counts as active for so long after it signed in. */
const ACTIVE_MS = 90 * 86_400_000

/** What rules read of a partner, as `metricColumns` selects it. */
export const MetricRow = z.object({
  fit: z.number().nullable(),
  health: z.number().nullable(),
  activated_at: z.number().nullable(),
  active_contacts: z.number().nullable(),
  certifications: z.number().nullable(),
  profile: z.string().nullable(),
  stage: z.string(),
  type: z.string(),
  region: z.string(),
  industry: z.string().nullable(),
  tags: z.string(),
})
export type MetricRow = z.output<typeof MetricRow>

const ALL: ReadonlySet<Metric> = new Set(METRIC_NAMES)

/** The metrics that any rule of these tracks reads. */
export const metricsRead = (tracks: readonly Pick<Track, 'tiers'>[]): ReadonlySet<Metric> =>
  new Set(tracks.flatMap(({ tiers }) => tiers.flatMap(({ rules }) => rules.map(({ metric }) => metric))))

/** `ProfileFields` as JSON text; of long fields no more than whether they are filled. */
const PROFILE = `json_object('subtype', p.subtype, 'category', p.category, 'industry', p.industry, 'region', p.region,
  'regions', json(p.regions), 'languages', json(p.languages), 'tags', json(p.tags),
  'jointValueProposition', substr(p.joint_value_proposition, 1, 1),
  'keyStakeholders', json(iif(p.key_stakeholders = '[]', '[]', '[0]')), 'managerId', p.manager_id,
  'partnerLeadId', p.partner_lead_id, 'logoKey', p.logo_key, 'rating', p.rating, 'pulse', p.pulse,
  'certifications', p.certifications)`

/**
 * The columns of `MetricRow`, over a partner that the statement calls `of`. What no rule reads and takes some reading is
 * null.
 */
export function metricColumns(of: 'p' | 'partners', now: number, read: ReadonlySet<Metric> = ALL): SQL {
  const named = (text: string) => sql.raw(text.replace(/\bp\./g, `${of}.`))
  const contacts = sql`(select count(*) from contacts c where c.org_id = ${named('p.org_id')}
    and c.partner_id = ${named('p.id')} and c.last_seen_at > ${now - ACTIVE_MS})`
  return sql`${named(
    'p.fit, p.health, p.activated_at, p.certifications, p.stage, p.type, p.region, p.industry, p.tags',
  )}, ${read.has('activeContacts') ? contacts : sql`null`} as active_contacts,
    ${read.has('profileCompleteness') ? named(PROFILE) : sql`null`} as profile`
}

/** Revenue and pipeline are of the joint plan; they are unknown as long as there are no plans. */
export const metricsOf = (row: MetricRow, now: number): Metrics => ({
  fit: row.fit,
  health: row.health,
  revenue: null,
  revenueAttainment: null,
  pipeline: null,
  monthsActive: row.activated_at === null ? 0 : monthsBetween(row.activated_at, now),
  activeContacts: row.active_contacts,
  certifications: row.certifications,
  profileCompleteness: row.profile === null ? null : profileCompleteness(profileOf(row.profile)),
  stage: row.stage,
  type: row.type,
  region: row.region,
  industry: row.industry,
  tags: row.tags === '[]' ? [] : Tags.parse(JSON.parse(row.tags)),
})

const Tags = z.array(z.string())
const profileOf = (text: string): ProfileFields => Profile.parse(JSON.parse(text))
const word = z.string().nullable()
const number = z.number().nullable()
const list = z.array(z.unknown())
const Profile = z.object({
  subtype: word,
  category: word,
  industry: word,
  region: word,
  regions: list,
  languages: list,
  tags: list,
  jointValueProposition: word,
  keyStakeholders: list,
  managerId: word,
  partnerLeadId: word,
  logoKey: word,
  rating: number,
  pulse: number,
  certifications: number,
}) satisfies z.ZodType<ProfileFields>

/** Whole months of the calendar, in UTC. */
export function monthsBetween(from: number, to: number): number {
  const [a, b] = [new Date(from), new Date(to)]
  const months = 12 * (b.getUTCFullYear() - a.getUTCFullYear()) + b.getUTCMonth() - a.getUTCMonth()
  return Math.max(0, b.getUTCDate() < a.getUTCDate() ? months - 1 : months)
}
