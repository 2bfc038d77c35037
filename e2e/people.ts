import type { Page } from 'playwright-core'
import { DEMO_PASSWORD } from '#local/demo/accounts.ts'
import type { Visitor } from './visitor.ts'

export const PASSWORD = 'a few words in a row'

/** A visitor who is signed in. */
export interface Person extends Visitor {
  name: string
  email: string
}

let serial = 0
/** A word that nobody else in this run uses. */
export const fresh = (stem: string) => `${stem}-${process.pid}-${++serial}`

/** Founds an organisation of the visitor's own, by the API, and signs in. */
export async function found(
  visitor: Visitor,
  organization = 'Corvane',
  name = 'Olga Owner',
): Promise<Person> {
  const email = `${fresh('owner')}@vendor.example`
  await visitor.api.post('/api/organizations', { name: organization, owner: { name, email } })
  return claim(visitor, name, email)
}

/** Invites the visitor into the owner's organisation, accepts, and signs in. */
export async function join(owner: Visitor, visitor: Visitor, role: string, name = `Vera ${role}`) {
  const email = `${fresh(role)}@vendor.example`
  await owner.api.post('/api/members', { email, role })
  const person = await claim(visitor, name, email)
  await visitor.api.patch('/api/me', { name })
  return person
}

/** Gives a contact of a partner their first password, and signs in. */
export async function openPortal(visitor: Visitor, email: string): Promise<Person> {
  await visitor.api.post('/api/auth/request-password-reset', { email, redirectTo: '/portal/login' })
  return claim(visitor, email, email)
}

export async function signInToDemo(visitor: Visitor, email: string): Promise<Person> {
  await visitor.api.post('/api/auth/sign-in/email', { email, password: DEMO_PASSWORD })
  return { ...visitor, name: email, email }
}

async function claim(visitor: Visitor, name: string, email: string): Promise<Person> {
  const token = new URL(await mailedLink(visitor, email)).searchParams.get('token')
  await visitor.api.post('/api/auth/reset-password', { token, newPassword: PASSWORD })
  return { ...visitor, name, email }
}

const MAIL_TIMEOUT_MS = 10_000
const MAIL_POLL_MS = 20

/** The link in the newest mail to this address, once so many have come. */
export async function mailedLink({ api }: Visitor, to: string, count = 1): Promise<string> {
  const query = new URLSearchParams({ to })
  for (let waited = 0; waited < MAIL_TIMEOUT_MS; waited += MAIL_POLL_MS) {
    const { items } = await api.get<{ items: { text: string }[] }>(`/dev/mail.json?${query}`)
    const link = /https?:\S+\/reset-password\?token=\S+/.exec(items[0]?.text ?? '')?.[0]
    if (link && items.length >= count) return link
    await new Promise((resolve) => setTimeout(resolve, MAIL_POLL_MS))
  }
  throw new Error(`Mail number ${count} with a link never came to ${to}.`)
}

/** A body of `POST /api/partners`. */
export function partner(changes: Record<string, unknown> = {}) {
  const domain = `${fresh('partner')}.example`
  return {
    name: 'Auroral Systems',
    domain,
    type: 'technology',
    region: 'nordics',
    primaryContact: { firstName: 'Ingrid', lastName: 'Solvang', email: `ingrid@${domain}` },
    ...changes,
  }
}

const AT_ONCE = 25

/** Adds partners by the API, many at once. */
export async function addPartners({ api }: Visitor, names: readonly string[], changes = {}) {
  for (let at = 0; at < names.length; at += AT_ONCE)
    await Promise.all(
      names.slice(at, at + AT_ONCE).map((name) => api.post('/api/partners', partner({ ...changes, name }))),
    )
}

/** `Partner 0001` and so on: names in the order of their numbers. */
export const partnerNames = (count: number) =>
  Array.from({ length: count }, (_, index) => partnerName(index + 1))
export const partnerName = (number: number) => `Partner ${String(number).padStart(4, '0')}`

/** Fills whatever the form for a new partner requires. */
export async function fillPartner(page: Page, name: string) {
  await page.getByLabel('Company name').fill(name)
  await page.getByLabel('Domain').fill(`${fresh('partner')}.example`)
  await page.getByLabel('Type').selectOption('Technology')
  await page.getByLabel('Region').selectOption('Nordics')
  await page.getByLabel('First name').fill('Naomi')
  await page.getByLabel('Last name').fill('Castellane')
  await page.getByLabel('E-mail').fill('naomi@castellane.example')
}
