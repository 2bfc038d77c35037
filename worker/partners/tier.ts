import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#worker/db/audit.ts'
import { type Statement, unless } from '#worker/db/statement.ts'
import type { NewPartner, PartnerChange } from './schema.ts'

type TierInput = Pick<NewPartner, 'tier' | 'trackId' | 'programTierId'> & {
  type?: NewPartner['type'] | undefined
}

/** The type that the partner will have, as SQL: the body's, or the one that stands. */
const typeOf = (orgId: string, id: string, type: TierInput['type']) =>
  type ? sql`${type}` : sql`(select p.type from partners p where p.org_id = ${orgId} and p.id = ${id})`

/** What foreign keys cannot say: that track and programme tier are for this type, and the tier of this level. */
export function checkTier(
  orgId: string,
  id: string,
  { type, tier, trackId, programTierId }: TierInput,
): Statement[] {
  const checks: Statement[] = []
  const partnerType = typeOf(orgId, id, type)
  if (trackId)
    checks.push(
      unless(sql`select 1 from tracks t where t.org_id = ${orgId} and t.id = ${trackId}
        and ${partnerType} in (select value from json_each(t.types))`),
    )
  if (programTierId)
    checks.push(
      unless(sql`select 1 from program_tiers t join tracks k on k.org_id = t.org_id and k.id = t.track_id
        where t.org_id = ${orgId} and t.id = ${programTierId} and t.level = ${tier ?? sql`t.level`}
        and ${partnerType} in (select value from json_each(k.types))`),
    )
  return checks
}

const AUTOMATIC = {
  tier: null,
  programTierId: null,
  tierSource: 'auto',
  tierBy: null,
  tierAt: null,
  tierReason: null,
  // What the job has told of the tier before is no longer so, even if it comes to say the same.
  scoresHash: null,
  tierFallsAt: null,
} as const

/** The tier of a level in a track; null when the track, or the tier in it, is missing. */
const tierInTrack = (orgId: string, track: SQL, level: SQL) => sql`(select t.id from program_tiers t
  where t.org_id = ${orgId} and t.track_id = ${track} and t.level = ${level})`

/**
 * What a body says of the tier. A programme tier pins itself, with its level and track; a level alone pins the level, and
 * the tier of that level of the track, if it has one. Either one null leaves the tier to the evaluator.
 */
function pinned(orgId: string, input: TierInput, track: SQL, reason: string | null, { userId, now }: Actor) {
  const { tier, programTierId } = input
  if (leavesTier(input)) return AUTOMATIC
  const pin = {
    tierSource: 'manual',
    tierBy: userId,
    tierAt: now,
    tierReason: reason,
    tierFallsAt: null,
  } as const
  if (programTierId) {
    const chosen = sql`from program_tiers t where t.org_id = ${orgId} and t.id = ${programTierId}`
    return {
      tier: sql`(select t.level ${chosen})`,
      trackId: sql`(select t.track_id ${chosen})`,
      programTierId,
      ...pin,
    }
  }
  if (tier) return { tier, programTierId: tierInTrack(orgId, track, sql`${tier}`), ...pin }
  return null
}

/** True when the body leaves the tier to the evaluator, whatever else it says of it. */
export const leavesTier = ({ tier, programTierId }: TierInput) => tier === null || programTierId === null

/** Tier and track of a new partner. */
export function newTier(orgId: string, input: TierInput, actor: Actor) {
  const { trackId = null } = input
  return { trackId, ...(pinned(orgId, input, sql`${trackId}`, null, actor) ?? AUTOMATIC) }
}

/** A pin goes; a tier that is automatic already stays the evaluator's, with its grace period. */
const ifPinned = (column: SQL) => sql`iif(partners.tier_source = 'manual', null, ${column})`
const UNPINNED = {
  tier: ifPinned(sql`partners.tier`),
  programTierId: ifPinned(sql`partners.program_tier_id`),
  tierSource: 'auto',
  tierBy: null,
  tierAt: ifPinned(sql`partners.tier_at`),
  tierReason: null,
} as const

/** Tier and track as an edit changes them; a track that is not for a new type goes. */
export function tierChange(orgId: string, input: PartnerChange, actor: Actor) {
  const { type, trackId } = input
  const fitting = sql`(select t.id from tracks t where t.org_id = ${orgId} and t.id = partners.track_id
    and ${type ?? null} in (select value from json_each(t.types)))`
  const track = trackId === undefined ? (type ? fitting : sql`partners.track_id`) : sql`${trackId}`
  const said = pinned(orgId, input, track, input.tierReason ?? null, actor)
  if (said === AUTOMATIC) return { trackId: track, ...UNPINNED }
  if (said) return { trackId: track, ...said }
  if (trackId === undefined && !type) return {}
  const followed = sql`iif(partners.tier_source = 'manual', ${tierInTrack(orgId, track, sql`partners.tier`)}, partners.program_tier_id)`
  return { trackId: track, programTierId: followed }
}
