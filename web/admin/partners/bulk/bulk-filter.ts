import { type Definition, queryOf } from '#web/admin/partners/definition.ts'
import {
  ATTENTION,
  BANDS,
  CREATED,
  PARTNER_TYPES,
  REGIONS,
  STAGES,
  STATUSES,
  TIERS,
} from '#worker/partners/terms.ts'
import type { BulkFilter } from './steps.ts'

/** Those of the given values that are known; without a filter, nothing. */
const among = <T extends string>(values: readonly T[], given: readonly string[] | undefined) =>
  given && values.filter((value) => given.includes(value))

/** What the table is narrowed to, as a body holds it. */
export function bulkFilterOf(definition: Definition): BulkFilter {
  const query = queryOf(definition)
  const { manager, track, tag } = query
  return {
    search: query.search,
    type: among(PARTNER_TYPES, query.type),
    status: among(STATUSES, query.status),
    tier: among([...TIERS, 'none'] as const, query.tier),
    region: among(REGIONS, query.region),
    stage: among(STAGES, query.stage),
    fit: among(BANDS, query.fit),
    health: among(BANDS, query.health),
    created: among(CREATED, query.created),
    attention: among(ATTENTION, query.attention),
    manager,
    track,
    tag,
  }
}
