import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { AskedFilter } from './filter.ts'
import type { Groups, GroupsQuery } from './list-schema.ts'
import { type Matches, matchesOf } from './plan-query.ts'
import {
  type Grouping,
  REGION_LABELS,
  STAGE_LABELS,
  STATUS_LABELS,
  TIER_LABELS,
  TYPE_LABELS,
} from './terms.ts'

const Group = z.object({ key: z.string(), partners: z.number(), label: z.string().nullable() })

/** Labels of each grouping in the order of display; managers bring their own names. */
const LABELS: Record<Exclude<Grouping, 'manager'>, Readonly<Record<string, string>>> = {
  type: TYPE_LABELS,
  tier: { ...TIER_LABELS, none: 'No tier' },
  region: REGION_LABELS,
  status: STATUS_LABELS,
  stage: STAGE_LABELS,
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
  const matches = matchesOf(orgId, filter)
  const counted = matches
    ? filtered(by, matches)
    : sql`select c.key, c.partners from partner_counts c
        where c.org_id = ${orgId} and c.facet = ${by} and c.partners > 0`
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

const filtered = (by: Grouping, { from, where }: Matches) =>
  sql`select ${sql.raw(COLUMNS[by])} as key, count(*) as partners from ${from} where ${where} group by 1`

function inOrder(by: Grouping, found: readonly z.infer<typeof Group>[]): Groups['groups'] {
  const counts = new Map(found.map(({ key, partners }) => [key, partners]))
  const labels = by === 'manager' ? managerLabels(found) : Object.entries(LABELS[by])
  return labels.flatMap(([key, label]) => {
    const count = counts.get(key)
    return count === undefined ? [] : [{ key, label, count }]
  })
}

/** Managers by name, nobody last. */
function managerLabels(found: readonly z.infer<typeof Group>[]): [key: string, label: string][] {
  const managers = found.filter(({ key }) => key !== 'none')
  const named = managers.map(({ key, label }): [string, string] => [key, label ?? 'Former member'])
  return [...named.toSorted(([, a], [, b]) => a.localeCompare(b)), ['none', 'Nobody']]
}
