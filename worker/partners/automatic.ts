import { sql } from 'drizzle-orm'
import { change, type Statement } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { type Assignment, programReads } from '#worker/program/evaluation.ts'
import type { Metric } from '#worker/program/terms.ts'
import { partnerJson } from './queries.ts'

/** Fields that nothing but a rule of the programme reads, and the metrics by which it does. */
const RULED: Readonly<Record<string, readonly Metric[]>> = {
  tags: ['tags', 'profileCompleteness'],
  certifications: ['certifications', 'profileCompleteness'],
  managerId: ['profileCompleteness'],
  partnerLeadId: ['profileCompleteness'],
}

/** True when a rule of the programme reads one of these fields, as SQL; null when no rule could. */
export function ruledBy(orgId: string, fields: readonly string[]) {
  const metrics = new Set(fields.flatMap((field) => RULED[field] ?? []))
  return metrics.size > 0 ? programReads(orgId, [...metrics]) : null
}

/** What is told of a pinned partner is no longer true once the pin is gone; stands before the statement that takes it. */
export const forgetPinned = (orgId: string, id: string): Statement =>
  change(
    sql`delete from tier_standings where tier_standings.org_id = ${orgId} and tier_standings.partner_id = ${id}
      and exists (select 1 from partners p where p.org_id = ${orgId} and p.id = ${id} and p.tier_source = 'manual')`,
  )

/**
 * Gives a partner the tier that the rules gave when it was last written, unless it was edited, scored or pinned since, or
 * the tier has gone: then whoever did that sees to it. `more` follows in the same round trip.
 * @returns the `Partner` as JSON text.
 */
export async function assignTier(
  tenant: Tenant,
  id: string,
  { inputVersion, tier, programTierId, standing }: Assignment,
  now: number,
  more: readonly Statement[] = [],
): Promise<string> {
  const { orgId } = tenant
  const results = await tenant.batch([
    change(
      sql`update partners set tier = ${tier}, program_tier_id = ${programTierId}, tier_at = ${now}, tier_falls_at = null
        where partners.org_id = ${orgId} and partners.id = ${id} and input_version = ${inputVersion}
          and tier_source = 'auto' and tier is null
          and exists (select 1 from program_tiers g where g.org_id = ${orgId} and g.id = ${programTierId})`,
    ),
    ...oneStep(orgId, id, now),
    change(
      sql`insert into tier_standings (org_id, partner_id, standing)
        select p.org_id, p.id, ${JSON.stringify(standing)} from partners p
        where p.org_id = ${orgId} and p.id = ${id} and p.input_version = ${inputVersion}
          and p.tier_source = 'auto' and p.program_tier_id = ${programTierId}
        on conflict (org_id, partner_id) do update set standing = excluded.standing`,
    ),
    ...more,
    partnerJson(orgId, id),
  ])
  const json = results.at(-1)
  if (typeof json !== 'string') throw new AppError('not-found')
  return json
}

/** The way from a pin over no tier to the rules' one is a single change to whoever reads the history. */
function oneStep(orgId: string, id: string, now: number): Statement[] {
  const cleared = sql`select a.from_tier, a.from_name from tier_changes a
    where a.org_id = ${orgId} and a.partner_id = ${id} and a.at = ${now} and a.to_tier is null`
  const own = sql`tier_changes.org_id = ${orgId} and tier_changes.partner_id = ${id} and tier_changes.at = ${now}`
  return [
    change(
      sql`update tier_changes set (from_tier, from_name) = (${cleared} limit 1)
        where ${own} and from_tier is null and to_tier is not null and exists (${cleared})`,
    ),
    change(
      sql`delete from tier_changes where ${own} and to_tier is null and exists (select 1 from tier_changes b
        where b.org_id = ${orgId} and b.partner_id = ${id} and b.at = ${now} and b.to_tier is not null)`,
    ),
  ]
}
