import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { sweep } from '#worker/cron.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { gif, png } from '#worker/testing/images.ts'
import { Company, factsIn, stateOf } from '#worker/testing/outside/company.ts'
import { askedAbout } from '#worker/testing/outside/internet.ts'
import type { Answer } from '#worker/testing/outside/wire.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
const DAY_MS = 86_400_000
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(() => {
  worker.queued.splice(0)
  worker.skew = 0
})

const PAGE = '<title>Acme</title><link rel="icon" href="/icon.png">'
const picture = (bytes: Uint8Array<ArrayBuffer>): Answer => ({ base64: bytes.toBase64() })
const REGISTERED: Answer = { body: '{"objectClassName":"domain"}' }

async function shown(icon = png(64, 64)) {
  const company = await Company.found(worker, org)
  await company.show({ '/': PAGE, '/icon.png': picture(icon) })
  await company.register(REGISTERED)
  return company
}

const dueIn = async ({ domain }: Company) => {
  const at = await env.DB.prepare('select due_at from domain_checks where domain = ?')
    .bind(domain)
    .first('due_at')
  return Math.round((Number(at) - Date.now()) / DAY_MS)
}
const keyOf = async ({ domain }: Company) =>
  env.DB.prepare(
    "select facts -> 'logo' ->> 'value' as key from signals where domain = ? and source = 'website'",
  )
    .bind(domain)
    .first<string>('key')
const strayKeys = async () =>
  (await env.DB.prepare('select key from stray_files').all<{ key: string }>()).results.map(({ key }) => key)

test('new facts make the partner due and say so, and are looked up again after a week', async () => {
  const company = await shown()
  await env.DB.prepare('update partners set score_due_at = null, scored_version = input_version where id = ?')
    .bind(company.id)
    .run()
  worker.queued.splice(0)
  await company.check()
  expect(worker.queued).toEqual([
    { v: 1, requestId: 'req', kind: 'score-partners', orgId: org.id, partnerIds: [company.id] },
  ])
  expect(await worker.count('partners', 'id = ? and score_due_at <= ?', company.id, Date.now())).toBe(1)
  expect(await dueIn(company)).toBe(7)
})

test('when something could not be told, the next look is the next day', async () => {
  const company = await shown()
  await company.register({ status: 429 })
  await company.check()
  expect(await dueIn(company)).toBe(1)
})

test('what nobody will ever be able to tell is asked for no more often than the rest', async () => {
  const company = await Company.found(worker, org, { domain: `${crypto.randomUUID()}.de` })
  await company.show({ '/robots.txt': 'User-agent: *\nDisallow: /' })
  await company.check()
  expect(await dueIn(company)).toBe(7)
})

test('a message that comes twice, late or at once, asks nobody again', async () => {
  const company = await shown()
  await company.check()
  const asked = (await askedAbout(company.domain)).length
  await company.deliver()
  await Promise.all([company.deliver(), company.deliver()])
  expect(await askedAbout(company.domain)).toHaveLength(asked)
  await env.DB.prepare('update domain_checks set due_at = 0 where domain = ?').bind(company.domain).run()
  await Promise.all([company.deliver(), company.deliver(new TestWorker())])
  expect(
    (await askedAbout(`https://${company.domain}/`)).filter(({ url }) => url.endsWith('.com/')),
  ).toHaveLength(2)
})

test('a check that died is taken up when its lease has ended', async () => {
  const company = await shown()
  await env.DB.prepare('insert into domain_checks (org_id, domain, due_at, lease_until) values (?, ?, 0, ?)')
    .bind(org.id, company.domain, Date.now() + 60_000)
    .run()
  await company.deliver()
  expect(stateOf(await company.signals(), 'website')).toBe('unchecked')
  expect(await company.signals()).toMatchObject({ checking: true })
  worker.skew = 61_000
  await company.deliver()
  expect(stateOf(await company.signals(), 'website')).toBe('checked')
})

test('results for a domain that the partner has no more are dropped, and their icon goes', async () => {
  const company = await shown()
  await company.show({ '/': { headers: { 'Content-Type': 'text/html' }, body: PAGE, waits: 700 } })
  const checking = company.check()
  // The site takes its time to answer; once it was asked, the partner moves.
  await expect.poll(() => company.visits()).toContain(`https://${company.domain}/`)
  const before = await company.call('PATCH', '', { version: 1, domain: `other-${company.domain}` })
  expect(before.status).toBe(200)
  await checking
  expect(await worker.count('signals', 'domain = ?', company.domain)).toBe(0)
  expect(worker.queued.filter(({ kind }) => kind === 'score-partners')).toHaveLength(2)
  const strays = (await strayKeys()).filter((key) => key.startsWith(org.id))
  expect(strays).toHaveLength(1)
  worker.skew = 3_700_000
  await worker.deliver([{ v: 1, requestId: 'req', kind: 'delete-files' }])
  expect(await env.FILES.head(strays[0] ?? '')).toBeNull()
})

test('an icon is kept while it stays the same, and goes when another comes or the partner goes', async () => {
  const company = await shown()
  await company.check()
  const first = await keyOf(company)
  await company.check()
  expect(await keyOf(company)).toBe(first)
  expect(await strayKeys()).not.toContain(first)

  await company.show({ '/icon.png': picture(gif(32, 32)) })
  await company.check()
  const second = await keyOf(company)
  expect(second).toMatch(/\.gif$/)
  expect(await strayKeys()).toContain(first)

  await company.call('DELETE', '')
  expect(await strayKeys()).toContain(second)
  expect(await worker.count('signals', 'domain = ?', company.domain)).toBe(0)
  expect(await worker.count('domain_checks', 'domain = ?', company.domain)).toBe(0)
  await worker.deliver([{ v: 1, requestId: 'req', kind: 'delete-files' }])
  expect(await Promise.all([first, second].map((key) => env.FILES.head(key ?? '')))).toEqual([null, null])
})

const noIcons: [string, Answer][] = [
  ['is no image', { headers: { 'Content-Type': 'image/png' }, body: '<svg onload="alert(1)">' }],
  ['is cut off', picture(png(64, 64).slice(0, 30))],
  ['is too heavy', { base64: png(64, 64, 300_000).toBase64() }],
  ['is not there', { status: 404 }],
  ['is inside', { status: 302, headers: { Location: 'http://169.254.169.254/' } }],
]
test.each(noIcons)('an icon that %s is none', async (_, icon) => {
  const company = await Company.found(worker, org)
  await company.show({ '/': PAGE, '/icon.png': icon })
  await company.check()
  expect(await keyOf(company)).toBeNull()
})

test('the largest of the icons that can be shown is taken', async () => {
  const company = await Company.found(worker, org)
  const icons = `<link rel="icon" href="/a.svg" sizes="any"><link rel="icon" href="/small.png" sizes="16x16 32x32">
    <link rel="apple-touch-icon" href="/touch.png"><link rel="shortcut icon" href="/favicon.ico">`
  await company.show({ '/': icons, '/touch.png': picture(png(180, 180)), '/small.png': picture(png(32, 32)) })
  await company.check()
  expect(await company.visits()).toContain(`https://${company.domain}/touch.png`)
  expect(await company.visits()).not.toContain(`https://${company.domain}/small.png`)
  expect(await keyOf(company)).toMatch(/\.png$/)
})

test('the sweep finds what is due and announces it, ten domains a message', async () => {
  const other = await plantOrganization(worker)
  await env.DB.prepare('delete from domain_checks').run()
  await env.DB.batch(
    Array.from({ length: 12 }, (_, at) =>
      env.DB.prepare('insert into domain_checks (org_id, domain, due_at) values (?, ?, ?)').bind(
        other.id,
        `acme-${at}.com`,
        at === 11 ? Date.now() + DAY_MS : at,
      ),
    ),
  )
  await sweep(worker.env, () => Date.now())
  const sizes = worker.queued.map((job) => (job.kind === 'check-domains' ? job.domains.length : 0))
  expect(sizes.filter(Boolean).toSorted()).toEqual([1, 10])
})

test('a bucket that fails costs the icon, and nothing else', async () => {
  const company = await shown()
  const put = async (): Promise<never> => {
    throw new Error('R2 is gone.')
  }
  const broken = new Proxy(env.FILES, {
    get: (files, name) => (name === 'put' ? put : Reflect.get(files, name)),
  })
  await env.DB.prepare('insert into domain_checks (org_id, domain, due_at) values (?, ?, 0)')
    .bind(org.id, company.domain)
    .run()
  await company.deliver(new TestWorker({ FILES: broken }))
  expect(factsIn(await company.signals(), 'website')).toMatchObject({ title: 'Acme', logo: 'unknown' })
})

test('a source that cannot cope with what it was answered tells nothing, and only its class is logged', async () => {
  const company = await shown()
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line) => lines.push(String(line)))
  const parse = vi.spyOn(HTMLRewriter.prototype, 'transform').mockImplementation(() => {
    throw new TypeError(`The page of ${company.domain} is odd.`)
  })
  const signals = await company.check()
  parse.mockRestore()
  log.mockRestore()
  expect(signals.sources.map(({ state }) => state)).toEqual(['checked', 'checked', 'failed'])
  const line = lines.find((each) => each.includes('source_failed'))
  expect(JSON.parse(line ?? '{}')).toEqual({
    event: 'source_failed',
    requestId: 'req',
    source: 'website',
    class: 'TypeError',
  })
  expect(lines.join()).not.toContain(company.domain)
})
