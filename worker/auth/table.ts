import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ROLES } from './terms.ts'

const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })

/** One e-mail address is one user. These first tables have the shape that better-auth asks for. */
export const users = sqliteTable('users', {
  id: text('id').primaryKey(), // usr_…
  name: text('name').notNull(),
  /** Lower-cased and unique. */
  email: text('email').notNull(),
  /** True once a link mailed to the address was used. */
  emailVerified: integer('email_verified', { mode: 'boolean' }).notNull(),
  image: text('image'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

export const sessions = sqliteTable('sessions', {
  id: text('id').primaryKey(), // ses_…
  userId: text('user_id').notNull(),
  /** Worth nothing by itself: the cookie carries it with our signature. */
  token: text('token').notNull(),
  expiresAt: instant('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

export const accounts = sqliteTable('accounts', {
  id: text('id').primaryKey(), // acc_…
  userId: text('user_id').notNull(),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: instant('access_token_expires_at'),
  refreshTokenExpiresAt: instant('refresh_token_expires_at'),
  scope: text('scope'),
  /** A scrypt hash with its salt. */
  password: text('password'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

export const mailLinks = sqliteTable('mail_links', {
  id: text('id').primaryKey(), // lnk_…
  deliveryId: text('delivery_id').notNull(),
  purpose: text('purpose', { enum: ['reset', 'invitation', 'founding'] }).notNull(),
  orgId: text('org_id'),
  email: text('email').notNull(),
  /** What the link needs to know when it is used; JSON. */
  payload: text('payload').notNull(),
  /** SHA-256 of the token, in hexadecimal. */
  tokenHash: text('token_hash').notNull(),
  createdAt: integer('created_at').notNull(), // Unix ms
  expiresAt: integer('expires_at').notNull(), // Unix ms
  usedAt: integer('used_at'), // Unix ms
})

export const members = sqliteTable('members', {
  id: text('id').notNull(), // mbr_…
  orgId: text('org_id').notNull(),
  /** Null until the invitation is accepted. */
  userId: text('user_id'),
  /** The organisation's own note; changing it never changes the user. */
  email: text('email').notNull(),
  name: text('name').notNull(),
  role: text('role', { enum: ROLES }).notNull(),
  createdAt: integer('created_at').notNull(), // Unix ms
  acceptedAt: integer('accepted_at'), // Unix ms
  /** The view that the member's directory opens with: an id, or the name of one that is built in. */
  defaultViewId: text('default_view_id'),
})
