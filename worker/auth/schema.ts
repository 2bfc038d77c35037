import * as z from 'zod'
import { Email, Name } from '#worker/http/schema.ts'
import { PASSWORD_MAX, PASSWORD_MIN, ROLES, SIGN_IN_PAGES } from './terms.ts'

const Password = z
  .string('Enter a password.')
  .max(PASSWORD_MAX, `Use ${PASSWORD_MAX} characters at most.`)
  .refine((password) => password.isWellFormed(), 'Remove the characters that cannot be stored.')

/** A password that somebody chooses; the commonest ones are refused where it is set. */
export const NewPassword = Password.min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`)

/** Body of `POST /api/auth/sign-in/email`. */
export const SignIn = z.strictObject({ email: Email, password: Password.min(1, 'Enter your password.') })
export type SignIn = z.output<typeof SignIn>

/** Body of `POST /api/auth/request-password-reset`. */
export const ResetRequest = z.strictObject({
  email: Email,
  redirectTo: z.enum(SIGN_IN_PAGES, 'Choose a sign-in page of this site.').optional(),
})
export type ResetRequest = z.output<typeof ResetRequest>

/** Body of `POST /api/auth/reset-password`: the token of a mailed link, and the password to set. */
export const PasswordReset = z.strictObject({
  token: z
    .string('This link is not complete.')
    .min(1, 'This link is not complete.')
    .max(200, 'This link is not valid.'),
  newPassword: NewPassword,
})
export type PasswordReset = z.output<typeof PasswordReset>

/** Body of `POST /api/account/password`. */
export const PasswordChange = z.strictObject({
  currentPassword: Password.min(1, 'Enter your current password.'),
  newPassword: NewPassword,
})
export type PasswordChange = z.output<typeof PasswordChange>

/** Body of `PATCH /api/me`. */
export const AccountChange = z.strictObject({ name: Name })
export type AccountChange = z.output<typeof AccountChange>

/** Answer of `GET /api/me`. */
export const Me = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.string(), name: z.string() }).nullable(),
  role: z.enum(ROLES).nullable(),
  /** The member whose `managerId` is "me"; null for a contact. */
  memberId: z.string().nullable(),
  contactOf: z.array(
    z.object({
      partnerId: z.string(),
      partnerName: z.string(),
      organization: z.object({ id: z.string(), name: z.string() }),
    }),
  ),
})
export type Me = z.infer<typeof Me>

/** One of the user's own sessions. */
export const Session = z.object({
  id: z.string(),
  /** The session that asks. */
  current: z.boolean(),
  userAgent: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type Session = z.infer<typeof Session>
