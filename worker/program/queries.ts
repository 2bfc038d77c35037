import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { type Program, ProgramTier, Track } from './schema.ts'

const json = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)) as z.output<S>)

const Version = z.object({ version: z.number() })
const TrackRow = z.object({
  id: z.string(),
  name: z.string(),
  types: json(Track.shape.types),
  graceDays: z.number(),
})
const TierRow = ProgramTier.omit({ rules: true }).extend({
  trackId: z.string(),
  rules: json(ProgramTier.shape.rules),
})

/** Tracks in page order, each with its tiers, highest first. */
export async function getProgram(tenant: Tenant): Promise<Program> {
  const { orgId } = tenant
  const [saved, tracks, tiers] = await tenant.batch([
    row(Version, sql`select version from programs where programs.org_id = ${orgId}`),
    rows(
      TrackRow,
      sql`select id, name, types, grace_days as graceDays from tracks where tracks.org_id = ${orgId} order by position`,
    ),
    rows(
      TierRow,
      sql`select id, level, name, color, benefits, rules, track_id as trackId from program_tiers
        where program_tiers.org_id = ${orgId}
        order by case level when 'platinum' then 1 when 'gold' then 2 else 3 end`,
    ),
  ])
  return {
    version: saved?.version ?? 1,
    tracks: tracks.map((track) => ({
      ...track,
      tiers: tiers.filter(({ trackId }) => trackId === track.id).map(({ trackId, ...tier }) => tier),
    })),
  }
}

const ProgramTrack = z
  .object({
    orgId: z.string(),
    id: z.string(),
    name: z.string(),
    types: json(Track.shape.types),
    graceDays: z.number(),
    tiers: json(Track.shape.tiers),
  })
  .transform(({ orgId, ...track }) => ({ orgId, track }))

/** The tracks of these organisations (a JSON list of ids), in page order; for jobs, which work for several at once. */
export const programsOf = (orgIds: string) =>
  rows(
    ProgramTrack,
    sql`select t.org_id as orgId, t.id, t.name, t.types, t.grace_days as graceDays,
        (select json_group_array(json_object('id', g.id, 'level', g.level, 'name', g.name, 'color', g.color,
            'benefits', g.benefits, 'rules', json(g.rules)) order by g.level)
          from program_tiers g where g.org_id = t.org_id and g.track_id = t.id) as tiers
      from tracks t where t.org_id in (select value from json_each(${orgIds})) order by t.org_id, t.position`,
  )
