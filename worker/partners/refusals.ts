import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError, type FieldError } from '#worker/http/errors.ts'
import type { NewPartner, PartnerChange } from './schema.ts'
import { freeSubmission } from './submission.ts'

const Existing = z.object({ id: z.string(), name: z.string() })

/** Why a domain was refused: the partner that has it. */
export async function explainDomain(tenant: Tenant, domain: string) {
  const existing = await tenant.run(
    row(
      Existing,
      sql`select id, name from partners where partners.org_id = ${tenant.orgId} and domain = ${domain}`,
    ),
  )
  return new AppError('duplicate-domain', {
    detail: existing ? `${existing.name} has this domain.` : 'Another partner has this domain.',
    errors: [{ pointer: '/domain', detail: 'This domain is in your directory already.' }],
    ...(existing ? { members: { existing } } : {}),
  })
}

const Checks = z.object({
  manager: z.number(),
  track: z.number(),
  trackFits: z.number(),
  programTier: z.number(),
  programTierFits: z.number(),
  level: z.string().nullable(),
  lead: z.number(),
  submission: z.number(),
})

type References = Pick<
  NewPartner,
  'managerId' | 'trackId' | 'programTierId' | 'type' | 'tier' | 'submissionId'
> &
  Pick<PartnerChange, 'partnerLeadId'>

/** Which of the ids that a partner refers to is not the organisation's, or does not go with the rest. */
export async function explainReferences(tenant: Tenant, given: References, partnerId: string | null = null) {
  const { orgId } = tenant
  const found = await tenant.run(
    row(
      Checks,
      sql`select
        exists (select 1 from members m where m.org_id = ${orgId} and m.id = ${given.managerId ?? null}) as manager,
        exists (select 1 from tracks t where t.org_id = ${orgId} and t.id = ${given.trackId ?? null}) as track,
        exists (select 1 from tracks t where t.org_id = ${orgId} and t.id = ${given.trackId ?? null}
          and ${given.type} in (select value from json_each(t.types))) as trackFits,
        exists (select 1 from program_tiers t where t.org_id = ${orgId} and t.id = ${given.programTierId ?? null})
          as programTier,
        exists (select 1 from program_tiers t join tracks k on k.org_id = t.org_id and k.id = t.track_id
          where t.org_id = ${orgId} and t.id = ${given.programTierId ?? null}
          and ${given.type} in (select value from json_each(k.types))) as programTierFits,
        (select level from program_tiers t where t.org_id = ${orgId} and t.id = ${given.programTierId ?? null}) as level,
        exists (select 1 from contacts c where c.org_id = ${orgId} and c.partner_id = ${partnerId}
          and c.id = ${given.partnerLeadId ?? null}) as lead,
        exists (${freeSubmission(orgId, given.submissionId ?? null)}) as submission`,
    ),
  )
  const errors: FieldError[] = []
  if (given.managerId && !found?.manager)
    errors.push({ pointer: '/managerId', detail: 'There is no such member.' })
  if (given.trackId && !found?.track) errors.push({ pointer: '/trackId', detail: 'There is no such track.' })
  else if (given.trackId && !found?.trackFits)
    errors.push({ pointer: '/trackId', detail: 'This track is not for partners of this type.' })
  if (given.programTierId && !found?.programTier)
    errors.push({ pointer: '/programTierId', detail: 'There is no such programme tier.' })
  else if (given.programTierId && !found?.programTierFits)
    errors.push({
      pointer: '/programTierId',
      detail: 'This programme tier is not for partners of this type.',
    })
  else if (given.programTierId && given.tier && found?.level !== given.tier)
    errors.push({ pointer: '/tier', detail: 'The programme tier is of another level.' })
  if (given.partnerLeadId && !found?.lead)
    errors.push({ pointer: '/partnerLeadId', detail: 'This partner has no such contact.' })
  if (given.submissionId && !found?.submission)
    errors.push({
      pointer: '/submissionId',
      detail: 'There is no such application, or it has its partner already.',
    })
  return new AppError('invalid', { errors })
}
