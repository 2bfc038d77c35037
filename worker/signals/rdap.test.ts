import { beforeAll, expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import { Company, factsIn, PUBLIC, stateOf } from '#worker/testing/outside/company.ts'
import { askedAbout, publish } from '#worker/testing/outside/internet.ts'
import type { Answer } from '#worker/testing/outside/wire.ts'
import { fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'

/** By this address what this file asked can be told from what others did. */
const APP_URL = 'http://rdap.tests'
const worker = new TestWorker({ APP_URL })
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const json = (value: unknown): Answer => ({ body: JSON.stringify(value) })
const UNKNOWN = { registeredAt: 'unknown', expiresAt: 'unknown', registrar: 'unknown' }
const REGISTRATION = {
  objectClassName: 'domain',
  events: [
    { eventAction: 'last changed', eventDate: '2020-01-01T00:00:00Z' },
    { eventAction: 'registration', eventDate: '1998-05-06T04:00:00Z' },
    { eventAction: 'expiration', eventDate: '2030-05-05' },
  ],
  entities: [
    { roles: ['abuse'], handle: 'nobody' },
    {
      roles: ['registrar'],
      vcardArray: [
        'vcard',
        [
          ['version', {}, 'text', '4.0'],
          ['fn', {}, 'text', 'Gandi SAS'],
        ],
      ],
    },
  ],
  notices: [{ title: 'Terms' }],
}

test('since when, until when and by whom a domain is registered is what its registry says', async () => {
  const company = await Company.found(worker, org)
  await company.register(json(REGISTRATION))
  expect(factsIn(await company.check(), 'rdap')).toEqual({
    registeredAt: 'May 6, 1998',
    expiresAt: 'May 5, 2030',
    registrar: 'Gandi SAS',
  })
})

test('the registration of a name is that of the registered one', async () => {
  const parent = await Company.found(worker, org)
  const company = await Company.found(worker, org, { domain: `shop.eu.${parent.domain}` })
  await parent.register(json(REGISTRATION))
  expect(factsIn(await company.check(), 'rdap')).toMatchObject({ registrar: 'Gandi SAS' })
})

test('what a registry leaves out is not there, and a date that is none is unknown', async () => {
  const company = await Company.found(worker, org)
  const events = [{ eventAction: 'registration', eventDate: 'long ago' }]
  await company.register(json({ objectClassName: 'domain', events, entities: [{ roles: ['registrar'] }] }))
  expect(factsIn(await company.check(), 'rdap')).toEqual({
    registeredAt: 'unknown',
    expiresAt: 'absent',
    registrar: 'absent',
  })
})

const odd: [string, Answer][] = [
  ['knows no such domain', { status: 404, ...json({ errorCode: 404 }) }],
  ['has been asked too often', { status: 429, headers: { 'Retry-After': '3600' } }],
  ['is broken', { status: 500 }],
  ['breaks off', { body: '{"objectClassName":"domain"', breaks: true }],
  ['answers no JSON', { body: 'Not today' }],
  ['answers another kind of thing', json({ objectClassName: 'entity' })],
  ['sends far too much', { body: '{"objectClassName":"domain"}', upTo: 600_000 }],
  [
    'lies about its length',
    { headers: { 'Content-Length': '90000' }, body: '{"objectClassName":', breaks: true },
  ],
  ['leads to this machine', { status: 302, headers: { Location: 'http://127.0.0.1/domain' } }],
]
test.each(odd)('a registry that %s tells nothing', async (_, answer) => {
  const company = await Company.found(worker, org)
  await company.register(answer)
  const signals = await company.check()
  expect(factsIn(signals, 'rdap')).toEqual(UNKNOWN)
  expect(stateOf(signals, 'rdap')).toBe('failed')
})

test('a registry that does not answer in time is not waited for', async () => {
  const company = await Company.found(worker, org)
  await company.show()
  await company.register({ ...json(REGISTRATION), waits: 20_000 })
  const begun = Date.now()
  const signals = await company.check()
  expect(Date.now() - begun).toBeLessThan(10_000)
  expect(factsIn(signals, 'rdap')).toEqual(UNKNOWN)
  expect(stateOf(signals, 'dns')).toBe('checked')
})

test('a registry may lead on to the registrar', async () => {
  const company = await Company.found(worker, org)
  const at = `https://rdap.${fresh('registrar')}.com/domain`
  await company.register({ status: 301, headers: { Location: at } })
  await publish({ zones: { [new URL(at).hostname]: { A: [PUBLIC] } }, answers: { [at]: json(REGISTRATION) } })
  expect(factsIn(await company.check(), 'rdap')).toMatchObject({ registrar: 'Gandi SAS' })
})

test('without a server for its top-level domain, or a registration of its own, nobody is asked', async () => {
  for (const domain of [`${fresh('acme')}.de`, `${fresh('acme')}.github.io`]) {
    const company = await Company.found(worker, org, { domain })
    await company.show()
    expect(factsIn(await company.check(), 'rdap')).toEqual(UNKNOWN)
    expect(await askedAbout(`/domain/${domain}`)).toEqual([])
  }
  expect(await askedAbout('/domain/github.io')).toEqual([])
})

test('the list of registries is read once', async () => {
  const reads = async () => (await askedAbout('data.iana.org', APP_URL)).length
  // None, when another file of the same runtime had it read.
  expect(await reads()).toBeLessThanOrEqual(1)
  const before = await reads()
  const company = await Company.found(worker, org)
  await company.check()
  expect(await reads()).toBe(before)
})
