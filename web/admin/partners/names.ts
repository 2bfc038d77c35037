import type { Member } from '#worker/organizations/schema.ts'
import type { Contact, Partner } from '#worker/partners/schema.ts'
import { TIER_LABELS } from '#worker/partners/terms.ts'
import type { Program } from '#worker/program/schema.ts'

export const contactName = ({ firstName, lastName }: Contact) => `${firstName} ${lastName}`

/** The names behind the ids that a partner's fields hold, from whatever of it has been read. */
export function namesOf(
  partner: Partner,
  program?: Program,
  members?: readonly Member[],
): (id: string) => string | undefined {
  const { manager, partnerLead, contacts, programTierId, programTierName } = partner
  const tracks = program?.tracks ?? []
  const tiers = tracks.flatMap(({ tiers: all }) => all)
  const names = new Map<string, string>([
    ...Object.entries(TIER_LABELS),
    ...(members ?? []).map(({ id, name, email }) => [id, name || email] as const),
    ...contacts.map((contact) => [contact.id, contactName(contact)] as const),
    ...[...tracks, ...tiers].map(({ id, name }) => [id, name] as const),
  ])
  for (const person of [manager, partnerLead]) if (person) names.set(person.id, person.name)
  if (programTierId && programTierName) names.set(programTierId, programTierName)
  return (id) => names.get(id)
}
