import { env } from 'cloudflare:workers'
import { hashPassword } from 'better-auth/crypto'
import type { Role } from '#worker/auth/terms.ts'
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
