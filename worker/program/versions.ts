import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { TIER_SOURCES, TIERS } from '#worker/partners/terms.ts'
import { TracksText } from './evaluation.ts'
import type { ProgramVersion, TierChange, Track } from './schema.ts'

/** The newest entries that an answer holds. */
const MOST = 200

const Saved = z.object({ n: z.number(), actor_id: z.string(), actor_name: z.string(), at: z.number() })

const versionOf = ({ n, actor_id, actor_name, at }: z.output<typeof Saved>): ProgramVersion => ({
  n,
  by: { id: actor_id, name: actor_name },
  at: new Date(at).toISOString(),
})

/** The versions of the programme, newest first. */
export async function listVersions(tenant: Tenant): Promise<ProgramVersion[]> {
  const found = await tenant.run(
    rows(
      Saved,
      sql`select n, actor_id, actor_name, at from snapshots s
        where s.org_id = ${tenant.orgId} and s.kind = 'program' and s.subject_id = '' order by s.n desc limit ${MOST}`,
    ),
  )
  return found.map(versionOf)
}

const Kept = Saved.extend({ content: TracksText })

/**
 * The programme as it was saved then.
 * @throws `not-found`
 */
export async function getVersion(tenant: Tenant, n: string): Promise<ProgramVersion & { tracks: Track[] }> {
  const found = await tenant.run(
    row(
      Kept,
      sql`select n, actor_id, actor_name, at, content from snapshots s
        where s.org_id = ${tenant.orgId} and s.kind = 'program' and s.subject_id = '' and s.n = ${wholeNumber(n)}`,
    ),
  )
  if (!found) throw new AppError('not-found')
  return { ...versionOf(found), tracks: found.content }
}

const wholeNumber = (text: string) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : -1)

const tier = z.enum(TIERS).nullable()
const word = z.string().nullable()
const Changed = z.object({
  at: z.number(),
  from_tier: tier,
  from_name: word,
  to_tier: tier,
  to_name: word,
  source: z.enum(TIER_SOURCES),
  actor_id: word,
  actor_name: word,
  reason: word,
})

const changeOf = ({ at, source, reason, ...change }: z.output<typeof Changed>): TierChange => ({
  at: new Date(at).toISOString(),
  from: change.from_tier && { tier: change.from_tier, name: change.from_name },
  to: change.to_tier && { tier: change.to_tier, name: change.to_name },
  source,
  by: change.actor_id === null ? null : { id: change.actor_id, name: change.actor_name ?? '' },
  reason,
})

/**
 * Every change of a partner's tier, newest first, with the names that tiers had then.
 * @throws `not-found`
 */
export async function listTierChanges(tenant: Tenant, partnerId: string): Promise<TierChange[]> {
  const { orgId } = tenant
  const [present, changes] = await tenant.batch([
    row(
      Changed,
      sql`select coalesce(p.tier_at, p.created_at) as at, null as from_tier, null as from_name, p.tier as to_tier,
          (select g.name from program_tiers g where g.org_id = p.org_id and g.id = p.program_tier_id) as to_name,
          p.tier_source as source, p.tier_by as actor_id, (select u.name from users u where u.id = p.tier_by) as actor_name,
          p.tier_reason as reason
        from partners p where p.org_id = ${orgId} and p.id = ${partnerId}`,
    ),
    rows(
      Changed,
      sql`select at, from_tier, from_name, to_tier, to_name, source, actor_id, actor_name, reason from tier_changes c
        where c.org_id = ${orgId} and c.partner_id = ${partnerId} order by c.n desc limit ${MOST}`,
    ),
  ])
  if (!present) throw new AppError('not-found')
  if (changes.length > 0) return changes.map(changeOf)
  // It still has what it began with, which nothing has noted yet.
  return present.to_tier ? [changeOf(present)] : []
}
