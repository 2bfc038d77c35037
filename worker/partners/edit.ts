import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isForeignKeyViolation, isGuardRefusal, isUniqueViolation } from '#worker/db/errors.ts'
import { change, row, rows, type Statement, unless } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { Assignment, assignmentFor } from '#worker/program/evaluation.ts'
import { record } from './activity.ts'
import { assignTier, forgetPinned, ruledBy } from './automatic.ts'
import { nameKey } from './name-key.ts'
import { getPartner, partnerJson } from './queries.ts'
import { explainDomain, explainReferences } from './refusals.ts'
import { Partner, type PartnerChange } from './schema.ts'
import { searchTerms } from './search.ts'
import { partners } from './table.ts'
import { STATUS_OF_STAGE } from './terms.ts'
import { checkTier, leavesTier, tierChange } from './tier.ts'

/** Fields that scoring reads: a change of one makes a refresh due; one that rules read does when there is such a rule. */
const SCORED = new Set([
  'type',
  'subtype',
  'category',
  'industry',
  'stage',
  'tier',
  'programTierId',
  'trackId',
  'region',
  'regions',
  'languages',
  'domain',
  'jointValueProposition',
  'keyStakeholders',
  'rating',
  'pulse',
])

export interface Edited {
  /** The `Partner` as JSON text. */
  json: string
  /** True when a new score is due. */
  rescore: boolean
}

/**
 * Changes what the body holds and leaves the rest: absent is unchanged, null is cleared, lists are replaced. One round
 * trip, but for a change of name or domain, whose search terms need the other one of the two, and for a pin that goes where
 * the rules give a tier: it stands in the answer already.
 * @throws `not-found`; `stale` with the partner as it is and who changed what since; `duplicate-domain`; `invalid` at an
 * id that is not the organisation's.
 */
export async function editPartner(
  tenant: Tenant,
  id: string,
  input: PartnerChange,
  actor: Actor,
): Promise<Edited> {
  const { version, tierReason, ...given } = input
  const fields = Object.keys(given)
  const { orgId } = tenant
  const rescore = fields.some((field) => SCORED.has(field))
  const ruled = rescore ? null : ruledBy(orgId, fields)
  const unpins = leavesTier(given)
  const of = sql`p.org_id = ${orgId} and p.id = ${id}`
  try {
    const results = await tenant.batch([
      ...(ruled ? [row(Ruled, sql`select ${ruled} as ruled`)] : []),
      unless(sql`select 1 from partners p where ${of} and p.version = ${version}`),
      ...checkTier(orgId, id, given),
      ...checkLead(orgId, id, given),
      ...(unpins ? [forgetPinned(orgId, id)] : []),
      tenant.update(
        partners,
        { ...columns(orgId, input, actor), ...due(rescore || ruled, actor.now) },
        sql`id = ${id}`,
      ),
      ...(await reindexed(tenant, id, given)),
      record(orgId, id, actor, { kind: 'edit', text: '', fields, version: version + 1 }),
      audit(orgId, actor, { action: 'partner.edit', targetId: id, detail: { fields: fields.join(' ') } }),
      ...(unpins ? [assignmentFor(orgId, id, actor.now, sql`true`)] : []),
      partnerJson(orgId, id),
    ])
    const assignment = results.find((result) => result instanceof Assignment)
    const json = assignment ? await assignTier(tenant, id, assignment, actor.now) : results.at(-1)
    if (typeof json !== 'string') throw new AppError('not-found')
    return { json, rescore: rescore || (ruled !== null && Ruled.parse(results[0]).ruled === 1) }
  } catch (error) {
    if (isUniqueViolation(error, 'partners.org_id, partners.domain'))
      throw await explainDomain(tenant, given.domain ?? '')
    if (isGuardRefusal(error) || isForeignKeyViolation(error)) throw await explain(tenant, id, input)
    throw error
  }
}

/** The lead is a contact of this partner, which a foreign key alone would not say. */
const checkLead = (orgId: string, id: string, { partnerLeadId }: Pick<PartnerChange, 'partnerLeadId'>) =>
  partnerLeadId
    ? [
        unless(
          sql`select 1 from contacts c where c.org_id = ${orgId} and c.partner_id = ${id} and c.id = ${partnerLeadId}`,
        ),
      ]
    : []

const Ruled = z.object({ ruled: z.number() })

/** Makes the scores due: certainly, or when the SQL is true. */
function due(when: boolean | SQL | null, now: number) {
  if (when === true) return { inputVersion: sql`input_version + 1`, scoreDueAt: now }
  if (!when) return {}
  return { inputVersion: sql`input_version + ${when}`, scoreDueAt: sql`iif(${when}, ${now}, score_due_at)` }
}

/** The columns that the body sets, and those that follow from them. */
function columns(orgId: string, input: PartnerChange, actor: Actor) {
  const {
    version,
    tierReason,
    tier,
    trackId,
    programTierId,
    name,
    stage,
    pulse,
    tags,
    regions,
    languages,
    ...plain
  } = input
  return {
    ...plain,
    ...(name === undefined ? {} : { name, nameKey: nameKey(name) }),
    ...(tags === undefined ? {} : { tags: [...new Set(tags)] }),
    ...(regions === undefined ? {} : { regions: [...new Set(regions)] }),
    ...(languages === undefined ? {} : { languages: [...new Set(languages)] }),
    ...(pulse === undefined ? {} : { pulse, pulseAt: pulse === null ? null : actor.now }),
    ...(stage === undefined ? {} : staged(stage, actor.now)),
    ...tierChange(orgId, input, actor),
    version: sql`version + 1`,
    updatedAt: actor.now,
  }
}

const staged = (stage: NonNullable<PartnerChange['stage']>, now: number) => ({
  stage,
  stageChangedAt: sql`iif(stage = ${stage}, stage_changed_at, ${now})`,
  ...(STATUS_OF_STAGE[stage] === 'active' ? { activatedAt: sql`coalesce(activated_at, ${now})` } : {}),
})

const Named = z.object({ name: z.string(), domain: z.string() })

/** The search terms of a new name or domain. The version that the edit insists on keeps the other one of them current. */
async function reindexed(
  tenant: Tenant,
  id: string,
  { name, domain }: Pick<PartnerChange, 'name' | 'domain'>,
): Promise<Statement[]> {
  if (name === undefined && domain === undefined) return []
  const { orgId } = tenant
  const of: SQL = sql`p.org_id = ${orgId} and p.id = ${id}`
  const known = await tenant.run(row(Named, sql`select p.name, p.domain from partners p where ${of}`))
  if (!known) throw new AppError('not-found')
  const terms = searchTerms(orgId, name ?? known.name, domain ?? known.domain)
  return [
    change(sql`delete from partner_search where rowid = (select p.rowid from partners p where ${of})`),
    change(
      sql`insert into partner_search (rowid, terms) select p.rowid, ${terms} from partners p where ${of}`,
    ),
  ]
}

const Edit = z.object({
  fields: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  actor_id: z.string(),
  actor_name: z.string(),
  created_at: z.number().transform((ms) => new Date(ms).toISOString()),
})

/** Why an edit was refused: no such partner, edited by somebody else meanwhile, or a reference that is not there. */
async function explain(tenant: Tenant, id: string, input: PartnerChange) {
  const { orgId } = tenant
  const current: unknown = JSON.parse(await getPartner(tenant, id))
  const { type, version } = Current.parse(current)
  if (version === input.version) return explainReferences(tenant, { ...input, type: input.type ?? type }, id)
  const edits = await tenant.run(
    rows(
      Edit,
      sql`select fields, actor_id, actor_name, created_at from activity a
        where a.org_id = ${orgId} and a.partner_id = ${id} and a.kind = 'edit' and a.version > ${input.version}
        order by a.version`,
    ),
  )
  const latest = new Map(
    edits.flatMap(({ fields, actor_id, actor_name, created_at }) =>
      fields.map(
        (field) => [field, { field, by: { id: actor_id, name: actor_name }, at: created_at }] as const,
      ),
    ),
  )
  return new AppError('stale', { members: { current, changes: [...latest.values()] } })
}

const Current = Partner.pick({ type: true, version: true })
