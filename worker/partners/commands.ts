import { sql } from 'drizzle-orm'
import { ensureUser, userOf } from '#worker/auth/users.ts'
import { type Actor, audit } from '#worker/db/audit.ts'
import { isForeignKeyViolation, isGuardRefusal, isUniqueViolation } from '#worker/db/errors.ts'
import { newId } from '#worker/db/ids.ts'
import { change, type Statement } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { firstAnswer, type Idempotent, keepAnswer, renewAnswer } from '#worker/http/idempotency.ts'
import { Assignment, assignmentFor, mayHoldAtOnce } from '#worker/program/evaluation.ts'
import { assignTier } from './automatic.ts'
import { PARTNER_JSON } from './json.ts'
import { nameKey } from './name-key.ts'
import { partnerJson } from './queries.ts'
import { explainDomain, explainReferences } from './refusals.ts'
import type { NewPartner } from './schema.ts'
import { searchTerms } from './search.ts'
import { checkSubmission, linkSubmission, stageFrom } from './submission.ts'
import { contacts, partners } from './table.ts'
import { STATUS_OF_STAGE } from './terms.ts'
import { checkTier, leavesTier, newTier } from './tier.ts'

/** What `createPartner` answers. */
export interface Created {
  /** Null when an earlier request made the partner. */
  id: string | null
  /** A `Partner` as JSON text. */
  json: string
}

/**
 * Adds a partner, its primary contact, the contact's portal account and the scoring that is due: all of it or nothing, in
 * one round trip, and a second one when a tier's rules hold already. Unique indexes, not a read before the write, decide who came first.
 * @throws `duplicate-domain` with the partner that has it; `invalid` at a manager, track, programme tier or submission
 * that is not the organisation's, and at a submission that has its partner already; `idempotency-key` when the key came with another body.
 */
export async function createPartner(
  tenant: Tenant,
  input: NewPartner,
  actor: Actor,
  idempotent: Idempotent | null,
): Promise<Created> {
  const id = newId('prt')
  const { orgId } = tenant
  const answer = sql`(select ${PARTNER_JSON} from partners p where p.org_id = ${orgId} and p.id = ${id})`
  const automatic = leavesTier(input) || !(input.tier || input.programTierId)
  try {
    const results = await tenant.batch([
      ...creation(tenant, id, input, actor),
      ...(idempotent ? [keepAnswer(orgId, idempotent, answer, actor.now)] : []),
      ...(automatic ? [assignmentFor(orgId, id, actor.now, mayHoldAtOnce(orgId))] : []),
      partnerJson(orgId, id),
    ])
    const assignment = results.find((result) => result instanceof Assignment)
    const renewed = idempotent ? [renewAnswer(orgId, idempotent, answer)] : []
    const json = assignment ? await assignTier(tenant, id, assignment, actor.now, renewed) : results.at(-1)
    if (typeof json !== 'string') throw new Error('A partner that was just added cannot be read.')
    return { id, json }
  } catch (error) {
    const earlier = idempotent && (await firstAnswer(tenant, idempotent, error))
    if (earlier) return { id: null, json: earlier }
    if (isUniqueViolation(error, 'partners.org_id, partners.domain'))
      throw await explainDomain(tenant, input.domain)
    if (isForeignKeyViolation(error) || isGuardRefusal(error)) throw await explainReferences(tenant, input)
    throw error
  }
}

function creation(tenant: Tenant, id: string, input: NewPartner, actor: Actor): Statement[] {
  const { orgId } = tenant
  const { primaryContact: contact } = input
  const contactName = `${contact.firstName} ${contact.lastName}`
  return [
    ...checkTier(orgId, id, input),
    ...checkSubmission(orgId, input.submissionId),
    // The portal account: a user like any other, without a password until a mailed link has proved the address.
    ensureUser(contact.email, contactName, actor.now),
    tenant.insert(partners, newRow(orgId, id, input, actor)),
    indexed(orgId, id, input),
    tenant.insert(contacts, {
      ...contact,
      id: newId('con'),
      orgId,
      partnerId: id,
      userId: userOf(contact.email),
      isPrimary: true,
      version: 1,
      createdAt: actor.now,
      updatedAt: actor.now,
    }),
    ...linkSubmission(orgId, input.submissionId, id, actor),
    audit(orgId, actor, { action: 'partner.create', targetId: id }),
  ]
}

/** What the directory's search finds the partner by. */
const indexed = (orgId: string, id: string, { name, domain }: NewPartner) =>
  change(
    sql`insert into partner_search (rowid, terms) select p.rowid, ${searchTerms(orgId, name, domain)}
      from partners p where p.org_id = ${orgId} and p.id = ${id}`,
  )

function newRow(orgId: string, id: string, input: NewPartner, actor: Actor) {
  const { primaryContact, tier, trackId, programTierId, submissionId, stage, ...profile } = input
  return {
    ...profile,
    ...newTier(orgId, input, actor),
    id,
    orgId,
    nameKey: nameKey(profile.name),
    stage: stage ?? (submissionId ? stageFrom(orgId, submissionId) : 'prospect'),
    submissionId: submissionId ?? null,
    stageChangedAt: actor.now,
    activatedAt: stage && STATUS_OF_STAGE[stage] === 'active' ? actor.now : null,
    pulseAt: profile.pulse == null ? null : actor.now,
    regions: [...new Set(profile.regions)],
    languages: [...new Set(profile.languages)],
    tags: [...new Set(profile.tags)],
    keyStakeholders: profile.keyStakeholders ?? [],
    jointValueProposition: profile.jointValueProposition || null,
    version: 1,
    inputVersion: 1,
    scoredVersion: 0,
    scoreDueAt: actor.now,
    scoreLeaseUntil: 0,
    fitState: 'pending',
    healthState: 'pending',
    createdAt: actor.now,
    updatedAt: actor.now,
  } as const
}
