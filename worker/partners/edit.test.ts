import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { costOf } from '#worker/testing/directory.ts'
import { failing } from '#worker/testing/faults.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, foundOrganization, type Organization } from '#worker/testing/people.ts'
import type { Activity, Contact, Partner, PartnerPage } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let partner: Partner

beforeAll(async () => {
  org = await foundOrganization(worker)
})

beforeEach(async () => {
  partner = await (await call('POST', '', acme())).json<Partner>()
  await worker.drain()
})

const call = (method: string, path: string, body?: unknown) =>
  worker.request(method, `/api/partners${path}`, {
    cookie: org.owner.cookie,
    ...(body === undefined ? {} : { body }),
  })
const edit = (change: object, version = partner.version) =>
  call('PATCH', `/${partner.id}`, { ...change, version })
const current = async () => (await call('GET', `/${partner.id}`)).json<Partner>()

test('an edit changes what it names, clears what is null and leaves the rest', async () => {
  await edit({ industry: 'healthcare', tags: ['one', 'two', 'one'] })
  const answer = await edit({ industry: null, name: 'Renamed' }, 2)
  expect(await answer.json()).toMatchObject({
    name: 'Renamed',
    industry: null,
    tags: ['one', 'two'],
    domain: partner.domain,
    version: 3,
  })
})

test('an edit of what scoring reads makes a new score due; any other does not', async () => {
  await edit({ rating: 5 })
  expect(worker.queued).toMatchObject([{ kind: 'score-partners', partnerIds: [partner.id] }])
  await worker.drain()
  await edit({ tags: ['x'], certifications: 3 }, 2)
  expect(worker.queued).toEqual([])
  expect(await worker.count('partners', 'id = ? and score_due_at <= ?', partner.id, Date.now())).toBe(0)
})

test('the second of two who edit is told who changed what, and nothing is overwritten', async () => {
  await edit({ industry: 'healthcare' })
  await edit({ region: 'nordics' }, 2)
  const answer = await edit({ industry: 'insurance' })
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({
    type: '/problems/stale',
    current: { id: partner.id, industry: 'healthcare', region: 'nordics', version: 3 },
    changes: [
      { field: 'industry', by: { name: 'Olga Owner' } },
      { field: 'region', by: { name: 'Olga Owner' } },
    ],
  })
  expect((await current()).industry).toBe('healthcare')
})

test('of twenty edits at once of one version, one is kept', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => edit({ certifications: at })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect((await current()).version).toBe(2)
})

test('a renamed partner is found by its new name and domain, and no longer by the old', async () => {
  const total = async (search: string) =>
    (await (await call('GET', `?search=${search}`)).json<PartnerPage>()).total
  const domain = `moved-${partner.id.slice(-6)}.example`
  await edit({ name: 'Quixotic Zephyr', domain })
  expect([await total('quixotic'), await total(domain), await total(partner.domain)]).toEqual([1, 1, 0])
})

test('a domain that another partner has is refused with that partner', async () => {
  const other = await (await call('POST', '', acme())).json<Partner>()
  const answer = await edit({ domain: other.domain })
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({ existing: { id: other.id }, errors: [{ pointer: '/domain' }] })
})

test('a chosen level pins the tier with who and why; clearing it returns the partner to the evaluator', async () => {
  const pinned = await (await edit({ tier: 'gold', tierReason: 'Won the award' })).json<Partner>()
  expect(pinned).toMatchObject({
    tier: 'gold',
    tierSource: 'manual',
    tierDetail: { by: { name: 'Olga Owner' }, reason: 'Won the award' },
  })
  await worker.drain()
  expect((await current()).tier).toBe('gold')
  const cleared = await (await edit({ tier: null }, 2)).json<Partner>()
  expect(cleared).toMatchObject({
    tier: null,
    tierSource: 'auto',
    tierDetail: { by: null, at: null, reason: null },
  })
})

test('a programme tier pins its level and track; another type lets go of a track that is not for it', async () => {
  const program = await (await worker.request('GET', '/api/program', { cookie: org.owner.cookie })).json<{
    tracks: { id: string; types: string[]; tiers: { id: string; level: string; name: string }[] }[]
  }>()
  const track = program.tracks.find(({ types }) => types.includes('technology'))
  const tier = track?.tiers[0]
  const pinned = await (await edit({ programTierId: tier?.id })).json<Partner>()
  expect(pinned).toMatchObject({ tier: tier?.level, programTierName: tier?.name, trackId: track?.id })
  expect((await edit({ programTierId: tier?.id, type: 'referral' }, 2)).status).toBe(422)
  const moved = await (await edit({ type: 'referral' }, 2)).json<Partner>()
  expect(moved).toMatchObject({ tier: tier?.level, tierSource: 'manual', trackId: null, programTierId: null })
})

test('a stage keeps the time at which it began, and the first activation', async () => {
  await edit({ stage: 'active' })
  await edit({ stage: 'active', certifications: 1 }, 2)
  expect(await worker.count('partners', 'id = ? and activated_at = stage_changed_at', partner.id)).toBe(1)
})

test('what people log and what the system records stand in one list, newest first', async () => {
  await edit({ region: 'anz' })
  const logged = await call('POST', `/${partner.id}/activity`, {
    kind: 'meeting',
    on: '2026-03-31',
    text: 'We met.',
  })
  expect(logged.status).toBe(201)
  const { items, total } = await (await call('GET', `/${partner.id}/activity`)).json<{
    items: Activity[]
    total: number
  }>()
  expect(total).toBe(2)
  expect(items).toMatchObject([
    { kind: 'meeting', on: '2026-03-31', text: 'We met.', by: { name: 'Olga Owner' } },
    { kind: 'edit', fields: ['region'] },
  ])
})

test('contacts are added, changed, made primary and removed; the primary one stays', async () => {
  const grace = { firstName: 'Grace', lastName: 'Hopper', email: `grace.${partner.id}@acme.example` }
  const added = await (await call('POST', `/${partner.id}/contacts`, grace)).json<Contact>()
  expect(added).toMatchObject({ primary: false, account: 'unclaimed', version: 1 })
  expect((await call('POST', `/${partner.id}/contacts`, grace)).status).toBe(422)
  const [first] = partner.contacts
  expect((await call('DELETE', `/${partner.id}/contacts/${first?.id}`)).status).toBe(409)
  const change = { primary: true, title: 'Admiral', version: 1 }
  const moved = await (await call('PATCH', `/${partner.id}/contacts/${added.id}`, change)).json<Contact>()
  expect(moved).toMatchObject({ primary: true, title: 'Admiral', version: 2 })
  expect((await call('PATCH', `/${partner.id}/contacts/${added.id}`, change)).status).toBe(409)
  await worker.request('POST', '/api/auth/request-password-reset', { body: { email: first?.email } })
  expect(await worker.count('mail_links', 'email = ?', first?.email)).toBe(1)
  expect((await call('DELETE', `/${partner.id}/contacts/${first?.id}`)).status).toBe(204)
  for (const [table, column] of [
    ['users', 'email'],
    ['mail_links', 'email'],
    ['deliveries', 'recipient'],
  ])
    expect([table, await worker.count(String(table), `${column} = ?`, first?.email)]).toEqual([table, 0])
  expect((await current()).contacts).toMatchObject([{ id: added.id, primary: true }])
})

test('a partner has 100 contacts at most', async () => {
  await env.DB.prepare(
    `insert into contacts (id, org_id, partner_id, first_name, last_name, email, is_primary, created_at, updated_at)
      select printf('con_%026d', r.value), c.org_id, c.partner_id, 'A', 'B', r.value || '@many.example', 0, 0, 0
      from contacts c, json_each(?) r where c.partner_id = ?`,
  )
    .bind(JSON.stringify(Array.from({ length: 98 }, (_, at) => at)), partner.id)
    .run()
  const add = (name: string) =>
    call('POST', `/${partner.id}/contacts`, { firstName: name, lastName: 'X', email: `${name}@many.example` })
  expect((await add('last')).status).toBe(201)
  const refused = await add('surplus')
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({ errors: [{ pointer: '/email' }] })
  expect((await current()).contacts).toHaveLength(100)
  expect(await worker.count('users', "email = 'surplus@many.example'")).toBe(0)
})

test('adding or changing a contact costs one round trip', async () => {
  const path = `/${partner.id}/contacts`
  const grace = { firstName: 'Grace', lastName: 'Hopper', email: `grace.${partner.id}@acme.example` }
  const added = await costOf(async () => (await call('POST', path, grace)).json<Contact>())
  const change = { lastName: 'Murray', email: `murray.${partner.id}@acme.example`, primary: true, version: 1 }
  const changed = await costOf(async () =>
    (await call('PATCH', `${path}/${added.result.id}`, change)).json<Contact>(),
  )
  expect(changed.result).toMatchObject({ firstName: 'Grace', lastName: 'Murray', primary: true, version: 2 })
  expect([added.trips, changed.trips]).toEqual([1, 1])
  expect(await worker.count('users', "email = ? and name = 'Grace Murray'", change.email)).toBe(1)
})

test('another address of a contact links another user and leaves the old one alone', async () => {
  const [first] = partner.contacts
  const email = `moved.${partner.id}@acme.example`
  const answer = await call('PATCH', `/${partner.id}/contacts/${first?.id}`, { email, version: 1 })
  expect(await answer.json()).toMatchObject({ email, account: 'unclaimed' })
  expect(
    await worker.count(
      'contacts c join users u on u.id = c.user_id',
      'c.id = ? and u.email = ?',
      first?.id,
      email,
    ),
  ).toBe(1)
})

test('nothing is left of a deleted partner but its id in the audit log', async () => {
  const headers = { 'Idempotency-Key': `key-${partner.id}` }
  const made = await worker.request('POST', '/api/partners', {
    body: acme({ name: 'Vanishing Inc', tags: ['gone'] }),
    cookie: org.owner.cookie,
    headers,
  })
  const { id, contacts } = await made.json<Partner>()
  await worker.drain()
  await call('POST', `/${id}/activity`, { kind: 'note', on: '2026-03-31', text: 'Vanishing soon' })
  expect((await call('DELETE', `/${id}`)).status).toBe(204)
  for (const [table, column] of [
    ['partners', 'id'],
    ['contacts', 'partner_id'],
    ['partner_tags', 'partner_id'],
    ['scores', 'partner_id'],
    ['score_history', 'partner_id'],
    ['activity', 'partner_id'],
  ])
    expect([table, await worker.count(String(table), `${column} = ?`, id)]).toEqual([table, 0])
  expect(await worker.count('idempotency_keys', "answer like '%Vanishing%'")).toBe(0)
  expect(await worker.count('users', 'email = ?', contacts[0]?.email)).toBe(0)
  expect(await worker.count('audit_log', "target_id = ? and action = 'partner.delete'", id)).toBe(1)
  expect((await call('DELETE', `/${id}`)).status).toBe(404)
  const search = await (await call('GET', '?search=vanishing')).json<PartnerPage>()
  expect(search.total).toBe(0)
})

test('only a contact of the partner can be its lead', async () => {
  const [own] = partner.contacts
  const other = await (await call('POST', '', acme())).json<Partner>()
  for (const partnerLeadId of [other.contacts[0]?.id, 'con_00000000000000000000000000']) {
    const answer = await edit({ partnerLeadId })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/partnerLeadId' }] })
  }
  expect((await edit({ partnerLeadId: own?.id })).status).toBe(200)
  expect(await current()).toMatchObject({ partnerLead: { id: own?.id }, version: 2 })
})

test('whoever edits a contact a moment after somebody else is told so, and nothing is overwritten', async () => {
  const id = partner.contacts[0]?.id ?? ''
  const between = new TestWorker()
  // The request is on its way to D1; then the other one is quicker.
  between.env.DB = failing(env.DB, async (n) => {
    if (n === 1)
      await env.DB.prepare("update contacts set title = 'Theirs', version = 2 where id = ?").bind(id).run()
    return null
  })
  const answer = await between.request('PATCH', `/api/partners/${partner.id}/contacts/${id}`, {
    cookie: org.owner.cookie,
    body: { title: 'Mine', version: 1 },
  })
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({
    type: '/problems/stale',
    current: { title: 'Theirs', version: 2 },
  })
})

test('an activity says what happened', async () => {
  const answer = await call('POST', `/${partner.id}/activity`, {
    kind: 'note',
    on: '2026-03-31',
    text: ' \n',
  })
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({
    errors: [{ pointer: '/text', detail: 'Write what happened.' }],
  })
})
