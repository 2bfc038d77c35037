import { INDUSTRY_LABELS, STAGE_LABELS } from '#worker/partners/terms.ts'
import { HEALTH_LABELS } from './factor-terms.ts'
import { type Finding, type ScoreResult, scoreOf, type Weighed } from './ledger.ts'
import { HEALTH_FACTORS, type HealthFactor, type HealthFacts, type HealthWeights } from './schema.ts'

/** Changes whenever the same inputs would score differently. */
export const HEALTH_RULES = 'health-1'

const DAY_MS = 86_400_000
/** Dealings with each other count half after this many days. */
const HALF_LIFE_DAYS = 30
/** How long a new partner is judged by the onboarding checklist instead of a plan. */
const ONBOARDING_DAYS = 90
/** An early stage is fine for this long, and stuck after that long. */
const EARLY_DAYS = { fine: 60, stuck: 180 }
/** A pulse older than this says nothing of today. */
const PULSE_DAYS = 90
const PROFILE_COMPLETE = 0.8

const PLAN_FACTORS = ['planAttainment', 'planExecution', 'pipelineCoverage'] as const
type PlanFactor = (typeof PLAN_FACTORS)[number]
const isPlanFactor = (factor: HealthFactor): factor is PlanFactor =>
  PLAN_FACTORS.some((each) => each === factor)

const LABELS: Record<HealthFactor | 'onboarding', string> = {
  ...HEALTH_LABELS,
  onboarding: 'Onboarding checklist',
}

/**
 * Whether the relationship works: the weighted mean of what is known, from 0 to 100. A partner of less than 90 days is
 * judged by the onboarding checklist in place, and with the weight, of the three plan factors. An offboarded partner has
 * no health. Pure: the same facts at the same time give the same ledger.
 * @param now Unix ms.
 */
export function scoreHealth(facts: HealthFacts, weights: HealthWeights, now: number): ScoreResult {
  if (facts.stage === 'offboarded') return { state: 'insufficient', value: null, confidence: 0, ledger: [] }
  const isNew = daysSince(facts.createdAt, now) < ONBOARDING_DAYS
  const findings: Weighed[] = HEALTH_FACTORS.map((factor) => ({
    factor,
    weight: weights[factor],
    ...(isPlanFactor(factor) ? planFinding(factor, isNew) : find(factor, facts, now)),
  }))
  if (!isNew) return scoreOf(findings)
  const weight = PLAN_FACTORS.reduce((sum, factor) => sum + weights[factor], 0)
  return scoreOf([{ factor: 'onboarding', weight, ...onboarding(facts) }, ...findings])
}

const daysSince = (at: number, now: number) => Math.max(0, (now - at) / DAY_MS)
const isoOf = (ms: number) => new Date(ms).toISOString()

/** There are no joint plans yet, so what they would tell is unknown. */
const planFinding = (factor: PlanFactor, isNew: boolean): Finding => ({
  label: LABELS[factor],
  value: null,
  unknown: isNew ? 'does-not-apply' : 'no-plan',
  evidence: [],
  hint: '',
})

function find(factor: Exclude<HealthFactor, PlanFactor>, facts: HealthFacts, now: number): Finding {
  switch (factor) {
    case 'recency':
      return recency(facts, now)
    case 'portalUse':
      return portalUse(facts, now)
    case 'stageProgress':
      return stageProgress(facts, now)
    case 'upkeep':
      return upkeep(facts)
    case 'pulse':
      return pulse(facts, now)
  }
}

const known = (factor: HealthFactor, value: number, evidence: Finding['evidence'][number], hint: string) => ({
  label: LABELS[factor],
  value,
  unknown: null,
  evidence: [evidence],
  hint: value < 1 ? hint : '',
})

/** Half-life 30 days since both sides last dealt with each other, else since the partner was added. */
function recency({ twoSidedAt, contacts, createdAt }: HealthFacts, now: number): Finding {
  const seen = contacts.flatMap(({ lastSeenAt }) => (lastSeenAt === null ? [] : [lastSeenAt]))
  const dealings = [...(twoSidedAt === null ? [] : [twoSidedAt]), ...seen]
  const last = dealings.length > 0 ? Math.max(...dealings) : createdAt
  const value = 0.5 ** (daysSince(last, now) / HALF_LIFE_DAYS)
  const what =
    dealings.length === 0 ? 'Added' : last === twoSidedAt ? 'Last activity' : 'Last seen in the portal'
  const source = dealings.length > 0 && last !== twoSidedAt ? 'portal' : 'profile'
  const hint = value > 0.9 ? '' : 'Talk to the partner, and log the meeting, call or e-mail.'
  return known('recency', value, { source, detail: what, at: isoOf(last) }, hint)
}

/** 0.4 an account claimed, 0.4 a sign-in within 30 days, 0.2 two contacts within 90. */
function portalUse({ contacts, createdAt }: HealthFacts, now: number): Finding {
  const within = (days: number) =>
    contacts.filter(({ lastSeenAt }) => lastSeenAt !== null && daysSince(lastSeenAt, now) <= days).length
  const claimed = contacts.filter(({ claimedAt }) => claimedAt !== null).length
  const [month, quarter] = [within(30), within(90)]
  const value = (claimed > 0 ? 4 : 0) + (month > 0 ? 4 : 0) + (quarter > 1 ? 2 : 0)
  const latest = Math.max(0, ...contacts.map(({ lastSeenAt }) => lastSeenAt ?? 0))
  const detail = `${claimed} of ${contacts.length} claimed; ${month} signed in within 30 days, ${quarter} within 90`
  const hint =
    claimed === 0
      ? 'Invite the contact to the portal.'
      : month === 0
        ? 'Bring a contact back to the portal.'
        : 'Win a second contact for the portal.'
  const at = isoOf(latest || createdAt)
  return known('portalUse', value / 10, { source: 'portal', detail, at }, hint)
}

/** Early stages count fully for 60 days and fall to nothing at 180. */
function stageProgress({ stage, stageChangedAt }: HealthFacts, now: number): Finding {
  const days = daysSince(stageChangedAt, now)
  const early = (EARLY_DAYS.stuck - days) / (EARLY_DAYS.stuck - EARLY_DAYS.fine)
  const value = STAGE_VALUES[stage] ?? Math.min(1, Math.max(0, early))
  const detail = STAGE_LABELS[stage]
  const hint =
    stage === 'at-risk' || stage === 'dormant'
      ? 'Win the partner back.'
      : 'Move the partner to its next stage.'
  return known('stageProgress', value, { source: 'profile', detail, at: isoOf(stageChangedAt) }, hint)
}
const STAGE_VALUES: Partial<Record<HealthFacts['stage'], number>> = {
  active: 1,
  scaling: 1,
  strategic: 1,
  activated: 0.8,
  'at-risk': 0.2,
  dormant: 0,
}

function upkeep(facts: HealthFacts): Finding {
  const { industry, editedAt } = facts
  const parts: [boolean, string][] = [
    [facts.managed, 'Name a partner manager.'],
    [industry !== null, 'Add the industry.'],
    [facts.languages.length > 0, 'Add the languages.'],
    [Boolean(facts.jointValueProposition), 'Write the joint value proposition.'],
    [facts.contacts.length > 1, 'Add a second contact.'],
  ]
  const filled = parts.filter(([done]) => done).length
  const detail = `${filled} of ${parts.length} filled${industry ? `; ${INDUSTRY_LABELS[industry]}` : ''}`
  const hint = parts.find(([done]) => !done)?.[1] ?? ''
  return known('upkeep', filled / parts.length, { source: 'profile', detail, at: editedAt }, hint)
}

function pulse({ pulse, pulseAt }: HealthFacts, now: number): Finding {
  const isOld = pulseAt !== null && daysSince(pulseAt, now) > PULSE_DAYS
  if (pulse === null || pulseAt === null || isOld)
    return {
      label: LABELS.pulse,
      value: null,
      unknown: 'not-filled',
      evidence: [],
      hint:
        pulse !== null && isOld
          ? `Say anew how it goes: the pulse is older than ${PULSE_DAYS} days.`
          : 'Say how it goes: the pulse from 1 to 5.',
    }
  const evidence = { source: 'profile', detail: `${pulse} of 5`, at: isoOf(pulseAt) } as const
  return known('pulse', (pulse - 1) / 4, evidence, '')
}

/** Seven steps; those that a joint plan would show are unknown, and leave the share. */
function onboarding(facts: HealthFacts): Finding {
  const steps: [boolean, string][] = [
    [facts.managed, 'Name a partner manager.'],
    [facts.completeness >= PROFILE_COMPLETE, 'Complete the profile to 80%.'],
    [facts.contacts.some(({ claimedAt }) => claimedAt !== null), 'Invite the contact to the portal.'],
    [facts.twoSidedAt !== null, 'Log a first meeting, call or e-mail.'],
    [facts.stage !== 'prospect', 'Move the partner past Prospect.'],
  ]
  const done = steps.filter(([isDone]) => isDone).length
  return {
    label: LABELS.onboarding,
    value: done / steps.length,
    unknown: null,
    evidence: [{ source: 'profile', detail: `${done} of ${steps.length} steps done`, at: facts.editedAt }],
    hint: steps.find(([isDone]) => !isDone)?.[1] ?? '',
  }
}
