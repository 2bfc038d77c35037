import { type SQL, sql } from 'drizzle-orm'
import type { PartnerFilter } from './list-schema.ts'
import { type PartnerSort, TIERS } from './terms.ts'

/** An order of the directory. Ties are broken by id; those without a value come last in both directions. */
export interface Order {
  /** What a row is sorted by, a text or a number; the cursor holds it. */
  key: SQL
  descending: boolean
  /** The index that has all partners in this order. */
  index: string
  byName: boolean
  /** Few values in an order that no index has: each is looked up in turn. */
  ranks?: Ranks
}

/** The values of `column` in the order asked for, and the `key` that rows of each have. */
export interface Ranks {
  column: string
  values: readonly number[]
  keys: readonly number[]
}

const SCORES = Array.from({ length: 101 }, (_, score) => score)
const NO_SCORE = -1
const NO_SCORE_LAST = 1_000
const NO_TIER = 4

/** Where a partner stands by score: highest first, or lowest first, and without one behind all others. */
const highFirst = (column: string) => sql.raw(`(100 - p.${column})`)
const lowFirst = (column: string) => sql.raw(`iif(p.${column} < 0, ${NO_SCORE_LAST}, p.${column})`)

const plain = (column: string, index: string, descending: boolean): Order => ({
  key: sql.raw(`p.${column}`),
  descending,
  index,
  byName: column === 'name_key',
})

function scored(column: string, index: string, descending: boolean): Order {
  const values = descending ? SCORES.toReversed() : SCORES
  return {
    key: descending ? highFirst(column) : lowFirst(column),
    descending: false,
    index,
    byName: false,
    ranks: {
      column,
      values: [...values, NO_SCORE],
      keys: [...SCORES, descending ? 100 - NO_SCORE : NO_SCORE_LAST],
    },
  }
}

function tiered(reversed: boolean): Order {
  return {
    key: reversed
      ? sql.raw(`iif(p.tier_rank = ${NO_TIER}, ${NO_TIER}, ${NO_TIER} - p.tier_rank)`)
      : sql.raw('p.tier_rank'),
    descending: false,
    index: 'partners_by_tier',
    byName: false,
    ranks: {
      column: 'tier_rank',
      values: reversed ? [3, 2, 1, NO_TIER] : [1, 2, 3, NO_TIER],
      keys: [1, 2, 3, NO_TIER],
    },
  }
}

const ORDERS: Record<PartnerSort, Order> = {
  name: plain('name_key', 'partners_name', false),
  '-name': plain('name_key', 'partners_name', true),
  createdAt: plain('created_at', 'partners_by_created', false),
  '-createdAt': plain('created_at', 'partners_by_created', true),
  updatedAt: plain('updated_at', 'partners_by_updated', false),
  '-updatedAt': plain('updated_at', 'partners_by_updated', true),
  fit: scored('fit_rank', 'partners_by_fit', false),
  '-fit': scored('fit_rank', 'partners_by_fit', true),
  health: scored('health_rank', 'partners_by_health', false),
  '-health': scored('health_rank', 'partners_by_health', true),
  /** Platinum first. */
  tier: tiered(false),
  '-tier': tiered(true),
}

export const orderOf = (sort: PartnerSort) => ORDERS[sort]

const isIn: Record<string, (score: number) => boolean> = {
  high: (score) => score >= 80,
  medium: (score) => score >= 50 && score < 80,
  low: (score) => score >= 0 && score < 50,
  none: (score) => score === NO_SCORE,
}
const tierAt = (rank: number) => TIERS[rank - 1] ?? 'none'

/** Which values of a column a filter on the same thing leaves; null where it says nothing of it. */
function leftOf(column: string, { fit, health, tier }: PartnerFilter): ((rank: number) => boolean) | null {
  const bands = { fit_rank: fit, health_rank: health }[column]
  if (bands?.length) return (score) => bands.some((band) => isIn[band]?.(score))
  return column === 'tier_rank' && tier?.length ? (rank) => tier.some((each) => each === tierAt(rank)) : null
}

/** The order without the ranks that the filter lets nobody have, so that they are not looked up. */
export function narrowed(order: Order, filter: PartnerFilter): Order {
  const { ranks } = order
  const isLeft = ranks && leftOf(ranks.column, filter)
  if (!isLeft) return order
  const left = ranks.values.map(isLeft)
  const only = (all: readonly number[]) => all.filter((_, at) => left[at])
  return { ...order, ranks: { ...ranks, values: only(ranks.values), keys: only(ranks.keys) } }
}
