import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { change, row, type Statement, shared, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { namedIds, tracksOf, unknownIds } from './edited.ts'
import { programOf } from './queries.ts'
import type { Program, ProgramEdit, Track } from './schema.ts'
import { insertTracks, keepVersion } from './write.ts'

/**
 * Puts the programme in the place of the one that stands, as its next version, and makes every partner due, so that the
 * scoring job applies it. Who is pinned to a tier that goes keeps its level; a chosen track that goes is chosen no more.
 * One round trip.
 * @throws `stale` with the programme as it is; `invalid` at what contradicts itself or is not the organisation's.
 */
export async function saveProgram(tenant: Tenant, edit: ProgramEdit, actor: Actor): Promise<Program> {
  const { orgId } = tenant
  const tracks = tracksOf(edit)
  const version = edit.version + 1
  const author = { id: actor.userId, name: sql`(select u.name from users u where u.id = ${actor.userId})` }
  try {
    await tenant.batch([
      ...checks(orgId, edit),
      ...released(orgId, tracks, actor),
      ...replaced(orgId, tracks),
      change(sql`update programs set version = ${version} where programs.org_id = ${orgId}`),
      keepVersion(orgId, { n: version, tracks }, author, actor.now),
      // With a new input version, so that what is being scored by the old rules right now does not end it.
      change(
        sql`update partners set input_version = input_version + 1, score_due_at = ${actor.now}
          where partners.org_id = ${orgId}`,
      ),
      audit(orgId, actor, {
        action: 'program.edit',
        targetId: null,
        detail: { version, tracks: tracks.length },
      }),
    ])
  } catch (error) {
    throw isGuardRefusal(error) ? await explain(tenant, edit) : error
  }
  return { version, tracks }
}

/** The version that was edited still stands, and what the body names is there. */
function checks(orgId: string, edit: ProgramEdit): Statement[] {
  const { tracks, tiers } = namedIds(edit)
  return [
    unless(sql`select 1 from programs p where p.org_id = ${orgId} and p.version = ${edit.version}`),
    unless(sql`select 1 where not exists (select 1 from json_each(${JSON.stringify(tracks)}) n
      where not exists (select 1 from tracks k where k.org_id = ${orgId} and k.id = n.value))`),
    unless(sql`select 1 where not exists (select 1 from json_each(${JSON.stringify(tiers)}) n
      where not exists (select 1 from program_tiers g
        where g.org_id = ${orgId} and g.track_id = n.value ->> 0 and g.id = n.value ->> 1))`),
  ]
}

/** Lets partners go from tiers and tracks that are not for them any more, while the names of those can still be read. */
function released(orgId: string, tracks: readonly Track[], { userId, now }: Actor): Statement[] {
  const places = JSON.stringify(
    tracks.flatMap(({ id, types, tiers }) =>
      types.flatMap((type) => [id, ...tiers.map((tier) => tier.id)].map((each) => `${type} ${each}`)),
    ),
  )
  const gone = (id: SQL) =>
    sql`${id} is not null and partners.type || ' ' || ${id} not in (select value from json_each(${places}))`
  const mine = sql`partners.org_id = ${orgId}`
  return [
    change(
      sql`update partners set program_tier_id = null, scored_at = ${now}
        where ${mine} and ${gone(sql`partners.program_tier_id`)}`,
    ),
    // Whose history names who pinned the tier: this was somebody else, later.
    change(
      sql`update tier_changes set actor_id = ${userId}, reason = null,
          actor_name = (select u.name from users u where u.id = ${userId})
        where tier_changes.org_id = ${orgId} and tier_changes.at = ${now} and tier_changes.source = 'manual'
          and tier_changes.partner_id in (select p.id from partners p where p.org_id = ${orgId} and p.scored_at = ${now}
            and p.program_tier_id is null and p.tier_source = 'manual')`,
    ),
    change(sql`update partners set track_id = null where ${mine} and ${gone(sql`partners.track_id`)}`),
  ]
}

/**
 * All tracks and tiers anew: two tiers of a track may have changed their levels, which no order of updates would allow.
 * Partners refer to them meanwhile, so references are looked at when the batch ends.
 */
const replaced = (orgId: string, tracks: readonly Track[]): Statement[] => [
  shared(change(sql`pragma defer_foreign_keys = on`)),
  change(sql`delete from tracks where tracks.org_id = ${orgId}`),
  ...insertTracks(orgId, tracks),
]

const LastSave = z.object({ actor_id: z.string(), actor_name: z.string(), at: z.number() })

/** Why nothing was saved: somebody else saved meanwhile, or an id is not there. */
async function explain(tenant: Tenant, edit: ProgramEdit) {
  const { orgId } = tenant
  const [program, last] = await tenant.batch([
    programOf(orgId),
    row(
      LastSave,
      sql`select actor_id, actor_name, at from snapshots s
        where s.org_id = ${orgId} and s.kind = 'program' and s.subject_id = '' order by s.n desc limit 1`,
    ),
  ])
  const current = program ?? { version: 0, tracks: [] }
  if (current.version === edit.version) return new AppError('invalid', { errors: unknownIds(edit, current) })
  const changes = last
    ? [
        {
          field: 'tracks',
          by: { id: last.actor_id, name: last.actor_name },
          at: new Date(last.at).toISOString(),
        },
      ]
    : []
  return new AppError('stale', { members: { current, changes } })
}
