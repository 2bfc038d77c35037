import type { PartnerType, Tier } from '#worker/partners/terms.ts'
import { TIER_LABELS, TIERS } from '#worker/partners/terms.ts'
import type { ProgramEdit, Rule, Track } from '#worker/program/schema.ts'
import { METRICS, type Metric, OPS_OF, type Op } from '#worker/program/terms.ts'

/** A rule as it is edited: numbers as typed, so that nothing typed is lost. */
export interface RuleDraft {
  /** Names it for as long as it is edited, wherever it moves. */
  key: string
  metric: Metric
  op: Op
  low: string
  /** Only `between` has one. */
  high: string
  chosen: readonly string[]
}

export interface TierDraft {
  key: string
  /** Absent while it is new. */
  id?: string
  level: Tier
  name: string
  color: string
  benefits: string
  rules: readonly RuleDraft[]
}

export interface TrackDraft {
  key: string
  id?: string
  name: string
  types: readonly PartnerType[]
  graceDays: string
  tiers: readonly TierDraft[]
}

export type Tracks = readonly TrackDraft[]

export const COLORS: Record<Tier, string> = { platinum: '#5b6b8c', gold: '#b7862c', silver: '#8a8f98' }
const GRACE_DAYS = '30'

const newKey = () => crypto.randomUUID()

export const newTrack = (): TrackDraft => ({
  key: newKey(),
  name: '',
  types: [],
  graceDays: GRACE_DAYS,
  tiers: [],
})

export const newTier = (level: Tier): TierDraft => ({
  key: newKey(),
  level,
  name: TIER_LABELS[level],
  color: COLORS[level],
  benefits: '',
  rules: [],
})

export const newRule = (): RuleDraft => ({
  key: newKey(),
  metric: 'fit',
  op: 'gte',
  low: '',
  high: '',
  chosen: [],
})

export const kindOf = (metric: Metric) => METRICS[metric].kind
/** The comparisons that make sense for a metric, the first of them for want of a choice. */
export const opsOf = (metric: Metric): readonly Op[] => OPS_OF[kindOf(metric)]

/** Another metric keeps what was entered as far as it makes sense there. */
export function withMetric(rule: RuleDraft, metric: Metric): RuleDraft {
  const [first] = opsOf(metric)
  const op = opsOf(metric).includes(rule.op) ? rule.op : (first ?? rule.op)
  const isSameKind = kindOf(metric) === kindOf(rule.metric)
  // The stages of a partner are no regions; numbers stay what they are.
  return { ...rule, metric, op, chosen: isSameKind && kindOf(metric) === 'tags' ? rule.chosen : [] }
}

export const draftOf = (tracks: readonly (Track | ProgramEdit['tracks'][number])[]): Tracks =>
  tracks.map(({ tiers, graceDays, ...track }) => ({
    ...withoutAbsent(track),
    key: track.id ?? newKey(),
    graceDays: String(graceDays),
    tiers: sorted(
      tiers.map((tier) => ({
        ...withoutAbsent(tier),
        key: tier.id ?? newKey(),
        rules: tier.rules.map(ruleDraftOf),
      })),
    ),
  }))

/** An id that is there but undefined would be sent as such. */
const withoutAbsent = <T extends { id?: string | undefined }>({ id, ...rest }: T) =>
  id === undefined ? rest : { ...rest, id }

function ruleDraftOf({ metric, op, value }: Rule): RuleDraft {
  const list = Array.isArray(value) ? value.map(String) : [String(value)]
  const isNumber = kindOf(metric) === 'number'
  const [low = '', high = ''] = isNumber ? list : []
  return { key: newKey(), metric, op, low, high, chosen: isNumber ? [] : list }
}

/** Highest first. */
export const sorted = (tiers: readonly TierDraft[]): TierDraft[] =>
  tiers.toSorted((one, other) => TIERS.indexOf(one.level) - TIERS.indexOf(other.level))

/** What typed text says as a number; null when it is none. Groups of thousands may be set apart. */
export function numberIn(typed: string): number | null {
  const text = typed.replace(/[\s\u202f\u00a0]/g, '').replace(/,(?=\d{3}(?:\D|$))/g, '')
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : null
}

/** The body of a request; text that is no number goes as it is, and is refused at its field. */
export const bodyOf = (tracks: Tracks): ProgramEdit['tracks'] =>
  tracks.map(({ key, types, graceDays, tiers, ...track }) => ({
    ...track,
    types: [...types],
    graceDays: numberIn(graceDays) ?? Number.NaN,
    tiers: tiers.map(({ key, rules, ...tier }) => ({ ...tier, rules: rules.map(bodyOfRule) })),
  }))

export function bodyOfRule({ metric, op, low, high, chosen }: RuleDraft): Rule {
  if (kindOf(metric) !== 'number') return { metric, op, value: [...chosen] }
  const value = [low, high].map((text) => numberIn(text) ?? text.trim())
  return { metric, op, value: op === 'between' ? value : (value[0] ?? '') }
}

/** Whether two drafts amount to the same programme. */
export const areSame = (one: Tracks, other: Tracks) =>
  one === other || fingerprint(one) === fingerprint(other)

/** What a draft amounts to; the names of its parts and text that no request would hold do not count. */
export const fingerprint = (tracks: Tracks) =>
  JSON.stringify(
    tracks.map(({ id, name, types, graceDays, tiers }) => [
      id,
      name.trim(),
      types.toSorted(),
      numberIn(graceDays) ?? graceDays,
      tiers.map((tier) => [
        tier.id,
        tier.level,
        tier.name.trim(),
        tier.color.toLowerCase(),
        tier.benefits.trim(),
        tier.rules.map(bodyOfRule),
      ]),
    ]),
  )
