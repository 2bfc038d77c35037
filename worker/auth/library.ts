import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { betterAuth } from 'better-auth/minimal'
import { drizzle } from 'drizzle-orm/d1'
import { newId } from '#worker/db/ids.ts'
import type { Env } from '#worker/env.ts'
import { sessionCookieAttributes, sessionCookieName, tokenFor } from './principal.ts'
import { accounts, sessions, users, verifications } from './table.ts'

/** Days for which a sign-in holds. */
export const SESSION_DAYS = 30

const PREFIXES: Record<string, 'usr' | 'ses' | 'acc'> = { user: 'usr', session: 'ses', account: 'acc' }

/**
 * The credential library, with our tables, ids, cookie and token. It checks passwords, begins and ends sessions; who may
 * do what with one is ours (`principal.ts`). Only loaded by the routes that need it: it is half of the bundle.
 */
export const credentials = (
  env: Env,
  db: D1Database,
  membershipOf: (userId: string) => Promise<Membership>,
) =>
  betterAuth({
    appName: 'Entente',
    baseURL: env.APP_URL,
    basePath: '/api/auth',
    secret: env.AUTH_SECRET,
    trustedOrigins: [env.APP_URL, ...env.OTHER_ORIGINS.split(' ').filter(Boolean)],
    database: drizzleAdapter(drizzle(db), {
      provider: 'sqlite',
      schema: { user: users, session: sessions, account: accounts, verification: verifications },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: { expiresIn: SESSION_DAYS * 86_400 },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      useSecureCookies: false,
      cookies: {
        session_token: { name: sessionCookieName(env), attributes: sessionCookieAttributes(env) },
      },
      ipAddress: { disableIpTracking: true },
      database: { generateId: ({ model }) => newId(PREFIXES[model] ?? 'acc') },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const membership = await membershipOf(session.userId)
            return {
              data: { ...session, token: tokenFor({ userId: session.userId, ...membership }, session.token) },
            }
          },
        },
      },
    },
  })

/** The one organisation that a user is a member of, if any. */
export interface Membership {
  orgId: string | null
  memberId: string | null
}
