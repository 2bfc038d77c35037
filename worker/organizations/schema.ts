import * as z from 'zod'
import { PasswordReset } from '#worker/auth/schema.ts'
import { ROLES } from '#worker/auth/terms.ts'
import { Email, Name } from '#worker/http/schema.ts'

/** Body of `POST /api/organizations`: founds an organisation once the link that it mails is used. */
export const NewOrganization = z.strictObject({
  name: Name,
  owner: z.strictObject({ name: Name, email: Email }),
})
export type NewOrganization = z.output<typeof NewOrganization>

/** Body of `POST /api/members`: mails an invitation. */
export const NewMember = z.strictObject({ email: Email, role: z.enum(ROLES, 'Choose a role.') })
export type NewMember = z.output<typeof NewMember>

/** Body of `PATCH /api/members/{id}`. */
export const MemberChange = z.strictObject({ role: z.enum(ROLES, 'Choose a role.') })
export type MemberChange = z.output<typeof MemberChange>

export const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  /** `invited` until the mailed link is used. */
  state: z.enum(['invited', 'active']),
})
export type Member = z.infer<typeof Member>

/** Body of `POST /api/auth/link`. */
export const LinkToken = PasswordReset.pick({ token: true })
