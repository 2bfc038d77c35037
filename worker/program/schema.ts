import * as z from 'zod'
import { id, LongText, line, Name } from '#worker/http/schema.ts'
import { PARTNER_TYPES, TIER_SOURCES, TIERS } from '#worker/partners/terms.ts'
import { GRACE_DAYS_MAX, METRIC_NAMES, OPS, RULES_MAX, TRACKS_MAX } from './terms.ts'

/** One condition of a tier. Lists for `between`, `anyOf` and `allOf`, a number or a slug for the others. */
export const Rule = z.strictObject({
  metric: z.enum(METRIC_NAMES, 'Choose one of the metrics offered.'),
  op: z.enum(OPS, 'Choose one of the comparisons offered.'),
  value: z.union(
    [z.number(), line(200), z.array(z.union([z.number(), line(200)])).max(100)],
    'Enter a number, or choose values.',
  ),
})
export type Rule = z.infer<typeof Rule>

const Tier = z.strictObject({
  level: z.enum(TIERS, 'Choose a level.'),
  name: Name,
  color: z.string().regex(/^#[0-9a-f]{6}$/i, 'Enter a colour such as #b7862c.'),
  /** Markdown; what partners of the tier get. */
  benefits: LongText,
  rules: z.array(Rule, 'Enter a list.').max(RULES_MAX, `At most ${RULES_MAX} rules.`),
})
const TrackHead = z.strictObject({
  name: Name,
  types: z
    .array(z.enum(PARTNER_TYPES, 'Choose one of the types.'), 'Enter a list.')
    .min(1, 'Choose a partner type.')
    .max(PARTNER_TYPES.length, 'Choose each type once.'),
  /** Days for which a tier's rules may fail before a partner moves down; 0 = at once. */
  graceDays: z
    .int('Enter a whole number of days.')
    .min(0, 'Enter 0 or more days.')
    .max(GRACE_DAYS_MAX, `Enter ${GRACE_DAYS_MAX} days at most.`),
})

export const ProgramTier = Tier.extend({ id: z.string() })
export type ProgramTier = z.infer<typeof ProgramTier>
export const Track = TrackHead.extend({ id: z.string(), tiers: z.array(ProgramTier) })
export type Track = z.infer<typeof Track>

/** Answer of `GET` and `PUT /api/program`; tracks in page order, the tiers of each highest first. */
export const Program = z.object({ version: z.number().int(), tracks: z.array(Track) })
export type Program = z.infer<typeof Program>

const Actual = z.union([z.number(), z.string(), z.array(z.string())]).nullable()
/**
 * Body of `PUT /api/program` and of `POST /api/program/simulate`. A track or tier without an id is new; one whose id is
 * left out goes. `version` is the one that was edited.
 */
export const ProgramEdit = z.strictObject({
  version: z.int('Send the version that you edited.').min(0),
  tracks: z
    .array(
      TrackHead.extend({
        id: id('trk').optional(),
        tiers: z
          .array(Tier.extend({ id: id('trt').optional() }), 'Enter a list.')
          .max(TIERS.length, 'At most one tier for each level.'),
      }),
      'Enter a list.',
    )
    .max(TRACKS_MAX, `At most ${TRACKS_MAX} tracks.`),
})
export type ProgramEdit = z.infer<typeof ProgramEdit>

/** Answer of `POST /api/program/simulate`; `version` of its body is not looked at. */
export const Simulation = z.object({
  /** Partners that were looked at. */
  partners: z.number().int(),
  /** Who would be on another level, up first, then down. Grace periods are not counted in: this is where everybody ends. */
  moves: z.array(
    z.object({
      partnerId: z.string(),
      name: z.string(),
      from: z.enum(TIERS).nullable(),
      to: z.enum(TIERS).nullable(),
      /** Up: a rule that now holds; down or out: the first rule that fails. Null when the tier itself, or the track, is gone. */
      because: z
        .object({ metric: z.string(), op: z.enum(OPS), needed: Rule.shape.value, actual: Actual })
        .nullable(),
    }),
  ),
  /** Tiers that would go while partners are pinned to them; those keep the level and lose the tier. */
  pinned: z.array(z.object({ programTierId: z.string(), name: z.string(), partners: z.number().int() })),
})
export type Simulation = z.infer<typeof Simulation>

/** An item of `GET /api/program/versions`, newest first. */
export const ProgramVersion = z.object({
  n: z.number().int(),
  by: z.object({ id: z.string(), name: z.string() }),
  at: z.iso.datetime(),
})
export type ProgramVersion = z.infer<typeof ProgramVersion>

/** An item of `GET /api/partners/{id}/tiers`, newest first. */
export const TierChange = z.object({
  at: z.iso.datetime(),
  from: z.object({ tier: z.enum(TIERS), name: z.string().nullable() }).nullable(),
  to: z.object({ tier: z.enum(TIERS), name: z.string().nullable() }).nullable(),
  source: z.enum(TIER_SOURCES),
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
  reason: z.string().nullable(),
})
export type TierChange = z.infer<typeof TierChange>

/** One rule, and how a partner does by it. */
export const RuleResult = z.object({
  /** "Fit at least 75". */
  label: z.string(),
  metric: z.string(),
  op: z.enum(OPS),
  needed: Rule.shape.value,
  /** What the partner has; null when unknown. */
  actual: Actual,
  /** Null when the metric is unknown, which does not meet the rule. */
  met: z.boolean().nullable(),
})
export type RuleResult = z.infer<typeof RuleResult>

/** How a partner stands in the programme: kept by the evaluator, part of `tierDetail`. */
export const Standing = z.object({
  /** Rules of the tier that it holds; of the lowest one that it could reach while it holds none. */
  rules: z.array(RuleResult),
  /** The next higher tier and which of its rules do not hold; null at the top, or where there is no track. */
  next: z
    .object({
      tier: z.enum(TIERS),
      programTierId: z.string(),
      name: z.string(),
      missing: z.array(RuleResult),
    })
    .nullable(),
  /** Where it falls once the grace period is over, while the rules of its tier fail. */
  falls: z
    .object({ at: z.iso.datetime(), tier: z.enum(TIERS).nullable(), name: z.string().nullable() })
    .nullable(),
})
export type Standing = z.infer<typeof Standing>
