import type { Me } from '#worker/auth/schema.ts'
import { mayAct, ROLE_LABELS, ROLES, type Role } from '#worker/auth/terms.ts'
import type { Member } from '#worker/organizations/schema.ts'

/** Who looks at the members, and how many owners could act for each other. */
export interface Viewpoint {
  role: Role
  memberId: string | null
  owners: number
}

export const viewpointOf = (me: Me, members: readonly Member[]): Viewpoint => ({
  role: me.role ?? 'viewer',
  memberId: me.memberId,
  owners: members.filter(({ role, state }) => role === 'owner' && state === 'active').length,
})

/** Why nothing about members may be changed at all. */
export const refusalToManage = ({ role }: Viewpoint) =>
  mayAct(role, 'admin') ? undefined : `Your role is ${ROLE_LABELS[role]}; members are for admins and owners.`

/** Why this member may not be changed or removed. The server has the last word. */
export function refusalFor(view: Viewpoint, member: Member): string | undefined {
  const refusal = refusalToManage(view)
  if (refusal) return refusal
  if (member.role !== 'owner') return undefined
  if (view.role !== 'owner') return 'Only an owner changes or removes an owner.'
  if (member.state === 'active' && view.owners <= 1)
    return 'The last owner stays. Make somebody else an owner first.'
  return undefined
}

/** Roles to choose from; only an owner makes an owner. */
export const roleOptions = (view: Viewpoint) =>
  ROLES.map((role) => ({
    value: role,
    label: ROLE_LABELS[role],
    disabled: role === 'owner' && view.role !== 'owner',
  }))
