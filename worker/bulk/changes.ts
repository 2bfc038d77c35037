import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Actor } from '#worker/db/audit.ts'
import { newId } from '#worker/db/ids.ts'
import { among, change, rows, type Statement } from '#worker/db/statement.ts'
import { ruledBy } from '#worker/partners/automatic.ts'
import { STATUS_OF_STAGE, type Stage } from '#worker/partners/terms.ts'
import type { Assignment } from './schema.ts'

// A change is kept as two JSON objects, the fields that differ as they were and as they became, by the names that an edit
// has for them. Editing applies the second to the partner, undoing the first: one statement does both.

export const FIELDS = ['managerId', 'stage', 'tags', 'tier'] as const
export type FieldName = (typeof FIELDS)[number]

/** A field of the assignment, as SQL over `partners`. */
interface Field {
  readonly name: FieldName
  readonly differs: SQL
  /** JSON text. */
  readonly before: SQL
  readonly after: SQL
}

/** The fields that an assignment sets. */
export function fieldsOf(orgId: string, set: Assignment, actor: Actor): Field[] {
  const { managerId, stage, addTags, removeTags, tier } = set
  const fields: Field[] = []
  if (managerId !== undefined)
    fields.push({
      name: 'managerId',
      differs: sql`partners.manager_id is not ${managerId}`,
      before: sql`json_object('id', partners.manager_id)`,
      after: sql`json_object('id', ${managerId})`,
    })
  if (stage !== undefined) fields.push(stageField(stage, actor.now))
  if (addTags !== undefined || removeTags !== undefined) {
    const tags = tagsAfter(addTags ?? [], removeTags ?? [])
    fields.push({
      name: 'tags',
      differs: sql`partners.tags <> ${tags}`,
      before: sql`partners.tags`,
      after: tags,
    })
  }
  if (tier !== undefined) fields.push(tierField(orgId, tier, actor))
  return fields
}

function stageField(stage: Stage, now: number): Field {
  return {
    name: 'stage',
    differs: sql`partners.stage <> ${stage}`,
    before: sql`json_object('stage', partners.stage, 'at', partners.stage_changed_at,
      'activatedAt', partners.activated_at)`,
    after: sql`json_object('stage', ${stage}, 'at', ${now}, 'activatedAt',
      ${STATUS_OF_STAGE[stage] === 'active' ? sql`coalesce(partners.activated_at, ${now})` : sql`partners.activated_at`})`,
  }
}

/** Those that stay in their order, then those that are new. */
export const tagsAfter = (added: readonly string[], removed: readonly string[]) =>
  sql`(select json_group_array(t.tag order by t.place) from (
    select o.value as tag, o.key as place from json_each(partners.tags) o where o.value not in ${among(removed)}
    union all
    select n.value, 1000 + n.key from json_each(${JSON.stringify([...new Set(added)])}) n
      where n.value not in (select value from json_each(partners.tags))) t)`

/** A level pins, as in an edit of one partner; who stands on that level already keeps the pin they have. */
function tierField(orgId: string, tier: string | null, { userId, now }: Actor): Field {
  const before = sql`json_object('tier', partners.tier, 'source', partners.tier_source,
    'programTierId', partners.program_tier_id, 'by', partners.tier_by, 'at', partners.tier_at,
    'reason', partners.tier_reason)`
  const rung = sql`(select g.id from program_tiers g where g.org_id = ${orgId} and g.track_id = partners.track_id
    and g.level = ${tier})`
  return tier === null
    ? {
        name: 'tier',
        differs: sql`partners.tier_source = 'manual'`,
        before,
        after: sql`json_object('tier', null, 'source', 'auto', 'programTierId', null, 'by', null, 'at', null,
          'reason', null)`,
      }
    : {
        name: 'tier',
        differs: sql`not (partners.tier_source = 'manual' and partners.tier is ${tier})`,
        before,
        after: sql`json_object('tier', ${tier}, 'source', 'manual', 'programTierId', ${rung}, 'by', ${userId},
          'at', ${now}, 'reason', null)`,
      }
}

/** One of the fields at least is other than it is to be. */
export const anyDiffers = (fields: readonly Field[]) =>
  sql`(${sql.join(
    fields.map(({ differs }) => differs),
    sql` or `,
  )})`

/** The JSON object of the fields that differ. */
const objectOf = (fields: readonly Field[], side: 'before' | 'after') => {
  const members = fields.map(
    (field) => sql`iif(${field.differs}, ${`,"${field.name}":`} || ${field[side]}, '')`,
  )
  return sql`'{' || ltrim(${sql.join(members, sql` || `)}, ',') || '}'`
}

/**
 * Notes what is about to change of these partners; who has all values already is left out. Where a call comes again after
 * somebody else's edit, the fields that differ now join those that were noted first.
 */
export const noteChanges = (
  orgId: string,
  bulkId: string,
  ids: readonly string[],
  fields: readonly Field[],
): Statement =>
  change(
    sql`insert into bulk_changes (org_id, bulk_id, partner_id, before, after)
      select ${orgId}, ${bulkId}, c.id, c.before, c.after from (
        select partners.id, ${objectOf(fields, 'before')} as before, ${objectOf(fields, 'after')} as after
        from partners where partners.org_id = ${orgId} and partners.id in ${among(ids)}) c
      where c.after <> '{}'
      on conflict (org_id, bulk_id, partner_id) do update set before = json_patch(before, excluded.before),
        after = json_patch(after, excluded.after)`,
  )

/** Columns by the field that they belong to, and where a change has their value. */
const COLUMNS: Record<FieldName, readonly (readonly [column: string, path: string])[]> = {
  managerId: [['manager_id', '$.managerId.id']],
  stage: [
    ['stage', '$.stage.stage'],
    ['stage_changed_at', '$.stage.at'],
    ['activated_at', '$.stage.activatedAt'],
  ],
  tags: [['tags', '$.tags']],
  tier: [
    ['tier', '$.tier.tier'],
    ['tier_source', '$.tier.source'],
    ['program_tier_id', '$.tier.programTierId'],
    ['tier_by', '$.tier.by'],
    ['tier_at', '$.tier.at'],
    ['tier_reason', '$.tier.reason'],
  ],
}

const Applied = z.object({ id: z.string(), scored: z.number() })
/** Those whose scores are due, of what `applyChanges` answered in a batch. */
export const scoredOf = (applied: unknown) =>
  z
    .array(Applied)
    .parse(applied)
    .flatMap(({ id, scored }) => (scored ? [id] : []))

interface Application {
  readonly bulkId: string
  readonly ids: readonly string[]
  readonly side: 'before' | 'after'
  /** All that may occur: a column that is named costs its indexes a write. */
  readonly fields: readonly FieldName[]
  /** Of the partner and its change `b`. */
  readonly where?: SQL
}

/**
 * Gives partners the values of their changes; answers the ids of those, each with whether scoring reads what changed.
 */
export function applyChanges(orgId: string, application: Application, now: number) {
  const { bulkId, ids, side, fields, where = sql`true` } = application
  const values = sql.raw(`b.${side}`)
  const columns = fields.flatMap((name) =>
    COLUMNS[name].map(
      ([column, path]) =>
        sql`${sql.raw(column)} = iif(json_type(${values}, ${`$.${name}`}) is null, partners.${sql.raw(column)},
          ${values} ->> ${path})`,
    ),
  )
  const scored = scoringReads(orgId, values)
  return rows(
    Applied,
    sql`update partners set ${sql.join([...columns, ...fallen(fields, values)], sql`, `)}, version = version + 1, updated_at = ${now},
        input_version = input_version + ${scored}, score_due_at = iif(${scored}, ${now}, score_due_at)
      from bulk_changes b
      where b.org_id = ${orgId} and b.bulk_id = ${bulkId} and b.partner_id in ${among(ids)}
        and partners.org_id = b.org_id and partners.id = b.partner_id and ${where}
      returning id, score_due_at is ${now} as scored`,
  )
}

/** Scoring reads stage and tier, and what a rule of the programme reads. */
const scoringReads = (orgId: string, values: SQL) => sql`(${values} -> '$.stage' is not null
  or ${values} -> '$.tier' is not null
  or (${values} -> '$.tags' is not null and ${ruledBy(orgId, ['tags'])})
  or (${values} -> '$.managerId' is not null and ${ruledBy(orgId, ['managerId'])}))`

/** A tier that somebody sets begins without a grace period. */
const fallen = (fields: readonly FieldName[], values: SQL) =>
  fields.includes('tier')
    ? [sql`tier_falls_at = iif(json_type(${values}, '$.tier') is null, partners.tier_falls_at, null)`]
    : []

/** An entry in the activity of each of these partners that a change of the edit is noted of. */
export const recordChanges = (
  orgId: string,
  bulkId: string,
  ids: readonly string[],
  actor: Actor,
): Statement => {
  const entries = JSON.stringify(ids.map((id) => [id, newId('act')]))
  const day = new Date(actor.now).toISOString().slice(0, 10)
  return change(
    sql`insert into activity (id, org_id, partner_id, kind, happened_on, text, fields, version, actor_id, actor_name,
        created_at)
      select r.value ->> 1, b.org_id, b.partner_id, 'edit', ${day}, '',
        (select json_group_array(f.key) from json_each(b.after) f), p.version, u.id, u.name, ${actor.now}
      from json_each(${entries}) r
      join bulk_changes b on b.org_id = ${orgId} and b.bulk_id = ${bulkId} and b.partner_id = r.value ->> 0
      join partners p on p.org_id = b.org_id and p.id = b.partner_id
      join users u on u.id = ${actor.userId}
      where p.updated_at = ${actor.now}`,
  )
}
