import { beforeAll, expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import {
  acme,
  address,
  enlist,
  fresh,
  givePassword,
  type Organization,
  PASSWORD,
  plantOrganization,
  signIn,
  tokenFor,
} from '#worker/testing/people.ts'
import type { Partner } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let other: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
  other = await plantOrganization(worker)
})

/** A partner of `by` with this primary contact; answers how the contact reads now. */
async function note(email: string, by: Organization) {
  const response = await worker.request('POST', '/api/partners', {
    body: acme({ primaryContact: { firstName: 'Cora', lastName: 'Contact', email } }),
    cookie: by.owner.cookie,
  })
  const { id } = await response.json<Partner>()
  return async () => {
    const read = await worker.request('GET', `/api/partners/${id}`, { cookie: by.owner.cookie })
    const { contacts } = await read.json<Partner>()
    return contacts[0]
  }
}
async function setPassword(email: string, redirectTo?: string) {
  await worker.request('POST', '/api/auth/request-password-reset', {
    body: { email, redirectTo },
    headers: { 'CF-Connecting-IP': address() },
  })
  await worker.drain()
  const response = await worker.request('POST', '/api/auth/reset-password', {
    body: { token: tokenFor(worker, email), newPassword: PASSWORD },
    headers: { 'CF-Connecting-IP': address() },
  })
  expect(response.status).toBe(200)
}
const UNSEEN = { account: 'unclaimed', lastSeenAt: null }

test('a contact claims their account with the portal, for every organisation that noted them', async () => {
  const email = `${fresh('cora')}@partner.example`
  const [ours, theirs] = [await note(email, org), await note(email, other)]
  expect([await ours(), await theirs()]).toMatchObject([UNSEEN, UNSEEN])
  await setPassword(email, '/portal/login')
  const SEEN = { account: 'claimed', lastSeenAt: expect.stringMatching(/Z$/) }
  expect([await ours(), await theirs()]).toMatchObject([SEEN, SEEN])
})

test('a contact who is in already when they are noted claims the account when they next sign in', async () => {
  const email = `${fresh('cora')}@partner.example`
  await note(email, other)
  await setPassword(email, '/portal/login')
  const ours = await note(email, org)
  expect(await ours()).toMatchObject(UNSEEN)
  await signIn(worker, email)
  expect(await ours()).toMatchObject({ account: 'claimed' })
})

test('noting an address as a contact tells nothing of the account that it has somewhere else', async () => {
  const member = await enlist(worker, other, 'admin')
  await givePassword(member.email)
  const before = await note(member.email, org)
  const stranger = await note(`${fresh('stranger')}@partner.example`, org)
  const shape = async (read: typeof before) => {
    const { id, email, ...rest } = (await read()) ?? {}
    return { ...rest, id: typeof id, email: typeof email }
  }
  expect(await shape(before)).toEqual(await shape(stranger))
  await signIn(worker, member.email)
  await setPassword(member.email)
  expect(await shape(before)).toEqual(await shape(stranger))
})
