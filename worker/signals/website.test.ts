import { beforeAll, expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import { Company, factsIn, PUBLIC, stateOf } from '#worker/testing/outside/company.ts'
import { publish } from '#worker/testing/outside/internet.ts'
import type { Answer } from '#worker/testing/outside/wire.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const found = () => Company.found(worker, org)
const HTML = { 'Content-Type': 'text/html' }

test('title, description, languages, organisation, technologies and pages are read from the home page', async () => {
  const company = await found()
  const { domain } = company
  const graph = {
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'WebSite', name: 'The site' },
      {
        '@type': ['Organization', 'Brand'],
        name: 'Acme &amp; S&ouml;hne GmbH',
        address: { '@type': 'PostalAddress', addressCountry: { '@type': 'Country', name: 'Deutschland' } },
      },
    ],
  }
  await company.show({
    '/': `<!doctype html><html lang="de-DE"><head>
      <title>Acme &#8211; Br&uuml;cken &amp; mehr</title><title>Another</title>
      <meta name="Description" content="Wir bauen &quot;Br&uuml;cken&quot;.">
      <link rel="alternate" hreflang="en" href="/en"><link rel="alternate" hreflang="x-default" href="/">
      <link rel="alternate" hreflang="pt_br" href="/pt"><link rel="alternate" hreflang="de-de" href="/">
      <script type="application/ld+json">{ broken</script>
      <script type="application/ld+json">${JSON.stringify(graph)}</script>
      <script src="https://js.hs-scripts.com/1.js"></script><script src="//cdn.shopify.com/x.js"></script>
      <script src="/wp-includes/js/x.js"></script></head>
      <body><svg><title>A picture</title></svg>
      <a href="https://elsewhere.com/partners">No</a><a href="javascript:careers()">No</a>
      <a href="/departments">No</a><a href="/en/become-a-partner.html?x=1">Yes</a>
      <a href="https://careers.${domain}/">Yes</a><a href="Pricing/">Yes</a></body></html>`,
  })
  expect(factsIn(await company.check(), 'website')).toEqual({
    url: `https://${domain}/`,
    https: 'Yes',
    title: 'Acme – Brücken & mehr',
    description: 'Wir bauen "Brücken".',
    languages: 'German (Germany), English, Brazilian Portuguese',
    organization: 'Acme & Söhne GmbH, Germany',
    technologies: 'HubSpot, Shopify, WordPress',
    partnerPage: `https://${domain}/en/become-a-partner.html?x=1`,
    careersPage: `https://careers.${domain}/`,
    pricingPage: `https://${domain}/Pricing/`,
    logo: 'absent',
  })
})

test('an empty page says nothing, and is there', async () => {
  const company = await found()
  await company.show({ '/': '' })
  const signals = await company.check()
  expect(factsIn(signals, 'website')).toMatchObject({ https: 'Yes', title: 'absent', organization: 'absent' })
  expect(stateOf(signals, 'website')).toBe('checked')
})

test('a page in another encoding is read by what its sender says, or by what it says itself', async () => {
  const [one, other] = [await found(), await found()]
  const latin = btoa('<meta charset="iso-8859-1"><title>S\xf6hne</title>')
  await one.show({ '/': { headers: HTML, base64: latin } })
  const japanese = btoa('<title>\x83\x65\x83\x58\x83\x67</title>')
  await other.show({ '/': { headers: { 'Content-Type': 'text/html; charset=shift_jis' }, base64: japanese } })
  expect(factsIn(await one.check(), 'website')).toMatchObject({ title: 'Söhne' })
  expect(factsIn(await other.check(), 'website')).toMatchObject({ title: 'テスト' })
})

test('a site without https is found by http, and one that answers only as www by that', async () => {
  const [plain, www] = [await found(), await found()]
  await plain.show({ '/': '<title>Plain</title>' }, {}, 'http')
  await publish({
    zones: { [www.domain]: {}, [`www.${www.domain}`]: { A: [PUBLIC] } },
    answers: { [`https://www.${www.domain}/`]: { headers: HTML, body: '<title>Www</title>' } },
  })
  expect(factsIn(await plain.check(), 'website')).toMatchObject({ https: 'No', title: 'Plain' })
  expect(factsIn(await www.check(), 'website')).toMatchObject({
    url: `https://www.${www.domain}/`,
    title: 'Www',
  })
})

test('a domain without an address has no site, which is known', async () => {
  const company = await found()
  await company.show({}, { A: [] })
  const signals = await company.check()
  expect(new Set(Object.values(factsIn(signals, 'website')))).toEqual(new Set(['absent']))
  expect(stateOf(signals, 'website')).toBe('checked')
})

test('three redirects are followed, a fourth is not', async () => {
  const [three, four] = [await found(), await found()]
  const to = (Location: string): Answer => ({ status: 302, headers: { Location } })
  const end = '<title>At last</title>'
  await three.show({ '/': to('/1'), '/1': to('2'), '/2': to(`//${three.domain}/3`), '/3': end })
  await four.show({ '/': to('/1'), '/1': to('/2'), '/2': to('/3'), '/3': to('/4'), '/4': end })
  expect(factsIn(await three.check(), 'website')).toMatchObject({
    url: `https://${three.domain}/3`,
    title: 'At last',
  })
  expect(stateOf(await four.check(), 'website')).toBe('failed')
  expect(await four.visits()).not.toContain(`https://${four.domain}/4`)
})

const broken: [string, Answer][] = [
  ['leads in a circle', { status: 301, headers: { Location: '/' } }],
  ['leads nowhere', { status: 302 }],
  ['leads to what is no address', { status: 302, headers: { Location: 'http://[' } }],
  ['leads to this machine', { status: 307, headers: { Location: 'http://127.0.0.1/' } }],
  ['turns visitors away', { status: 403, headers: HTML, body: '<title>Are you human?</title>' }],
  ['has too many visitors', { status: 429 }],
  ['is broken', { status: 500, headers: HTML, body: '<title>Error</title>' }],
  ['breaks off at once', { breaks: true }],
  [
    'breaks off in the middle',
    { headers: { ...HTML, 'Content-Length': '100000' }, body: '<title>Half', breaks: true },
  ],
]
test.each(broken)('a site that %s could not be checked', async (_, answer) => {
  const company = await found()
  await company.show({ '/': answer })
  const signals = await company.check()
  expect(stateOf(signals, 'website')).toBe('failed')
  expect(new Set(Object.values(factsIn(signals, 'website')))).toEqual(new Set(['unknown']))
})

test('a site that does not answer in time is not waited for', async () => {
  const company = await found()
  await company.show({ '/': { waits: 30_000 } })
  const begun = Date.now()
  expect(stateOf(await company.check(), 'website')).toBe('failed')
  expect(Date.now() - begun).toBeLessThan(15_000)
})

test('of a page that never ends only the beginning is read, and what was not seen is unknown', async () => {
  const company = await found()
  await company.show({ '/': { headers: HTML, body: '<title>Endless</title>', upTo: 30_000_000 } })
  expect(factsIn(await company.check(), 'website')).toMatchObject({
    title: 'Endless',
    description: 'unknown',
    pricingPage: 'unknown',
  })
})

test('what is no page says only that something is there', async () => {
  const company = await found()
  await company.show({ '/': { headers: { 'Content-Type': 'application/pdf' }, body: '<title>No</title>' } })
  expect(factsIn(await company.check(), 'website')).toMatchObject({ https: 'Yes', title: 'absent' })
})

test('a site that asks robots to stay away is left alone', async () => {
  const company = await found()
  await company.show({ '/robots.txt': 'User-agent: *\nDisallow: /', '/': '<title>Private</title>' })
  const signals = await company.check()
  expect(stateOf(signals, 'website')).toBe('failed')
  expect(await company.visits()).toEqual([`https://${company.domain}/robots.txt`])
})

test('a site that leads to one that asks robots to stay away is left there', async () => {
  const [company, other] = [await found(), await found()]
  await other.show({ '/robots.txt': 'User-agent: Entente\nDisallow: /en', '/en': '<title>Private</title>' })
  await company.show({ '/': { status: 302, headers: { Location: `https://${other.domain}/en` } } })
  expect(stateOf(await company.check(), 'website')).toBe('failed')
  expect(await other.visits()).toEqual([`https://${other.domain}/robots.txt`])
})

test('rules that cannot be read because the site is broken close it, and rules that are refused do not', async () => {
  const [closed, open] = [await found(), await found()]
  await closed.show({ '/robots.txt': { status: 503 }, '/': '<title>Closed</title>' })
  await open.show({ '/robots.txt': { status: 403 }, '/': '<title>Open</title>' })
  expect(stateOf(await closed.check(), 'website')).toBe('failed')
  expect(factsIn(await open.check(), 'website')).toMatchObject({ title: 'Open' })
})

test.each([
  ['markup', '<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>', '<script>alert(1)</script>'],
  ['control characters', '<title>A\u0000\u0007\u2028B</title>', 'A\ufffd B'],
  ['a title that never ends', `<title>${'x'.repeat(100_000)}`, 'x'.repeat(500)],
])('%s in a title is text like any other', async (_, page, title) => {
  const company = await found()
  await company.show({ '/': page })
  const facts = factsIn(await company.check(), 'website')
  expect(facts.title?.replaceAll('\ufffd', '')).toBe(title.replaceAll('\ufffd', ''))
})
