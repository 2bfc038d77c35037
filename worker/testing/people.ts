import { env } from 'cloudflare:workers'
import { hashPassword } from 'better-auth/crypto'
import { generateSignedCookie } from 'hono/cookie'
import { sessionCookieName, tokenFor as sessionToken } from '#worker/auth/principal.ts'
import type { Role } from '#worker/auth/terms.ts'
import { newId } from '#worker/db/ids.ts'
import { nameKey } from '#worker/partners/name-key.ts'
import { defaultProgram } from '#worker/program/defaults.ts'
import { defaultScoring } from '#worker/scoring/defaults.ts'
import type { TestWorker } from './harness.ts'

export const PASSWORD = 'correct horse battery'
let hashed: Promise<string> | undefined
let serial = 0

/** A name that no other test of the file has used. */
export const fresh = (stem: string) => `${stem}-${++serial}-${crypto.randomUUID().slice(0, 8)}`

export interface Person {
  email: string
  cookie: string
}
export interface Organization {
  id: string
  name: string
  owner: Person
}

/** Founds an organisation the way people do: sign up, open the mailed link, choose a password, sign in. */
export async function foundOrganization(worker: TestWorker): Promise<Organization> {
  const name = fresh('Org')
  const email = `${fresh('owner')}@vendor.example`
  await worker.request('POST', '/api/organizations', {
    body: { name, owner: { name: 'Olga Owner', email } },
    headers: { 'CF-Connecting-IP': address() },
  })
  await worker.drain()
  await worker.request('POST', '/api/auth/reset-password', {
    body: { token: tokenFor(worker, email), newPassword: PASSWORD },
    headers: { 'CF-Connecting-IP': address() },
  })
  const cookie = await signIn(worker, email)
  const me = await worker.request('GET', '/api/me', { cookie })
  const { organization } = await me.json<{ organization: { id: string } }>()
  return { id: organization.id, name, owner: { email, cookie } }
}

/** A member of the organisation with this role, signed in. */
export async function addMember(worker: TestWorker, organization: Organization, role: Role): Promise<Person> {
  const email = `${fresh(role)}@vendor.example`
  await worker.request('POST', '/api/members', { body: { email, role }, cookie: organization.owner.cookie })
  await worker.drain()
  await worker.request('POST', '/api/auth/reset-password', {
    body: { token: tokenFor(worker, email), newPassword: PASSWORD },
    headers: { 'CF-Connecting-IP': address() },
  })
  return { email, cookie: await signIn(worker, email) }
}

export async function signIn(worker: TestWorker, email: string, password = PASSWORD): Promise<string> {
  const response = await worker.request('POST', '/api/auth/sign-in/email', {
    body: { email, password },
    headers: { 'CF-Connecting-IP': address() },
  })
  return cookieOf(response)
}

/** An organisation like `foundOrganization`'s, put into D1 directly: for tests that are not about founding. */
export async function plantOrganization(worker: TestWorker): Promise<Organization> {
  const [id, name] = [newId('org'), fresh('Org')]
  const parts = [...defaultProgram(id, { id: 'usr_founder', name: 'Some founder' }, 0), defaultScoring(id)]
  await env.DB.batch([
    env.DB.prepare('insert into organizations (id, name, created_at) values (?, ?, 0)').bind(id, name),
    ...parts.map(({ sql, params }) => env.DB.prepare(sql).bind(...params)),
  ])
  const organization = { id, name, owner: { email: '', cookie: '' } }
  return { ...organization, owner: await enlist(worker, organization, 'owner') }
}

/** A member like `addMember`'s, put into D1 directly: for tests that are not about joining or signing in. */
export async function enlist(worker: TestWorker, organization: Organization, role: Role): Promise<Person> {
  const email = `${fresh(role)}@vendor.example`
  const id = newId('usr')
  await env.DB.batch([
    env.DB.prepare(
      'insert into users (id, name, email, email_verified, created_at, updated_at) values (?, ?, ?, 1, 0, 0)',
    ).bind(id, `Some ${role}`, email),
    env.DB.prepare(
      `insert into members (id, org_id, user_id, email, name, role, created_at, accepted_at)
        values (?, ?, ?, ?, ?, ?, 0, 0)`,
    ).bind(newId('mbr'), organization.id, id, email, `Some ${role}`, role),
  ])
  return { email, cookie: await openSession(worker, email) }
}

export const memberIdOf = async ({ email }: Pick<Person, 'email'>) =>
  String(await env.DB.prepare('select id from members where email = ?').bind(email).first('id'))

/** Begins a session without a password; the cookie is signed as a real one is. */
export async function openSession(worker: TestWorker, email: string, until = Date.now() + 3_600_000) {
  const found = await env.DB.prepare(
    `select u.id as userId, m.org_id as orgId, m.id as memberId
      from users u left join members m on m.user_id = u.id where u.email = ?`,
  )
    .bind(email)
    .first<{ userId: string; orgId: string | null; memberId: string | null }>()
  if (!found) throw new Error(`Nobody has the address ${email}.`)
  const token = sessionToken(found, crypto.randomUUID())
  await env.DB.prepare(
    'insert into sessions (id, user_id, token, expires_at, created_at, updated_at) values (?, ?, ?, ?, ?, 0)',
  )
    .bind(newId('ses'), found.userId, token, until, Date.now())
    .run()
  return signedCookie(worker, token)
}

/** A session cookie as the Worker signs it. */
export async function signedCookie(worker: TestWorker, token: string, secret = worker.env.AUTH_SECRET) {
  const attributes = { path: '/', secure: worker.env.APP_URL.startsWith('https:') }
  const cookie = await generateSignedCookie(sessionCookieName(worker.env), token, secret, attributes)
  return cookie.split(';')[0] ?? ''
}

export const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')

/** The token of the newest link mailed to this address. */
export function tokenFor(worker: TestWorker, email: string): string {
  const mail = worker.mails.findLast(({ to }) => to === email)
  const token = /token=([\w-]+)/.exec(mail?.text ?? '')?.[1]
  if (!token) throw new Error(`No link was mailed to ${email}.`)
  return token
}

/** Gives a user that exists a password without the detour of a mail. */
export async function givePassword(email: string) {
  hashed ??= hashPassword(PASSWORD)
  await env.DB.prepare(
    `insert into accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
      select 'acc_' || id, id, id, 'credential', ?, 0, 0 from users where email = ?`,
  )
    .bind(await hashed, email)
    .run()
}

/** An address of its own per call, so that limits of one test never reach another. */
export const address = () => `2001:db8:${hex()}:${hex()}::1`
const hex = () => Math.floor(Math.random() * 65_536).toString(16)

/** A body that `POST /api/partners` accepts. */
export function acme(changes: Record<string, unknown> = {}) {
  return {
    name: 'Acme',
    domain: `${fresh('acme')}.example`,
    type: 'technology',
    region: 'dach',
    primaryContact: { firstName: 'Ada', lastName: 'Lovelace', email: `${fresh('ada')}@acme.example` },
    ...changes,
  }
}

export interface PlantedPartner {
  name: string
  id?: string
  managerId?: string
  programTierId?: string
}

/** Partners without contacts, put into D1 directly; answers their ids. */
export async function plantPartners({ id: orgId }: Organization, partners: readonly PlantedPartner[]) {
  const rows = partners.map((each) => ({
    id: newId('prt'),
    ...each,
    key: nameKey(each.name),
    domain: `${fresh('planted')}.example`,
  }))
  await env.DB.prepare(
    `insert into partners (id, org_id, name, name_key, domain, type, stage, stage_changed_at, tier_source, region,
        regions, languages, tags, key_stakeholders, manager_id, program_tier_id, score_due_at, created_at, updated_at)
      select value ->> 'id', ?1, value ->> 'name', value ->> 'key', value ->> 'domain', 'technology', 'prospect', 0,
        'auto', 'dach', '[]', '[]', '[]', '[]', value ->> 'managerId', value ->> 'programTierId', 0, 0, 0
      from json_each(?2)`,
  )
    .bind(orgId, JSON.stringify(rows))
    .run()
  return rows.map(({ id }) => id)
}
