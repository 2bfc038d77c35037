import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { StoredTrack, TracksText, tracksJson } from './evaluation.ts'
import type { Program } from './schema.ts'

const Saved = z.object({ version: z.number(), tracks: TracksText })

/** The programme as it stands. */
export const programOf = (orgId: string) =>
  row(
    Saved,
    sql`select version, ${tracksJson(orgId)} as tracks from programs where programs.org_id = ${orgId}`,
  )

/** Tracks in page order, each with its tiers, highest first. */
export async function getProgram(tenant: Tenant): Promise<Program> {
  return (await tenant.run(programOf(tenant.orgId))) ?? { version: 1, tracks: [] }
}

const parsed = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)) as z.output<S>)
const ProgramTrack = z
  .object({
    orgId: z.string(),
    id: z.string(),
    name: z.string(),
    types: parsed(StoredTrack.shape.types),
    graceDays: z.number(),
    tiers: parsed(StoredTrack.shape.tiers),
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
