import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { STAGES, TIERS } from '#worker/partners/terms.ts'
import { ladder, NOBODY, on, tier } from '#worker/testing/ladder.ts'
import { type Evaluated, evaluate, evaluateAfresh, type Metrics, rank } from './tiers.ts'

const NOW = Date.UTC(2026, 2, 1)
const DAY = 86_400_000
const stand = ({ tier, programTierId, fallsAt }: Evaluated) => ({ tier, programTierId, fallsAt })

const Score = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null })
const AnyMetrics = fc
  .record({ fit: Score, health: Score, stage: fc.constantFrom(...STAGES) })
  .map((some): Metrics => ({ ...NOBODY, ...some }))
const AnyRule = fc.oneof(
  fc.record({
    metric: fc.constantFrom('fit' as const, 'health' as const),
    op: fc.constantFrom('gte' as const, 'lte' as const),
    value: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({
    metric: fc.constant('stage' as const),
    op: fc.constant('anyOf' as const),
    value: fc.uniqueArray(fc.constantFrom(...STAGES), { minLength: 1 }),
  }),
)
const AnyTracks = fc
  .array(
    fc.record({
      graceDays: fc.integer({ min: 0, max: 60 }),
      rules: fc.array(fc.array(AnyRule, { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    }),
    { maxLength: 3 },
  )
  .map((all) =>
    all.map(({ graceDays, rules }, at) =>
      ladder(`t${at}`, {
        graceDays,
        tiers: TIERS.map((level, rung) => tier(level, `t${at}`, rules[rung] ?? [])),
      }),
    ),
  )
const AnyHeld = fc
  .record({
    level: fc.constantFrom(...TIERS),
    track: fc.integer({ min: 0, max: 3 }),
    in: fc.option(fc.integer({ min: -5, max: 40 }), { nil: null }),
  })
  .map((some) => on(some.level, `t${some.track}`, some.in === null ? null : NOW + some.in * DAY))

test('evaluating again right away changes nothing, and never shows another tier', () => {
  fc.assert(
    fc.property(AnyMetrics, AnyTracks, AnyHeld, (metrics, tracks, held) => {
      const first = evaluate(metrics, tracks, held, NOW)
      const again = evaluate(metrics, tracks, { ...held, ...stand(first) }, NOW)
      expect(again).toEqual(first)
    }),
  )
})

test('grace only ever keeps a partner higher, and ends where no grace would have led', () => {
  fc.assert(
    fc.property(AnyMetrics, AnyTracks, AnyHeld, (metrics, tracks, held) => {
      const now = evaluate(metrics, tracks, held, NOW)
      const end = evaluateAfresh(metrics, tracks, null)
      expect(rank(now.tier)).toBeLessThanOrEqual(rank(end.tier))
      expect(now.fallsAt !== null).toBe(now.standing.falls !== null)
      if (now.fallsAt === null) expect(stand(now)).toEqual(stand(end))
      else {
        expect(now.fallsAt).toBeGreaterThan(NOW)
        expect(evaluate(metrics, tracks, { ...held, ...stand(now) }, now.fallsAt)).toEqual(end)
      }
    }),
  )
})

test('a tier that the rules give has every rule met, and the next one has a rule that is not', () => {
  fc.assert(
    fc.property(AnyMetrics, AnyTracks, (metrics, tracks) => {
      const { tier: given, standing } = evaluateAfresh(metrics, tracks, null)
      if (given) expect(standing.rules.every(({ met }) => met)).toBe(true)
      if (standing.next) {
        expect(standing.next.missing.length).toBeGreaterThan(0)
        expect(rank(standing.next.tier)).toBeLessThan(rank(given))
      }
    }),
  )
})
