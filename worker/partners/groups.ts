import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { knownCounts } from './counts.ts'
import { type AskedFilter, isEverybody } from './filter.ts'
import type { Groups, GroupsQuery } from './list-schema.ts'
import { planQuery } from './plan-query.ts'
import {
  type Grouping,
  PARTNER_TYPES,
  REGION_LABELS,
  REGIONS,
  STAGE_LABELS,
  STAGES,
  STATUS_LABELS,
  STATUSES,
  TIER_LABELS,
  TIERS,
  TYPE_LABELS,
} from './terms.ts'

const Group = z.object({ key: z.string(), partners: z.number(), label: z.string().nullable() })

/** Labels of each grouping in the order of display; managers bring their own names. */
const LABELS: Record<Exclude<Grouping, 'manager'>, readonly (readonly [string, string])[]> = {
  type: PARTNER_TYPES.map((key) => [key, TYPE_LABELS[key]]),
  tier: TIERS.map((key) => [key, TIER_LABELS[key]]),
  region: REGIONS.map((key) => [key, REGION_LABELS[key]]),
  status: STATUSES.map((key) => [key, STATUS_LABELS[key]]),
  stage: STAGES.map((key) => [key, STAGE_LABELS[key]]),
}
const NONE: Record<Grouping, string> = {
  type: 'No type',
  tier: 'No tier',
  region: 'No region',
  status: 'No status',
  stage: 'No stage',
  manager: 'Nobody',
}
const COLUMNS: Record<Grouping, string> = {
  type: 'p.type',
  tier: "coalesce(p.tier, 'none')",
  region: 'p.region',
  status: 'p.status',
  stage: 'p.stage',
  manager: "coalesce(p.manager_id, 'none')",
}

/** How many of the matching partners each group has; groups without any are left out. From counters without filters. */
export async function listGroups(
  tenant: Tenant,
  { by, ...filter }: GroupsQuery & AskedFilter,
): Promise<Groups> {
  const { orgId } = tenant
  const counted = isEverybody(orgId, filter)
    ? sql`select c.key, c.partners from partner_counts c
        where c.org_id = ${orgId} and c.facet = ${by} and c.partners > 0`
    : filtered(orgId, by, filter)
  const found = await tenant.run(
    rows(
      Group,
      by === 'manager'
        ? sql`select g.key, g.partners, m.name as label from (${counted}) g
            left join members m on m.org_id = ${orgId} and m.id = g.key`
        : sql`select g.key, g.partners, null as label from (${counted}) g`,
    ),
  )
  return { groups: inOrder(by, found) }
}

function filtered(orgId: string, by: Grouping, filter: AskedFilter) {
  const { from, where } = planQuery(orgId, filter, 'name', knownCounts(orgId))
  return sql`select ${sql.raw(COLUMNS[by])} as key, count(*) as partners from ${from} where ${where} group by 1`
}

function inOrder(by: Grouping, found: readonly z.infer<typeof Group>[]): Groups['groups'] {
  const none = found
    .filter(({ key }) => key === 'none')
    .map(({ key, partners }) => ({ key, label: NONE[by], count: partners }))
  if (by === 'manager') {
    const managed = found.filter(({ key }) => key !== 'none')
    const named = managed.map(({ key, label, partners }) => ({
      key,
      label: label ?? 'Former member',
      count: partners,
    }))
    return [...named.toSorted((a, b) => a.label.localeCompare(b.label)), ...none]
  }
  const counts = new Map(found.map(({ key, partners }) => [key, partners]))
  const labelled = LABELS[by].flatMap(([key, label]) => {
    const count = counts.get(key)
    return count === undefined ? [] : [{ key, label, count }]
  })
  return [...labelled, ...none]
}
