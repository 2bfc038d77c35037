import { TIER_LABELS, TYPE_LABELS } from '#worker/partners/terms.ts'
import type { ProgramEdit, Rule } from '#worker/program/schema.ts'
import { metricLabel, neededWords, ruleWords } from './rule-words.ts'

type TrackIn = ProgramEdit['tracks'][number]
type TierIn = TrackIn['tiers'][number]

/** One thing that came, went or is different now. */
export type Line =
  | { kind: 'added' | 'removed'; text: string }
  | { kind: 'changed'; label: string; was: string; now: string }

/** What became of a track or a tier; lines only of what differs. */
export interface Part {
  kind: 'added' | 'removed' | 'changed'
  title: string
  lines: readonly Line[]
}
export interface TrackDiff extends Part {
  tiers: readonly Part[]
}

export interface ProgramDiff {
  /** The order of the tracks that both have, where it is another. */
  order: Line | null
  tracks: readonly TrackDiff[]
}

export const isNothing = ({ order, tracks }: ProgramDiff) => order === null && tracks.length === 0

/**
 * What changed from one programme to another, track by track, tier by tier, rule by rule, in the order of the page; what
 * is gone comes last. Parts are the same when their ids are; one that was removed and came back under a new id is
 * recognised by its name, or a tier by its level.
 */
export function diffPrograms(before: readonly TrackIn[], after: readonly TrackIn[]): ProgramDiff {
  const pairs = paired(before, after, ({ name }) => name)
  return {
    order: changeOf('Order of tracks', ...orders(pairs, before)),
    tracks: pairs.flatMap(([was, now]) => diffTrack(was, now) ?? []),
  }
}

type Pair<T> = readonly [was: T | undefined, now: T | undefined]

function paired<T extends { id?: string | undefined }>(
  before: readonly T[],
  after: readonly T[],
  likeness: (item: T) => string,
): Pair<T>[] {
  const left = new Set(before)
  const take = (found: T | undefined) => {
    if (found) left.delete(found)
    return found
  }
  const sameId = after.map((now) => take(before.find(({ id }) => id !== undefined && id === now.id)))
  const both = after.map(
    (now, at): Pair<T> => [sameId[at] ?? take([...left].find((was) => likeness(was) === likeness(now))), now],
  )
  return [...both, ...[...left].map((was): Pair<T> => [was, undefined])]
}

/** The names of the tracks that both programmes have, in the order of each. */
function orders(pairs: readonly Pair<TrackIn>[], before: readonly TrackIn[]): [string, string] {
  const both = pairs.flatMap(([was, now]) => (was && now ? [{ at: before.indexOf(was), now }] : []))
  const names = (list: typeof both) => list.map(({ now }) => now.name).join(', ')
  return [names(both.toSorted((one, other) => one.at - other.at)), names(both)]
}

function diffTrack(was: TrackIn | undefined, now: TrackIn | undefined): TrackDiff | null {
  if (!(was && now)) return wholeTrack(was, now)
  const lines = present([
    changeOf('Name', was.name, now.name),
    changeOf('Partner types', typeWords(was), typeWords(now)),
    changeOf('Grace period', graceWords(was), graceWords(now)),
  ])
  const tiers = paired(was.tiers, now.tiers, ({ level }) => level).flatMap((pair) => diffTier(...pair) ?? [])
  return lines.length + tiers.length > 0 ? { kind: 'changed', title: now.name, lines, tiers } : null
}

function wholeTrack(was: TrackIn | undefined, now: TrackIn | undefined): TrackDiff | null {
  const track = now ?? was
  if (!track) return null
  const kind = now ? 'added' : 'removed'
  return {
    kind,
    title: track.name,
    lines: [{ kind, text: `For ${typeWords(track)}, grace period ${graceWords(track)}` }],
    tiers: track.tiers.map((tier) => wholeTier(tier, kind)),
  }
}

function diffTier(was: TierIn | undefined, now: TierIn | undefined): Part | null {
  if (!(was && now)) {
    const tier = now ?? was
    return tier ? wholeTier(tier, now ? 'added' : 'removed') : null
  }
  const lines = present([
    changeOf('Level', TIER_LABELS[was.level], TIER_LABELS[now.level]),
    changeOf('Name', was.name, now.name),
    changeOf('Colour', was.color, now.color),
    changeOf('Benefits', was.benefits || 'none', now.benefits || 'none'),
    ...diffRules(was.rules, now.rules),
  ])
  return lines.length > 0 ? { kind: 'changed', title: titleOf(now), lines } : null
}

const wholeTier = (tier: TierIn, kind: 'added' | 'removed'): Part => ({
  kind,
  title: titleOf(tier),
  lines: tier.rules.map((rule) => ({ kind, text: ruleWords(rule) })),
})

/** Rules have no ids: one that asks the same metric in the same way is the same rule with another value. */
function diffRules(before: readonly Rule[], after: readonly Rule[]): Line[] {
  const sameWords = (one: Rule) => (other: Rule) => ruleWords(one) === ruleWords(other)
  const gone = before.filter((rule) => !after.some(sameWords(rule)))
  const come = after.filter((rule) => !before.some(sameWords(rule)))
  const lines: Line[] = []
  for (const rule of come) {
    const like =
      gone.find(({ metric, op }) => metric === rule.metric && op === rule.op) ??
      gone.find(({ metric }) => metric === rule.metric)
    if (like) gone.splice(gone.indexOf(like), 1)
    lines.push(
      like
        ? { kind: 'changed', label: metricLabel(rule.metric), was: neededWords(like), now: neededWords(rule) }
        : { kind: 'added', text: ruleWords(rule) },
    )
  }
  return [...lines, ...gone.map((rule): Line => ({ kind: 'removed', text: ruleWords(rule) }))]
}

const changeOf = (label: string, was: string, now: string): Line | null =>
  was === now ? null : { kind: 'changed', label, was, now }
const present = (lines: readonly (Line | null)[]) => lines.filter((line) => line !== null)

const titleOf = ({ level, name }: TierIn) => `${TIER_LABELS[level]}: ${name}`
const graceWords = ({ graceDays }: TrackIn) => (graceDays === 1 ? '1 day' : `${graceDays} days`)
const typeWords = ({ types }: TrackIn) =>
  types.length === 0 ? 'no type' : types.map((type) => TYPE_LABELS[type]).join(', ')
