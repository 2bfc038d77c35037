import type { ScoreState } from '#worker/partners/terms.ts'
import type { Factor, UnknownBecause } from './schema.ts'
import { CONFIDENCE_ENOUGH } from './terms.ts'

/** What one factor found. */
export interface Finding {
  label: string
  /** 0 to 1; null is unknown: it leaves the sum instead of counting as zero. */
  value: number | null
  /** Why the value is null. */
  unknown: UnknownBecause | null
  evidence: Factor['evidence']
  /** What somebody could do to raise it; empty when there is nothing. */
  hint: string
}
export type Weighed<F extends string = string> = Finding & { factor: F; weight: number }

export interface ScoreResult {
  state: Extract<ScoreState, 'ready' | 'insufficient'>
  /** 0 to 100; null under the confidence that a number needs. */
  value: number | null
  /** Weight known over weight asked for, 0 to 1. */
  confidence: number
  ledger: Factor[]
}

/** Not wanted by the ideal profile, of no weight, or meant for other partners. */
const isAsked = ({ unknown, weight }: Weighed) =>
  weight > 0 && unknown !== 'not-asked' && unknown !== 'does-not-apply'

/**
 * The weighted mean of the factors that are known, from 0 to 100, with a ledger of all of them. A factor without data
 * leaves the sum and lowers the confidence instead; one of no weight is out. Pure: the same findings give the same ledger.
 */
export function scoreOf(findings: readonly Weighed[]): ScoreResult {
  const asked = findings.filter(isAsked)
  const known = asked.filter(({ value }) => value !== null)
  const knownWeight = weightOf(known)
  const askedWeight = weightOf(asked)
  const confidence = askedWeight === 0 ? 0 : knownWeight / askedWeight
  const score = knownWeight === 0 ? 0 : (100 * sumOf(known)) / knownWeight
  const enough = confidence >= CONFIDENCE_ENOUGH
  return {
    state: enough ? 'ready' : 'insufficient',
    value: enough ? Math.min(100, Math.max(0, Math.round(score))) : null,
    confidence: round(confidence),
    ledger: findings.map((finding) => entry(finding, knownWeight, score)),
  }
}

const weightOf = (findings: readonly Weighed[]) => findings.reduce((sum, { weight }) => sum + weight, 0)
const sumOf = (findings: readonly Weighed[]) =>
  findings.reduce((sum, { weight, value }) => sum + weight * (value ?? 0), 0)
const round = (number: number) => Math.round(number * 10_000) / 10_000

function entry(finding: Weighed, knownWeight: number, score: number): Factor {
  const { factor, label, weight, value, unknown, evidence, hint } = finding
  const asked = isAsked(finding)
  const points = asked && value !== null ? (100 * weight * value) / knownWeight : 0
  return {
    factor,
    label,
    weight,
    asked,
    value: value === null ? null : round(value),
    points: round(points),
    evidence,
    unknown,
    ...(hint === '' || value === 1 ? {} : { hint, gain: asked ? gainOf(finding, knownWeight, score) : 0 }),
  }
}

/** Points by which the score would rise if the factor were full. Known at last, it also weighs on the others. */
function gainOf({ value, weight }: Weighed, knownWeight: number, score: number) {
  if (value !== null) return Math.round((100 * weight * (1 - value)) / knownWeight)
  const full = ((score / 100) * knownWeight + weight) / (knownWeight + weight)
  return Math.round(100 * full - score)
}
