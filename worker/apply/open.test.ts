import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { forgetForm } from '#worker/applications/published.ts'
import { applyByPage, formToken, type PlantedForm, plantForm, plantVersion } from '#worker/testing/forms.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

const share = (changes: Record<string, unknown>) => ({
  share: JSON.stringify({ public: true, embed: true, sites: [], ...changes }),
})
const open = (path: string, headers: Record<string, string> = {}) =>
  worker.request('GET', path, { headers: { Origin: '', Accept: 'text/html', ...headers } })
const ancestorsOf = (response: Response) =>
  /frame-ancestors ([^;]*)$/.exec(response.headers.get('Content-Security-Policy') ?? '')?.[1]

test('the page of a form asks what its published version asks, and needs nothing else', async () => {
  const { slug } = await plantForm(org)
  const response = await open(`/apply/${slug}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  const html = await response.text()
  for (const text of ['Become a partner', 'Tell us about you.', 'Programme terms', '<em>fair</em>', 'Apply'])
    expect(html).toContain(text)
  expect(html).toContain(`<form action="/apply/${slug}" method="post"`)
  expect(html).toMatch(/<input[^>]* name="a\.company"[^>]* required/)
  expect(html).toMatch(/name="g\.terms" value="on" required/)
  expect(html).toMatch(/name="token" value="1\.\d+\.[\w-]{43}"/)
  expect(html.match(/<link|<script src|<img|@import|url\(/)).toBeNull()
})

test('what is within the page is allowed by its hash, and nothing else', async () => {
  const { slug } = await plantForm(org)
  const response = await open(`/apply/${slug}`)
  const [html, policy] = [await response.text(), response.headers.get('Content-Security-Policy') ?? '']
  expect(policy).not.toMatch(/unsafe|\*/)
  for (const [element, directive] of [
    ['style', 'style-src'],
    ['script', 'script-src'],
  ]) {
    const text = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(html)?.[1] ?? ''
    expect(text).not.toBe('')
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    expect(policy).toContain(`${directive} 'sha256-${new Uint8Array(digest).toBase64()}'`)
  }
})

test('a page that was shown before is shown again without asking D1', async () => {
  const { slug } = await plantForm(org)
  const first = await (await open(`/apply/${slug}`)).text()
  const before = recording.statements.length
  for (const path of [`/apply/${slug}`, `/apply/${slug}?utm_source=mail`]) {
    const response = await open(path)
    expect(await response.text()).toBe(first)
  }
  await open(`/apply/${slug}/thanks`)
  expect(recording.statements.length).toBe(before)
})

test('a page may be kept by anybody for a minute, under one address', async () => {
  const { slug, id } = await plantForm(org)
  for (const path of [`/apply/${slug}`, `/apply/${slug}?embed=1`, `/apply/${slug}/thanks`]) {
    const { headers } = await open(path, { Cookie: 'theme=dark; entente-seen=0' })
    expect(headers.get('Cache-Control')).toBe('public, max-age=60')
    expect(headers.get('Cache-Tag')).toBe(id)
    expect(headers.getSetCookie()).toEqual([])
    expect(headers.get('Vary')).toBeNull()
  }
  for (const query of ['?x=1', '?embed=1&x=1', '?embed=0', '?embed=1&embed=1', '?']) {
    const { headers, status } = await open(`/apply/${slug}${query}`)
    expect([query, status]).toEqual([query, 200])
    if (query !== '?') expect(headers.get('Cache-Control')).toBe('no-store')
  }
})

test('a save that is published is seen at once where it was saved', async () => {
  const form = await plantForm(org)
  const before = await (await open(`/apply/${form.slug}`)).text()
  await plantVersion(form, 2, [{ id: 's', kind: 'fields', title: 'Another section', questions: [] }])
  await env.DB.prepare('update forms set published_version = 2 where id = ?').bind(form.id).run()
  forgetForm(form.slug)
  const after = await (await open(`/apply/${form.slug}`)).text()
  expect(before).not.toContain('Another section')
  expect(after).toContain('Another section')
})

const unknown = async () => ({ slug: 'no-such-form' })
test.each([
  ['an address that nobody has', unknown],
  ['a draft', () => plantForm(org, { state: 'draft' })],
  ['a form that was never published', () => plantForm(org, { published_version: null })],
  ['a form that is only embedded', () => plantForm(org, share({ public: false }))],
])('%s is not open, and which of them it is cannot be told', async (_, plant) => {
  const { slug } = await plant()
  const response = await open(`/apply/${slug}`)
  expect(response.status).toBe(404)
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  expect(ancestorsOf(response)).toBe("'none'")
  expect(await response.text()).toBe(await (await open('/apply/nowhere-at-all')).text())
})

test('a closed form says that it is closed', async () => {
  const { slug } = await plantForm(org, { state: 'closed' })
  const response = await open(`/apply/${slug}`)
  expect(response.status).toBe(410)
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  const html = await response.text()
  expect(html).toContain('This form is closed')
  expect(html.includes('<form')).toBe(false)
})

test('sites of the form may frame what is meant for frames, and nobody the rest', async () => {
  const sites = ['https://www.acme.com', 'http://localhost:3000']
  const some = await plantForm(org, share({ sites, public: false }))
  const any = await plantForm(org)
  const none = await plantForm(org, share({ embed: false }))
  const framed = await open(`/apply/${some.slug}?embed=1`)
  expect([framed.status, ancestorsOf(framed)]).toEqual([200, sites.join(' ')])
  expect(framed.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin')
  expect(await framed.text()).toContain(`action="/apply/${some.slug}?embed=1"`)
  expect(ancestorsOf(await open(`/apply/${any.slug}?embed=1`))).toBe('*')
  expect(ancestorsOf(await open(`/apply/${any.slug}`))).toBe("'none'")
  const refused = await open(`/apply/${none.slug}?embed=1`)
  expect([refused.status, ancestorsOf(refused)]).toEqual([404, "'none'"])
})

test('a program learns what an applicant sees of a form, and pages of its sites may read it', async () => {
  const site = 'https://www.acme.com'
  const { slug } = await plantForm(org, share({ sites: [site] }))
  const response = await open(`/api/public/forms/${slug}`, { Origin: site })
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe(site)
  const { version, definition, token } = await response.json<Record<string, object>>()
  expect(version).toBe(1)
  expect(token).toMatch(/^1\.\d+\.[\w-]{43}$/)
  expect(Object.keys(definition ?? {}).toSorted()).toEqual(
    ['title', 'description', 'language', 'sections', 'design', 'submitLabel', 'successMessage'].toSorted(),
  )
  const elsewhere = await open(`/api/public/forms/${slug}`, { Origin: 'https://www.acme.com.evil.example' })
  expect(elsewhere.headers.get('Access-Control-Allow-Origin')).toBeNull()
  const closed = await plantForm(org, { state: 'closed' })
  expect((await open(`/api/public/forms/${closed.slug}`)).status).toBe(410)
  expect((await open('/api/public/forms/no-such-form')).status).toBe(404)
})

test('other sites load the script that shows a form', async () => {
  const response = await open('/embed.js', { Origin: 'https://www.acme.com' })
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
  expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin')
  expect(response.headers.get('Cache-Control')).toMatch(/^public, /)
  expect(response.headers.getSetCookie()).toEqual([])
  expect((await open('/embed.js?v=2')).headers.get('Cache-Control')).toBe('no-store')
})

const sent = async (form: PlantedForm, fields: Record<string, string>) =>
  applyByPage(
    worker,
    form,
    { token: await formToken(worker, form), key: '', ...fields },
    { headers: { Accept: 'text/html' } },
  )

test('without script, what is wrong comes back at its field with every answer kept', async () => {
  const form = await plantForm(org)
  const response = await sent(form, { 'a.why': 'Because we "can" <b>', 'a.kind': 'o2', 'a.mail': 'nobody' })
  expect(response.status).toBe(422)
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  const html = await response.text()
  expect(html).toContain('Because we &quot;can&quot; &lt;b>')
  expect(html).toMatch(/<option[^>]* value="o2"[^>]* selected/)
  expect(html).toContain('value="nobody"')
  expect(html).toContain('<a href="#a.company">Company: <span>Answer this.</span></a>')
  expect(html).toMatch(/<input[^>]* id="a\.company"[^>]* aria-invalid="true"/)
  expect(html).toMatch(/<p[^>]* id="e\.g\.terms"[^>]*>Accept this to go on\.<\/p>/)
})

test('without script, an application leads to a page that says so', async () => {
  const form = await plantForm(org)
  const response = await sent(form, { 'a.company': 'Newco', 'g.terms': 'on' })
  expect(response.status).toBe(303)
  const thanks = await open(response.headers.get('Location') ?? '')
  expect(thanks.status).toBe(200)
  expect(await thanks.text()).toContain('Thank you.')
})

test('without script, a failure is a page, too', async () => {
  const form = await plantForm(org)
  const forged = await sent(form, { token: '1.2.3' })
  expect(forged.status).toBe(422)
  expect(await forged.text()).toContain('Open the form again')
  await env.DB.prepare("update forms set state = 'closed' where id = ?").bind(form.id).run()
  forgetForm(form.slug)
  const closed = await sent(form, { 'a.company': 'Newco', 'g.terms': 'on' })
  expect(closed.status).toBe(410)
  expect(closed.headers.get('Content-Type')).toMatch(/^text\/html/)
})

test('Turnstile is asked only where the deployment has both of its keys', async () => {
  const form = await plantForm(org)
  const policyOf = async (settings: Record<string, string>) => {
    const asking = new TestWorker(settings)
    forgetForm(form.slug)
    const response = await asking.request('GET', `/apply/${form.slug}?x=${Object.keys(settings).length}`)
    return [await response.text(), response.headers.get('Content-Security-Policy')].join()
  }
  expect(await policyOf({ TURNSTILE_SITE_KEY: 'site' })).not.toContain('data-sitekey')
  const both = await policyOf({ TURNSTILE_SITE_KEY: 'site', TURNSTILE_SECRET_KEY: 'secret' })
  expect(both).toContain('data-sitekey="site"')
  expect(both).toContain('frame-src https://challenges.cloudflare.com')
})
