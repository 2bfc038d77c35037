import { sql } from 'drizzle-orm'
import { among } from '#worker/db/statement.ts'
import { type AskedFilter, conditionsOf, searchOf, tagsOf } from './filter.ts'

/** How many partners the organisation has; every one of them is of one type. */
export const everybody = (orgId: string) =>
  sql`(select coalesce(sum(c.partners), 0) from partner_counts c where c.org_id = ${orgId} and c.facet = 'type')`

/** How many match, where counters say it: of everybody, or of the only filter. */
export function counted(orgId: string, filter: AskedFilter) {
  if (tagsOf(filter).length > 0 || searchOf(orgId, filter) !== null) return null
  const [only, ...more] = conditionsOf(filter)
  if (!only) return everybody(orgId)
  if (!only.counted || more.length > 0) return null
  return sql`(select coalesce(sum(c.partners), 0) from partner_counts c
    where c.org_id = ${orgId} and c.facet = ${only.facet} and c.key in ${among(only.keys)})`
}
