import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, type Statement } from '#worker/db/statement.ts'
import { PARTNER_TYPES, TIERS, type Tier } from '#worker/partners/terms.ts'
import { FactRow, factColumns, metricsIn } from './facts.ts'
import { Rule, type Standing, type Track } from './schema.ts'
import type { Metric } from './terms.ts'
import { evaluateAfresh } from './tiers.ts'

/** Texts were looked at when they were saved, perhaps by other rules than today's. */
export const StoredTrack = z.object({
  id: z.string(),
  name: z.string(),
  types: z.array(z.enum(PARTNER_TYPES)),
  graceDays: z.number(),
  tiers: z.array(
    z.object({
      id: z.string(),
      level: z.enum(TIERS),
      name: z.string(),
      color: z.string(),
      benefits: z.string(),
      rules: z.array(Rule),
    }),
  ),
})
const Stored: z.ZodType<Track[]> = z.array(StoredTrack)
/** Tracks as `tracksJson` selects them. */
export const TracksText = z.string().transform((text) => Stored.parse(JSON.parse(text)))

/** The tracks of an organisation as JSON text: in page order, the tiers of each highest first. */
export const tracksJson = (
  orgId: string | SQL,
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

/** A tier that the rules give, of the inputs as they were at one moment. */
export class Assignment {
  readonly inputVersion: number
  readonly tier: Tier
  readonly programTierId: string
  readonly standing: Standing

  constructor(inputVersion: number, tier: Tier, programTierId: string, standing: Standing) {
    this.inputVersion = inputVersion
    this.tier = tier
    this.programTierId = programTierId
    this.standing = standing
  }
}

function assignmentOf(found: z.output<typeof Evaluable>, now: number): Assignment | null {
  const { tier, programTierId, standing } = evaluateAfresh(
    metricsIn(found, now),
    found.tracks,
    found.track_id,
  )
  return tier && programTierId ? new Assignment(found.input_version, tier, programTierId, standing) : null
}

/** The tier for a partner that is automatic and has none; null when no rules hold, or unless `when` is true of it. */
export function assignmentFor(
  orgId: string,
  id: string,
  now: number,
  when: SQL,
): Statement<Assignment | null> {
  const statement = row(
    Evaluable,
    sql`select p.input_version, p.track_id, ${factColumns()}, ${tracksJson(orgId)} as tracks
      from partners p where p.org_id = ${orgId} and p.id = ${id} and p.tier is null and p.tier_source = 'auto' and ${when}`,
  )
  const read = (found: unknown[], changes: number) => {
    const partner = statement.read(found, changes)
    return partner && assignmentOf(partner, now)
  }
  return { ...statement, read }
}
