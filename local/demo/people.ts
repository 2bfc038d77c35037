import type { Local } from '#local/server.ts'
import { DEMO_PASSWORD } from './accounts.ts'
import { type Client, clientAt } from './client.ts'

const MAIL_TIMEOUT_MS = 20_000
const MAIL_POLL_MS = 25

interface Person {
  name: string
  email: string
}

/** One caller address each (a block kept for documentation), so that limits treat them as the different people they are. */
let callers = 0
const newcomer = (local: Local) => clientAt(local.url, `192.0.2.${++callers}`)

/** Founds an organisation as a visitor would: form, mail, link, password. Answers its owner, signed in. */
export async function found(local: Local, organization: string, { name, email }: Person): Promise<Client> {
  const client = newcomer(local)
  await client.post('/api/organizations', { name: organization, owner: { name, email } })
  return claim(local, client, email)
}

/** Invites a colleague, who accepts and tells their name. */
export async function invite(local: Local, owner: Client, { role, name, email }: Person & { role: string }) {
  await owner.post('/api/members', { email, role })
  const colleague = await claim(local, newcomer(local), email)
  await colleague.patch('/api/me', { name })
}

/** Lets the contact of a partner set their first password. */
export async function openPortal(local: Local, email: string) {
  const client = newcomer(local)
  await client.post('/api/auth/request-password-reset', { email, redirectTo: '/portal/login' })
  await claim(local, client, email)
}

async function claim(local: Local, client: Client, email: string) {
  const token = await mailedToken(local, email)
  await client.post('/api/auth/reset-password', { token, newPassword: DEMO_PASSWORD })
  await client.post('/api/auth/sign-in/email', { email, password: DEMO_PASSWORD })
  return client
}

async function mailedToken(local: Local, to: string) {
  for (let waited = 0; waited < MAIL_TIMEOUT_MS; waited += MAIL_POLL_MS) {
    const [mail] = await local.mails(to)
    const token = /\/reset-password\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1]
    if (token) return token
    await new Promise((resolve) => setTimeout(resolve, MAIL_POLL_MS))
  }
  throw new Error(`No mail with a link came to ${to}.`)
}
