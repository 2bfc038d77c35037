import { beforeAll, expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import { Company, factsIn, stateOf } from '#worker/testing/outside/company.ts'
import { askedAbout, publish } from '#worker/testing/outside/internet.ts'
import type { Answer } from '#worker/testing/outside/wire.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const UNKNOWN = {
  mx: 'unknown',
  spf: 'unknown',
  dmarc: 'unknown',
  ns: 'unknown',
  caa: 'unknown',
  technologies: 'unknown',
}
const ABSENT = Object.fromEntries(Object.keys(UNKNOWN).map((name) => [name, 'absent']))

test('mail servers, policies, name servers, authorities and technologies are read from DNS', async () => {
  const company = await Company.found(worker, org)
  await publish({
    zones: { [`_dmarc.${company.domain}`]: { TXT: ['"v=DMARC1; p=Reject; rua=mailto:x@y.z"'] } },
  })
  await company.show(
    {},
    {
      MX: ['20 alt.aspmx.l.google.com.', '5 ASPMX.L.GOOGLE.com.', 'nonsense'],
      TXT: [
        'apple-domain-verification=abc',
        '"v=spf1 include:_spf.google.com " "include:sendgrid.net ip4:192.0.2.1 -all"',
        '"google-site-verification=says nothing of what is used"',
        '"Atlassian-Domain-Verification=x\\"y"',
      ],
      NS: ['ns-1.awsdns-02.org.', 'ns-2.awsdns-03.com.'],
      // The second as some resolvers write what they do not know.
      CAA: [
        '0 issue "letsencrypt.org; x=y"',
        '\\# 19 00 05 69 73 73 75 65 70 6b 69 2e 67 6f 6f 67',
        '0 iodef "mailto:a@b.c"',
      ],
    },
  )
  expect(factsIn(await company.check(), 'dns')).toEqual({
    mx: 'aspmx.l.google.com, alt.aspmx.l.google.com',
    spf: '_spf.google.com, sendgrid.net',
    dmarc: 'Rejects forgeries',
    ns: 'ns-1.awsdns-02.org, ns-2.awsdns-03.com',
    caa: 'letsencrypt.org, pki.goog',
    technologies: 'Google Workspace, Apple Business, Atlassian, Amazon Web Services, SendGrid',
  })
})

test('a domain that takes no mail and says nothing else has none of it', async () => {
  const company = await Company.found(worker, org)
  await company.show({}, { MX: ['0 .'], TXT: ['"v=spf10 is no policy"'] })
  expect(factsIn(await company.check(), 'dns')).toEqual(ABSENT)
})

test('a policy that includes nobody is a policy', async () => {
  const company = await Company.found(worker, org)
  await company.show({}, { TXT: ['"v=spf1 -all"'] })
  expect(factsIn(await company.check(), 'dns')).toMatchObject({ spf: 'Published' })
})

test('what a name below the registered one does not say, the registered one says for it', async () => {
  const parent = await Company.found(worker, org)
  const company = await Company.found(worker, org, { domain: `shop.${parent.domain}` })
  await publish({ zones: { [`_dmarc.${parent.domain}`]: { TXT: ['v=DMARC1; p=none'] } } })
  await parent.show({}, { NS: ['ns.acme.net.'], MX: ['1 mx.acme.net.'] })
  await company.show()
  expect(factsIn(await company.check(), 'dns')).toMatchObject({
    dmarc: 'Only watches (none)',
    ns: 'ns.acme.net',
    mx: 'absent',
  })
})

const firstFails: [string, Answer][] = [
  ['is broken', { status: 502 }],
  ['breaks off', { breaks: true }],
  ['answers no JSON', { body: '<html>' }],
  ['answers another JSON', { body: '{"Answer":[{"data":7}]}' }],
  ['could not tell', { body: '{"Status":2}' }],
  ['sends far too much', { body: '{"Status":0,"Answer":[]', upTo: 1_000_000 }],
  ['leads elsewhere', { status: 302, headers: { Location: 'https://elsewhere.com/' } }],
]
test.each(firstFails)('the second resolver is asked when the first %s', async (_, answer) => {
  const company = await Company.found(worker, org)
  const { domain } = company
  await company.show({}, { MX: ['1 mx.acme.net.'] })
  await publish({
    answers: { [`https://cloudflare-dns.com/dns-query?name=${domain}&type=MX`]: answer },
  })
  expect(factsIn(await company.check(), 'dns')).toMatchObject({ mx: 'mx.acme.net' })
  const asked = (await askedAbout(`name=${domain}&type=MX`)).map(({ url }) => new URL(url).hostname)
  expect(asked).toEqual(['cloudflare-dns.com', 'dns.google'])
})

test('what no resolver can tell is unknown, and nothing else is', async () => {
  const company = await Company.found(worker, org)
  const { domain } = company
  await company.show({}, { MX: ['1 aspmx.l.google.com.'] })
  const broken = { status: 500 }
  await publish({
    answers: {
      [`https://cloudflare-dns.com/dns-query?name=${domain}&type=TXT`]: broken,
      [`https://dns.google/resolve?name=${domain}&type=TXT`]: broken,
    },
  })
  expect(factsIn(await company.check(), 'dns')).toEqual({
    ...ABSENT,
    mx: 'aspmx.l.google.com',
    spf: 'unknown',
    technologies: 'Google Workspace',
  })
})

test('without a network, nothing could be checked', async () => {
  const company = await Company.found(worker, org)
  expect(stateOf(await company.signals(), 'dns')).toBe('unchecked')
  const signals = await company.check()
  expect(signals.sources.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed'])
  expect(factsIn(signals, 'dns')).toEqual(UNKNOWN)
})

test('who asks says so', async () => {
  const company = await Company.found(worker, org)
  await company.check()
  const agents = new Set((await askedAbout(company.domain)).map(({ userAgent }) => userAgent))
  expect([...agents]).toEqual(['Entente (+http://localhost:8787)'])
})
