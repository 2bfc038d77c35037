import type { Member } from '#worker/organizations/schema.ts'
import type { Contact, Partner } from '#worker/partners/schema.ts'
import { TIER_LABELS } from '#worker/partners/terms.ts'
import type { Program } from '#worker/program/schema.ts'

/** A member who has not said their name is called by their address. */
export const memberName = ({ name, email }: Pick<Member, 'name' | 'email'>) => name || email

/** Members to choose from; oneself is told apart. */
export const memberOptions = (members: readonly Member[], ownId?: string | null) =>
  members.map((member) => ({
    value: member.id,
    label: `${memberName(member)}${member.id === ownId ? ' (you)' : ''}`,
  }))

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
    ...(members ?? []).map((member) => [member.id, memberName(member)] as const),
    ...contacts.map((contact) => [contact.id, contactName(contact)] as const),
    ...[...tracks, ...tiers].map(({ id, name }) => [id, name] as const),
  ])
  for (const person of [manager, partnerLead]) if (person) names.set(person.id, person.name)
  if (programTierId && programTierName) names.set(programTierId, programTierName)
  return (id) => names.get(id)
}
