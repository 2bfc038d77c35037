import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type MetricFacts, metricsOf } from './metrics.ts'
import type { Track } from './schema.ts'
import { METRIC_NAMES, type Metric } from './terms.ts'
import type { Metrics } from './tiers.ts'

/** What rules read of a partner, as `factColumns` selects it. */
export const FactRow = z.object({
  fit: z.number().nullable(),
  health: z.number().nullable(),
  activated_at: z.number().nullable(),
  certifications: z.number().nullable(),
  stage: z.string(),
  type: z.string(),
  region: z.string(),
  industry: z.string().nullable(),
  tags: z.string(),
  seen: z.string().nullable(),
  profile: z.string().nullable(),
})
export type FactRow = z.output<typeof FactRow>

const ALL: ReadonlySet<Metric> = new Set(METRIC_NAMES)

/** The metrics that any rule of these tracks reads. */
export const metricsRead = (tracks: readonly Pick<Track, 'tiers'>[]): ReadonlySet<Metric> =>
  new Set(tracks.flatMap(({ tiers }) => tiers.flatMap(({ rules }) => rules.map(({ metric }) => metric))))

const PLAIN =
  'p.fit, p.health, p.activated_at, p.certifications, p.stage, p.type, p.region, p.industry, p.tags'
/** Of long fields no more than whether they are filled. */
const PROFILE = `json_object('subtype', p.subtype, 'category', p.category, 'regions', json(p.regions),
  'languages', json(p.languages), 'jointValueProposition', substr(p.joint_value_proposition, 1, 1),
  'keyStakeholders', json(iif(p.key_stakeholders = '[]', '[]', '[0]')), 'managerId', p.manager_id,
  'partnerLeadId', p.partner_lead_id, 'logoKey', p.logo_key, 'rating', p.rating, 'pulse', p.pulse)`
const SEEN = `(select json_group_array(c.last_seen_at) from contacts c
  where c.org_id = p.org_id and c.partner_id = p.id and c.last_seen_at is not null)`

/** The columns of `FactRow`, over `partners p`. What takes some reading is null unless a rule reads it. */
export const factColumns = (read: ReadonlySet<Metric> = ALL): SQL =>
  sql.raw(
    `${PLAIN}, ${read.has('activeContacts') ? SEEN : 'null'} as seen,
      ${read.has('profileCompleteness') ? PROFILE : 'null'} as profile`,
  )

const word = z.string().nullable()
const number = z.number().nullable()
const list = z.array(z.unknown())
const Profile = z.object({
  subtype: word,
  category: word,
  regions: list,
  languages: list,
  jointValueProposition: word,
  keyStakeholders: list,
  managerId: word,
  partnerLeadId: word,
  logoKey: word,
  rating: number,
  pulse: number,
})
/** Stands where no rule asks how complete the profile is. */
const UNREAD: z.output<typeof Profile> = {
  subtype: null,
  category: null,
  regions: [],
  languages: [],
  jointValueProposition: null,
  keyStakeholders: [],
  managerId: null,
  partnerLeadId: null,
  logoKey: null,
  rating: null,
  pulse: null,
}
const Tags = z.array(z.string())
const Times = z.array(z.number())

/** What rules read, of a row. */
export function metricsIn(row: FactRow, now: number): Metrics {
  const { activated_at: activatedAt, seen, profile, tags, ...plain } = row
  const facts: MetricFacts = {
    ...plain,
    ...(profile === null ? UNREAD : Profile.parse(JSON.parse(profile))),
    activatedAt,
    contactsSeenAt: seen === null ? [] : Times.parse(JSON.parse(seen)),
    tags: tags === '[]' ? [] : Tags.parse(JSON.parse(tags)),
  }
  return metricsOf(facts, now)
}
