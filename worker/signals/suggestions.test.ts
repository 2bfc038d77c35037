import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import { png } from '#worker/testing/images.ts'
import { Company } from '#worker/testing/outside/company.ts'
import { askedAbout } from '#worker/testing/outside/internet.ts'
import { fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'
import { ABSENT, factOf, listOf } from './facts.ts'
import type { WebsiteFacts } from './schema.ts'
import { type Profile, suggestionsFrom } from './suggestions.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const NOTHING: WebsiteFacts = {
  url: factOf('https://acme.com/'),
  https: factOf(true),
  title: ABSENT,
  description: ABSENT,
  languages: ABSENT,
  organization: ABSENT,
  technologies: ABSENT,
  partnerPage: ABSENT,
  careersPage: ABSENT,
  pricingPage: ABSENT,
  logo: ABSENT,
}
const PROFILE: Profile = {
  domain: 'acme.com',
  name: 'Acme',
  description: null,
  languages: [],
  region: 'dach',
  hasLogo: false,
}
const offered = (facts: Partial<WebsiteFacts>, profile: Partial<Profile> = {}) =>
  Object.fromEntries(
    suggestionsFrom({ at: 0, facts: { ...NOTHING, ...facts } }, { ...PROFILE, ...profile }, () => false).map(
      ({ field, value }) => [field, value],
    ),
  )

test.each([
  ['Acme Robotics', 'Acme Robotics'],
  ['Home | Acme Robotics', 'Acme Robotics'],
  ['Robots for everybody – Acme Robotics', 'Acme Robotics'],
  ['Welcome to Acme Robotics: robots', 'Acme Robotics'],
  ['ACME | Robots', undefined],
  ['Home', undefined],
  ['', undefined],
  ['Robots: for everybody', 'Robots'],
])('of the title %j the name is %j', (title, name) => {
  expect(offered({ title: factOf(title) }).name).toBe(name)
})

test('the name of the structured data goes before the title', () => {
  const facts = { title: factOf('Acme'), organization: factOf({ name: 'Acme Robotics AG', country: null }) }
  expect(offered(facts)).toEqual({ name: 'Acme Robotics AG' })
  expect(offered(facts, { name: 'ÁCME robotics ag' })).toEqual({})
})

test.each([
  ['DE', 'nordics', 'dach'],
  ['SE', 'nordics', undefined],
  ['JP', 'dach', 'japan-korea'],
  ['ZZ', 'dach', undefined],
] as const)('a company in %s is, beside %s, suggested for %s', (country, region, suggested) => {
  expect(offered({ organization: factOf({ name: 'Acme', country }) }, { region }).region).toBe(suggested)
})

test('languages that are lacking are added to those that are there, whatever the country', () => {
  const languages = listOf(['de-CH', 'de', 'en-GB', 'pt-BR'])
  expect(offered({ languages }, { languages: ['fr', 'en-US'] }).languages).toEqual([
    'fr',
    'en-US',
    'de',
    'pt',
  ])
  expect(offered({ languages }, { languages: ['de', 'en', 'pt-PT'] }).languages).toBeUndefined()
})

const HOME = `<html lang="sv"><title>Acme</title><meta name="description" content="Robots &amp; more">
  <link rel="icon" href="/icon.png">
  <script type="application/ld+json">{"@type":"Corporation","name":"Acme Robotics","address":{"addressCountry":"SE"}}</script>`

async function checked() {
  const company = await Company.found(worker, org)
  await company.show({ '/': HOME, '/icon.png': { base64: png(64, 64).toBase64() } })
  return { company, signals: await company.check() }
}
const fieldsIn = async (company: Company) => (await company.signals()).suggestions.map(({ field }) => field)

test('what a website could add to the profile is suggested with its source, and nothing of it is written', async () => {
  const { company, signals } = await checked()
  const source = { url: `https://${company.domain}/`, at: expect.any(String) }
  expect(signals.suggestions).toEqual([
    { field: 'name', value: 'Acme Robotics', ...source },
    { field: 'description', value: 'Robots & more', ...source },
    { field: 'languages', value: ['sv'], ...source },
    { field: 'region', value: 'nordics', ...source },
    { field: 'logo', value: expect.stringMatching(/^\/files\/org_.*\.png$/), ...source },
  ])
  expect(await (await company.call('GET', '')).json()).toMatchObject({
    name: 'Acme',
    description: null,
    languages: [],
    region: 'dach',
    logoUrl: null,
    version: 1,
  })
})

test('a suggestion is taken over by the ordinary edit, and is then none any more', async () => {
  const { company, signals } = await checked()
  const taken = Object.fromEntries(
    signals.suggestions.filter(({ field }) => field !== 'logo').map(({ field, value }) => [field, value]),
  )
  expect((await company.call('PATCH', '', { version: 1, ...taken })).status).toBe(200)
  expect(await fieldsIn(company)).toEqual(['logo'])
})

test('what was waved off is not suggested again, until the website says something else', async () => {
  const { company, signals } = await checked()
  for (const { field, value } of signals.suggestions) {
    const answer = await company.call('POST', '/suggestions/ignore', { field, value })
    expect(answer.status).toBe(204)
    await company.call('POST', '/suggestions/ignore', { field, value })
  }
  expect(await fieldsIn(company)).toEqual([])
  await company.check()
  expect(await fieldsIn(company)).toEqual([])
  await company.show({ '/': HOME.replace('Robots', 'Cobots').replace('lang="sv"', 'lang="nb"') })
  await company.check()
  expect(await fieldsIn(company)).toEqual(['description', 'languages'])
})

test('the icon becomes the logo without anybody being asked for it, as a copy of its own', async () => {
  const { company } = await checked()
  const asked = (await askedAbout(company.domain)).length
  const answer = await company.call('POST', '/suggestions/logo')
  expect(answer.status).toBe(200)
  const { logoUrl } = await answer.json<{ logoUrl: string }>()
  expect(await askedAbout(company.domain)).toHaveLength(asked)
  expect(await fieldsIn(company)).not.toContain('logo')
  const cookie = org.owner.cookie
  const shown = await worker.request('GET', logoUrl, { cookie })
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(png(64, 64))
  await company.call('DELETE', '/logo')
  await worker.deliver([{ v: 1, requestId: 'req', kind: 'delete-files' }])
  const again = (await company.signals()).suggestions.find(({ field }) => field === 'logo')
  expect((await worker.request('GET', String(again?.value), { cookie })).status).toBe(200)
})

test('without an icon there is none to take over', async () => {
  const company = await Company.found(worker, org)
  expect((await company.call('POST', '/suggestions/logo')).status).toBe(404)
})

test('a demonstration is never looked up, and stays unchecked', async () => {
  const company = await Company.found(worker, org, { domain: `${fresh('acme')}.example` })
  const signals = await company.check()
  expect(signals).toMatchObject({ checking: false, suggestions: [] })
  expect(signals.sources.map(({ state }) => state)).toEqual(['unchecked', 'unchecked', 'unchecked'])
  expect(await worker.count('domain_checks', 'domain = ?', company.domain)).toBe(0)
  expect(await askedAbout(company.domain)).toEqual([])
})

test('facts that an older version left behind are not checked yet, and break nothing', async () => {
  const company = await Company.found(worker, org)
  await env.DB.prepare(
    "insert into signals values (?, ?, 'website', '{\"title\":7}', 0), (?, ?, 'dns', '[]', 0)",
  )
    .bind(org.id, company.domain, org.id, company.domain)
    .run()
  expect((await company.signals()).sources.map(({ state }) => state)).toEqual([
    'unchecked',
    'unchecked',
    'unchecked',
  ])
})
