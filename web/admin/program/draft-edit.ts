import { type RuleDraft, sorted, type TierDraft, type TrackDraft, type Tracks } from './draft.ts'

/** Anything that is named by a key in a list of its like. */
interface Keyed {
  key: string
}

const changed = <T extends Keyed>(list: readonly T[], key: string, change: (item: T) => T) =>
  list.map((item) => (item.key === key ? change(item) : item))
const without = <T extends Keyed>(list: readonly T[], key: string) => list.filter((item) => item.key !== key)

/** Where something stood that was taken away, so that it can come back there. */
export interface Removed<T> {
  item: T
  at: number
}

/** What is taken away and where it stood; null when it is not there any more. */
export function removedFrom<T extends Keyed>(list: readonly T[], key: string): Removed<T> | null {
  const at = list.findIndex((item) => item.key === key)
  const item = list[at]
  return item ? { item, at } : null
}

const putBack = <T extends Keyed>(list: readonly T[], { item, at }: Removed<T>) =>
  list.some(({ key }) => key === item.key) ? list : list.toSpliced(Math.min(at, list.length), 0, item)

export const withTrack = (tracks: Tracks, key: string, change: (track: TrackDraft) => TrackDraft): Tracks =>
  changed(tracks, key, change)
export const withoutTrack = (tracks: Tracks, key: string): Tracks => without(tracks, key)
export const withTrackBack = (tracks: Tracks, removed: Removed<TrackDraft>): Tracks =>
  putBack(tracks, removed)

/** The tracks in another order: one goes so many places down, or up. At either end nothing happens. */
export function withTrackMoved(tracks: Tracks, key: string, by: number): Tracks {
  const at = tracks.findIndex((track) => track.key === key)
  const track = tracks[at]
  const to = at + by
  if (!track || to < 0 || to >= tracks.length) return tracks
  return tracks.toSpliced(at, 1).toSpliced(to, 0, track)
}

export const withTierAdded = (track: TrackDraft, tier: TierDraft): TrackDraft => ({
  ...track,
  tiers: sorted([...track.tiers, tier]),
})

/** Another level gives the tier another place. */
export const withTier = (
  track: TrackDraft,
  key: string,
  change: (tier: TierDraft) => TierDraft,
): TrackDraft => ({ ...track, tiers: sorted(changed(track.tiers, key, change)) })

export const withoutTier = (track: TrackDraft, key: string): TrackDraft => ({
  ...track,
  tiers: without(track.tiers, key),
})

/** Not where its level has been taken meanwhile. */
export const withTierBack = (track: TrackDraft, tier: TierDraft): TrackDraft =>
  track.tiers.some(({ key, level }) => key === tier.key || level === tier.level)
    ? track
    : withTierAdded(track, tier)

export const withRule = (
  tier: TierDraft,
  key: string,
  change: (rule: RuleDraft) => RuleDraft,
): TierDraft => ({
  ...tier,
  rules: changed(tier.rules, key, change),
})
export const withoutRule = (tier: TierDraft, key: string): TierDraft => ({
  ...tier,
  rules: without(tier.rules, key),
})
export const withRuleBack = (tier: TierDraft, removed: Removed<RuleDraft>): TierDraft => ({
  ...tier,
  rules: putBack(tier.rules, removed),
})

/** A version of before as a draft of now: what has gone since comes back as something new. */
export function adopted(version: Tracks, now: Tracks): Tracks {
  return version.map(({ id, tiers, ...track }) => {
    const present = now.find((one) => one.id !== undefined && one.id === id)
    return {
      ...track,
      ...(present && id !== undefined ? { id } : {}),
      tiers: tiers.map(({ id: tierId, ...tier }) =>
        tierId !== undefined && present?.tiers.some((one) => one.id === tierId)
          ? { ...tier, id: tierId }
          : tier,
      ),
    }
  })
}
