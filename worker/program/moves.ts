import type { Rule, Simulation, Track } from './schema.ts'
import { bestRung, type Held, type Metrics, meets, type Rung, rank, rungOf, tracksFor } from './tiers.ts'

type Move = Simulation['moves'][number]

/** A partner as the simulator sees it. */
export interface Subject {
  id: string
  name: string
  held: Held
  metrics: Metrics
}

/**
 * Where a partner would go under `next`, and on which rule; null when it stays on its level or is pinned. Without any
 * grace: this is where it ends.
 */
export function moveOf(
  { id, name, held, metrics }: Subject,
  before: readonly Track[],
  next: readonly Track[],
): Move | null {
  if (held.source === 'manual') return null
  const tried = tracksFor(next, held.trackId, metrics.type)
  const best = bestRung(metrics, tried)
  const [from, to] = [held.tier, best?.tier.level ?? null]
  if (from === to) return null
  const rule =
    best && rank(to) < rank(from)
      ? raisedBy(best, before)
      : rungOf(tried, held.programTierId)?.tier.rules.find((each) => !meets(each, metrics[each.metric]))
  return { partnerId: id, name, from, to, because: rule ? becauseOf(rule, metrics) : null }
}

/** The rule that makes the difference: one that the tier did not have before in this form, or else its first. */
function raisedBy({ tier }: Rung, before: readonly Track[]): Rule | undefined {
  const old = rungOf(before, tier.id)?.tier.rules.map((rule) => JSON.stringify(rule)) ?? []
  return tier.rules.find((rule) => !old.includes(JSON.stringify(rule))) ?? tier.rules[0]
}

function becauseOf({ metric, op, value }: Rule, metrics: Metrics): Move['because'] {
  const actual = metrics[metric]
  return {
    metric,
    op,
    needed: value,
    actual: typeof actual === 'object' && actual !== null ? [...actual] : actual,
  }
}

/** Up first, then down. */
export const isUp = ({ from, to }: Move) => rank(to) < rank(from)

/** The tiers of `before` that are no longer in `next`. */
export const tiersGone = (before: readonly Track[], next: readonly Track[]) =>
  before.flatMap(({ tiers }) => tiers).filter(({ id }) => !rungOf(next, id))
