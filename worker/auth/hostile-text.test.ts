import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import csvFormulas from '#worker/testing/corpora/csv_formula.txt?raw'
import notifications from '#worker/testing/corpora/notify_injection.txt?raw'
import unicode from '#worker/testing/corpora/unicode.txt?raw'
import vnodes from '#worker/testing/corpora/vnode_json.txt?raw'
import xss from '#worker/testing/corpora/xss.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  address,
  enlist,
  fresh,
  givePassword,
  type Organization,
  PASSWORD,
  type Person,
  plantOrganization,
  signIn,
} from '#worker/testing/people.ts'
import type { Me } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let person: Person

beforeAll(async () => {
  org = await plantOrganization(worker)
  person = await enlist(worker, org, 'viewer')
})
beforeEach(async () => {
  await env.DB.exec('delete from limits')
})

const HOSTILE = [unicode, xss, csvFormulas, notifications].flatMap(payloads)
const from = () => ({ 'CF-Connecting-IP': address() })

test('a name is kept exactly, but for blanks at both ends, or refused at its field', async () => {
  let kept = 0
  for (const name of HOSTILE) {
    const response = await worker.request('PATCH', '/api/me', { body: { name }, cookie: person.cookie })
    if (response.ok) {
      expect((await response.json<Me>()).user.name).toBe(name.trim())
      const members = await worker.request('GET', '/api/members', { cookie: person.cookie })
      expect(await members.json()).toMatchObject({
        items: expect.arrayContaining([expect.objectContaining({ email: person.email, name: name.trim() })]),
      })
      kept++
    } else {
      expect([name, response.status]).toEqual([name, 422])
      const { errors } = await response.json<Problem>()
      for (const { pointer } of errors ?? []) expect(pointer).toBe('/name')
    }
  }
  expect(kept).toBeGreaterThan(140)
})

test('a founder may be called anything that fits on a line', async () => {
  const founded = []
  for (const name of HOSTILE) {
    const response = await worker.request('POST', '/api/organizations', {
      body: { name: 'Northwind', owner: { name, email: `${fresh('f')}@vendor.example` } },
      headers: from(),
    })
    if (response.status === 202) founded.push(name.trim())
    else {
      expect([name, response.status]).toEqual([name, 422])
      const { errors } = await response.json<Problem>()
      for (const { pointer } of errors ?? []) expect(pointer).toBe('/owner/name')
    }
  }
  for (const name of founded)
    expect(await worker.count('mail_links', "payload ->> 'ownerName' = ?", name)).toBeGreaterThan(0)
  worker.queued.splice(0)
})

/** Every text of a body that nobody need sign in for, or that holds a password. */
const texts: [string, string, string, (value: unknown) => Record<string, unknown>][] = [
  [
    'the address of a sign-in',
    '/api/auth/sign-in/email',
    '/email',
    (email) => ({ email, password: PASSWORD }),
  ],
  [
    'the password of a sign-in',
    '/api/auth/sign-in/email',
    '/password',
    (password) => ({ email: 'a@b.co', password }),
  ],
  ['the address of a reset', '/api/auth/request-password-reset', '/email', (email) => ({ email })],
  [
    'the target of a reset',
    '/api/auth/request-password-reset',
    '/redirectTo',
    (redirectTo) => ({ email: 'a@b.co', redirectTo }),
  ],
  ['the token of a link', '/api/auth/link', '/token', (token) => ({ token })],
  [
    'the token of a new password',
    '/api/auth/reset-password',
    '/token',
    (token) => ({ token, newPassword: PASSWORD }),
  ],
  [
    'a new password',
    '/api/auth/reset-password',
    '/newPassword',
    (newPassword) => ({ token: 'x', newPassword }),
  ],
  [
    'the name of an organisation',
    '/api/organizations',
    '/name',
    (name) => ({ name, owner: { name: 'F', email: 'a@b.co' } }),
  ],
]

test.each(texts)(
  'whatever comes as %s is refused, and what is no text at its field',
  async (_, path, pointer, bodyWith) => {
    const before = await dump()
    for (const json of payloads(vnodes)) {
      const response = await worker.request('POST', path, {
        body: bodyWith(JSON.parse(json)),
        headers: from(),
      })
      expect([json, response.status]).toEqual([json, 422])
      const { errors } = await response.json<Problem>()
      expect(new Set(errors?.map((each) => each.pointer))).toEqual(new Set([pointer]))
    }
    expect(changedTables(before, await dump())).toEqual([])
  },
)

test('no text makes a sign-in or a link fail in any other way than a wrong one', async () => {
  const before = await dump()
  // Hashing what is tried costs a tenth of a second each, so passwords come from the few that are hardest.
  const passwords = HOSTILE.filter((text) => /['"\\\0]|\p{Cs}|\p{Cf}/u.test(text)).slice(0, 5)
  for (const password of passwords) {
    const response = await worker.request('POST', '/api/auth/sign-in/email', {
      body: { email: person.email, password },
      headers: from(),
    })
    expect([401, 422]).toContain(response.status)
  }
  for (const token of payloads(unicode))
    for (const path of ['/api/auth/link', '/api/auth/reset-password']) {
      const body = path.endsWith('link') ? { token } : { token, newPassword: PASSWORD }
      const response = await worker.request('POST', path, { body, headers: from() })
      expect([token, response.status]).toEqual([token, 422])
    }
  expect(changedTables(before, await dump())).toEqual(['limits'])
})

test.each([
  ['blanks at both ends', '  blanks around it  '],
  ['signs of every script', 'пароль 密码 🔐 كلمة'],
  ['an accent in two parts', 'cafe\u0301 au lait noir'],
  ['quotes and a line break', '\'"; drop table users;\n--'],
])('a password may have %s, and counts as it was typed', async (_, password) => {
  const { email, cookie } = await enlist(worker, org, 'viewer')
  await givePassword(email)
  const body = { currentPassword: PASSWORD, newPassword: password }
  expect((await worker.request('POST', '/api/account/password', { body, cookie })).status).toBe(204)
  expect(await signIn(worker, email, password)).toContain('entente=')
  expect(await signIn(worker, email, `${password} `)).not.toContain('entente=')
})
