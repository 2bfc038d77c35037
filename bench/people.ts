import type { Local } from '#local/server.ts'
import { Client, newCaller } from './http.ts'

export const PASSWORD = 'a password of the benchmark'
const MAIL_TRIES = 400
const MAIL_POLL_MS = 25

/** Somebody who is signed in, and the organisation that they own. */
export interface Owner {
  orgId: string
  email: string
  cookie: string
}

/** Founds an organisation as a visitor would: form, mail, link, password, sign-in. */
export async function found(local: Local, name: string, email: string): Promise<Owner> {
  const client = new Client(local.directUrl, 1, { Origin: local.url, 'CF-Connecting-IP': newCaller() })
  const post = (path: string, body: unknown) => client.expect({ method: 'POST', path, body })
  try {
    await post('/api/organizations', { name, owner: { name: 'Olga Owner', email } })
    const token = await mailedToken(local, email)
    await post('/api/auth/reset-password', { token, newPassword: PASSWORD })
    const { headers } = await post('/api/auth/sign-in/email', { email, password: PASSWORD })
    const cookie = (headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ')
    const me = await client.expect({ method: 'GET', path: '/api/me', headers: { Cookie: cookie } })
    return { orgId: JSON.parse(me.text).organization.id, email, cookie }
  } finally {
    client.close()
  }
}

async function mailedToken(local: Local, to: string): Promise<string> {
  for (let tries = 0; tries < MAIL_TRIES; tries++) {
    const [mail] = await local.mails(to)
    const token = /\/reset-password\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1]
    if (token) return token
    await new Promise((resolve) => setTimeout(resolve, MAIL_POLL_MS))
  }
  throw new Error(`No mail with a link came to ${to}.`)
}
