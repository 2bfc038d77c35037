import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { row } from '#worker/db/statement.ts'
import { FactRow, factColumns } from './facts.ts'
import { Track } from './schema.ts'
import type { Metric } from './terms.ts'

const Tracks = z.array(Track)
/** Tracks as `tracksJson` selects them. */
export const TracksText = z.string().transform((text) => Tracks.parse(JSON.parse(text)))

/** The tracks of an organisation as JSON text: in page order, the tiers of each highest first. */
export const tracksJson = (
  orgId: string,
): SQL => sql`(select json_group_array(json_object('id', k.id, 'name', k.name,
    'types', json(k.types), 'graceDays', k.grace_days, 'tiers', json((select json_group_array(json_object('id', g.id,
        'level', g.level, 'name', g.name, 'color', g.color, 'benefits', g.benefits, 'rules', json(g.rules))
        order by case g.level when 'platinum' then 1 when 'gold' then 2 else 3 end)
      from program_tiers g where g.org_id = k.org_id and g.track_id = k.id))) order by k.position)
  from tracks k where k.org_id = ${orgId})`

/** True when a rule of the programme reads one of these metrics, as SQL. */
export const programReads = (orgId: string, metrics: readonly Metric[]): SQL =>
  sql`exists (select 1 from program_tiers g join json_each(g.rules) r
    where g.org_id = ${orgId} and r.value ->> 'metric' in (select value from json_each(${JSON.stringify(metrics)})))`

/** What nobody knows of a partner that is new. */
const LATER: readonly Metric[] = ['fit', 'health', 'revenue', 'revenueAttainment', 'pipeline']

/**
 * True when a tier asks for nothing that is unknown of a new partner, as SQL: only then its rules can hold before it has
 * been scored.
 */
export const mayHoldAtOnce = (orgId: string): SQL =>
  sql`exists (select 1 from program_tiers g where g.org_id = ${orgId} and not exists (select 1 from json_each(g.rules) r
    where r.value ->> 'metric' in (select value from json_each(${JSON.stringify(LATER)}))))`

const Evaluable = FactRow.extend({
  input_version: z.number(),
  track_id: z.string().nullable(),
  tracks: TracksText,
})
export type Evaluable = z.output<typeof Evaluable>

/** What the evaluator reads of a partner whose tier is automatic and open; null of any other, or unless `when` holds. */
export const evaluable = (orgId: string, id: string, when: SQL) =>
  row(
    Evaluable,
    sql`select p.input_version, p.track_id, ${factColumns()}, ${tracksJson(orgId)} as tracks
      from partners p where p.org_id = ${orgId} and p.id = ${id} and p.tier is null and p.tier_source = 'auto' and ${when}`,
  )
