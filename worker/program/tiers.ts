import { TIERS, type Tier, type TierSource } from '#worker/partners/terms.ts'
import type { ProgramTier, Rule, RuleResult, Standing, Track } from './schema.ts'
import { type Metric, ruleLabel } from './terms.ts'

const DAY_MS = 86_400_000

/** What rules read of a partner. Null is unknown, which meets no rule. */
export interface Metrics extends Record<Metric, number | string | readonly string[] | null> {
  fit: number | null
  health: number | null
  revenue: number | null
  revenueAttainment: number | null
  pipeline: number | null
  monthsActive: number | null
  activeContacts: number | null
  certifications: number | null
  profileCompleteness: number | null
  stage: string
  type: string
  region: string
  industry: string | null
  tags: readonly string[]
}

/** What a partner has now. */
export interface Held {
  source: TierSource
  tier: Tier | null
  programTierId: string | null
  /** The track that somebody chose; without one all for the type are tried. */
  trackId: string | null
  /** Until when a tier is kept whose rules have failed, Unix ms; null while they hold. */
  fallsAt: number | null
}

export interface Evaluated {
  tier: Tier | null
  programTierId: string | null
  fallsAt: number | null
  standing: Standing
}

/** A tier with the track that it is a rung of. */
export interface Rung {
  track: Track
  tier: ProgramTier
}

/**
 * The tier that a partner has from `now` on, and how it stands. Up at once; down when the rules of its tier have failed
 * for the grace period of its track, which begins when they are first seen to fail and is forgotten when they hold again.
 * A tier that is gone, or whose track is not for this partner any more, is lost at once. A pinned tier stays as it is.
 * Pure: the same input, the same answer.
 */
export function evaluate(metrics: Metrics, tracks: readonly Track[], held: Held, now: number): Evaluated {
  const tried = tracksFor(tracks, held.trackId, metrics.type)
  if (held.source === 'manual') return pinned(metrics, tracks, tried, held)
  const best = bestRung(metrics, tried)
  const has = rungOf(tried, held.programTierId)
  if (!has || rank(best?.tier.level) <= rank(has.tier.level)) return settled(metrics, tried, best)
  const latest = now + has.track.graceDays * DAY_MS
  const fallsAt = Math.min(held.fallsAt ?? latest, latest)
  if (fallsAt <= now) return settled(metrics, tried, best)
  const falls = { at: new Date(fallsAt).toISOString(), ...named(best) }
  return {
    tier: has.tier.level,
    programTierId: has.tier.id,
    fallsAt,
    standing: { ...standingOf(metrics, tried, has), falls },
  }
}

/** The tier that the rules give, whatever the partner had before: without any grace. */
export const evaluateAfresh = (metrics: Metrics, tracks: readonly Track[], trackId: string | null) => {
  const tried = tracksFor(tracks, trackId, metrics.type)
  return settled(metrics, tried, bestRung(metrics, tried))
}

/** The tracks that are tried, in page order: the chosen one, or all for the type. */
export function tracksFor(tracks: readonly Track[], trackId: string | null, type: string): readonly Track[] {
  const fitting = tracks.filter(({ types }) => types.some((each) => each === type))
  const chosen = fitting.find(({ id }) => id === trackId)
  return chosen ? [chosen] : fitting
}

/** The highest tier whose rules all hold; of two on one level the one of the first track. */
export function bestRung(metrics: Metrics, tried: readonly Track[]): Rung | null {
  for (const level of TIERS)
    for (const track of tried) {
      const tier = tierAt(track, level)
      if (tier?.rules.every((rule) => meets(rule, metrics[rule.metric]))) return { track, tier }
    }
  return null
}

/** The tier of this id, wherever it stands. */
export function rungOf(tracks: readonly Track[], programTierId: string | null): Rung | null {
  for (const track of tracks) {
    const tier = track.tiers.find(({ id }) => id === programTierId)
    if (tier) return { track, tier }
  }
  return null
}

/** Whether a value meets a rule; null when it is unknown. */
export function meets({ op, value }: Rule, actual: Metrics[Metric]): boolean | null {
  if (actual === null) return null
  if (op === 'anyOf' || op === 'allOf') {
    if (!Array.isArray(value) || typeof actual === 'number') return false
    const has = typeof actual === 'string' ? [actual] : actual
    const found = (each: number | string) => has.some((one) => one === each)
    return op === 'anyOf' ? value.some(found) : value.every(found)
  }
  if (typeof actual !== 'number') return false
  if (op === 'between') {
    const [from, to] = Array.isArray(value) ? value : []
    return typeof from === 'number' && typeof to === 'number' && from <= actual && actual <= to
  }
  if (typeof value !== 'number') return false
  return op === 'gte' ? actual >= value : op === 'lte' ? actual <= value : actual === value
}

/** 0 is the highest; no tier ranks below all. */
export const rank = (tier: Tier | null | undefined) => (tier ? TIERS.indexOf(tier) : TIERS.length)

const tierAt = (track: Track, level: Tier) => track.tiers.find((tier) => tier.level === level)
const named = (rung: Rung | null) => ({ tier: rung?.tier.level ?? null, name: rung?.tier.name ?? null })

const settled = (metrics: Metrics, tried: readonly Track[], rung: Rung | null): Evaluated => ({
  ...{ tier: rung?.tier.level ?? null, programTierId: rung?.tier.id ?? null, fallsAt: null },
  standing: standingOf(metrics, tried, rung),
})

/**
 * A pin says the level; what is asked there is asked by the pinned tier, or by the one of that level in the track. A level
 * that is in no track asks nothing.
 */
function pinned(metrics: Metrics, tracks: readonly Track[], tried: readonly Track[], held: Held): Evaluated {
  const { tier, programTierId } = held
  const rung = rungOf(tracks, programTierId) ?? firstAt(tried, tier)
  const rules = rung ? resultsOf(rung, metrics) : []
  const standing = { rules, next: above(metrics, tried, rung, tier), falls: null }
  return { tier, programTierId, fallsAt: null, standing }
}

function firstAt(tried: readonly Track[], level: Tier | null): Rung | null {
  for (const track of tried) {
    const tier = level && tierAt(track, level)
    if (tier) return { track, tier }
  }
  return null
}

function standingOf(metrics: Metrics, tried: readonly Track[], rung: Rung | null): Standing {
  const shown = rung ?? nearestAbove(tried, null)
  return {
    rules: shown ? resultsOf(shown, metrics) : [],
    next: above(metrics, tried, rung, rung?.tier.level ?? null),
    falls: null,
  }
}

/** The next higher tier with what is missing to it: in the partner's own track, if there is one above. */
function above(metrics: Metrics, tried: readonly Track[], rung: Rung | null, tier: Tier | null) {
  const next = (rung && nearestAbove([rung.track], tier)) ?? nearestAbove(tried, tier)
  if (!next) return null
  const { level, id, name } = next.tier
  const missing = resultsOf(next, metrics).filter(({ met }) => met !== true)
  return { tier: level, programTierId: id, name, missing }
}

/** The lowest tier above this level; the first in page order. */
function nearestAbove(tracks: readonly Track[], tier: Tier | null): Rung | null {
  for (let at = rank(tier) - 1; at >= 0; at--) {
    const found = firstAt(tracks, TIERS[at] ?? null)
    if (found) return found
  }
  return null
}

/** Many partners are judged by one rule, and its words are the same for all. */
const labels = new WeakMap<Rule, string>()
function labelOf(rule: Rule) {
  const label = labels.get(rule) ?? ruleLabel(rule)
  labels.set(rule, label)
  return label
}

const resultsOf = ({ tier }: Rung, metrics: Metrics) => tier.rules.map((rule) => resultOf(rule, metrics))

function resultOf(rule: Rule, metrics: Metrics): RuleResult {
  const { metric, op, value } = rule
  const actual = metrics[metric]
  return {
    ...{ label: labelOf(rule), metric, op, needed: value },
    actual: typeof actual === 'object' && actual !== null ? [...actual] : actual,
    met: meets(rule, actual),
  }
}
