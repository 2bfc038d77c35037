import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { sweep } from '#worker/cron.ts'
import fileHeaders from '#worker/testing/corpora/file_headers.txt?raw'
import r2Keys from '#worker/testing/corpora/r2_keys.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { failing, LOST } from '#worker/testing/faults.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { gif, jpeg, png, webp } from '#worker/testing/images.ts'
import { enlist, fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Form } from './schema.ts'

const HOUR_MS = 3_600_000
const MIB = 1_024 * 1_024

const worker = new TestWorker()
let org: Organization
let form: Form

const call = (method: string, path: string, body?: unknown, cookie = org.owner.cookie, by = worker) =>
  by.request(method, path, { cookie, ...(body === undefined ? {} : { body }) })
const banner = (bytes: Uint8Array, by = worker) =>
  call('PUT', `/api/forms/${form.id}/banner`, bytes, org.owner.cookie, by)
const document = (bytes: Uint8Array, section = 'terms') =>
  call('PUT', `/api/forms/${form.id}/sections/${section}/document`, bytes)
const current = async () => (await call('GET', `/api/forms/${form.id}`)).json<Form>()
const objects = async () => (await env.FILES.list({ prefix: org.id })).objects.map(({ key }) => key)
const text = (content: string) => new TextEncoder().encode(content)
const pdf = text('%PDF-1.7\n1 0 obj\n%%EOF\n')
const sumOf = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice())).toHex()
const versionOf = async (n: number) =>
  JSON.parse(
    (await env.DB.prepare("select content from snapshots where kind = 'form' and subject_id = ? and n = ?")
      .bind(form.id, n)
      .first<string>('content')) ?? 'null',
  )
const actions = async () =>
  (
    await env.DB.prepare('select action from audit_log where target_id = ? order by id')
      .bind(form.id)
      .all<{ action: string }>()
  ).results.map(({ action }) => action)

const SECTIONS = [
  {
    id: 'you',
    kind: 'fields',
    title: 'You',
    questions: [{ id: 'q', type: 'text', label: 'Company', required: true }],
  },
  { id: 'terms', kind: 'agreement', title: 'Terms', text: '' },
]

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(async () => {
  const answer = await call('POST', '/api/forms', { name: fresh('Form'), sections: SECTIONS })
  form = await answer.json<Form>()
})

test.each([
  ['PNG', png(1_600, 400), 'image/png'],
  ['JPEG', jpeg(1_600, 400), 'image/jpeg'],
  ['GIF', gif(1_600, 400), 'image/gif'],
  ['WebP', webp.lossy(1_600, 400), 'image/webp'],
])('a %s banner is saved with the form and shown to everybody, as what it is', async (_, bytes, type) => {
  const answer = await banner(bytes)
  expect(answer.status).toBe(200)
  const saved = await answer.json<Form>()
  expect(saved).toMatchObject({ id: form.id, version: 2, publishedVersion: null })
  expect(await current()).toEqual(saved)
  expect(await versionOf(2)).toMatchObject({ design: saved.design, changed: ['design'] })
  expect(await actions()).toEqual(['form.create', 'form.banner'])
  const served = await call('GET', saved.design.bannerUrl ?? '', undefined, '')
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  })
  expect(served.headers.has('Content-Disposition')).toBe(false)
  expect(served.headers.getSetCookie()).toEqual([])
})

test('a PDF is saved with its agreement and fingerprinted, and is only ever downloaded', async () => {
  const answer = await document(pdf)
  expect(answer.status).toBe(200)
  const saved = await answer.json<Form>()
  const section = saved.sections[1]
  const url = (section?.kind === 'agreement' && section.documentUrl) || ''
  expect(url).toMatch(/^\/form-files\/org_\w{26}-form-[0-9a-f]{32}\.pdf$/)
  const { fingerprints } = await versionOf(2)
  expect(fingerprints.terms).toEqual({ text: await sumOf(text('')), document: await sumOf(pdf) })
  expect(await actions()).toEqual(['form.create', 'form.document'])
  const served = await call('GET', url, undefined, '')
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="document.pdf"',
    'x-content-type-options': 'nosniff',
  })
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(pdf)
})

test('an agreement with a PDF alone can be published, and a published form shows its new banner at once', async () => {
  const without = await call('PATCH', `/api/forms/${form.id}`, { version: 1, state: 'published' })
  expect(await without.json()).toMatchObject({ errors: [{ pointer: '/sections/1/text' }] })
  await document(pdf)
  await call('PATCH', `/api/forms/${form.id}`, { version: 2, state: 'published' })
  const saved = await (await banner(png(2, 2))).json<Form>()
  expect(saved).toMatchObject({ state: 'published', version: 4, publishedVersion: 4 })
})

test('a form keeps files that earlier versions name, and takes all of them along', async () => {
  const first = await (await banner(png(2, 2))).json<Form>()
  const second = await (await banner(gif(2, 2))).json<Form>()
  await worker.drain()
  const keys = [first, second].map(({ design }) => design.bannerUrl?.replace('/form-files/', ''))
  expect(await objects()).toEqual(expect.arrayContaining(keys))
  const back = await call('PATCH', `/api/forms/${form.id}`, {
    version: 3,
    design: { bannerUrl: first.design.bannerUrl },
  })
  expect(back.status).toBe(200)
  expect((await call('DELETE', `/api/forms/${form.id}`)).status).toBe(204)
  await worker.drain()
  for (const key of keys) expect(await objects()).not.toContain(key)
  expect((await call('GET', first.design.bannerUrl ?? '')).status).toBe(404)
})

test('a form names no file but its own, each where it belongs', async () => {
  const { design } = await (await banner(png(2, 2))).json<Form>()
  const saved = await (await document(pdf)).json<Form>()
  const [, terms] = saved.sections
  const documentUrl = terms?.kind === 'agreement' ? terms.documentUrl : null
  const other = await call('POST', '/api/forms', { name: 'Other', design: { bannerUrl: design.bannerUrl } })
  expect(await other.json()).toMatchObject({ errors: [{ pointer: '/design/bannerUrl' }] })
  for (const bannerUrl of [documentUrl, `${design.bannerUrl}?x`, 'https://x.invalid/a.png', '']) {
    const answer = await call('PATCH', `/api/forms/${form.id}`, { version: 3, design: { bannerUrl } })
    expect([bannerUrl, answer.status]).toEqual([bannerUrl, 422])
  }
  const answer = await call('PATCH', `/api/forms/${form.id}`, {
    version: 3,
    sections: [{ ...SECTIONS[1], documentUrl: design.bannerUrl }],
  })
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/sections/0/documentUrl' }] })
  expect((await current()).version).toBe(3)
})

test('only an agreement that is saved has a place for a PDF', async () => {
  const before = await objects()
  for (const section of ['you', 'unknown', '%00', "'"])
    expect([section, (await document(pdf, section)).status]).toEqual([section, 404])
  expect(await objects()).toEqual(before)
  expect(await worker.count('stray_files')).toBe(0)
})

const HEADERS = payloads(fileHeaders).map((line) => {
  const [hex = '', , expectation, note] = line.split('\t')
  return [note, expectation, Uint8Array.fromHex(hex.replaceAll(' ', ''))] as const
})

test.each(HEADERS)(
  'the beginning of a file that is %s is no banner and no document',
  async (_, _expected, bytes) => {
    const before = await objects()
    expect([415, 422]).toContain((await banner(bytes)).status)
    expect((await document(bytes)).status).toBe(415)
    expect(await objects()).toEqual(before)
    expect((await current()).version).toBe(1)
  },
)

test.each([
  ['a PDF without its end', text('%PDF-1.7\n1 0 obj')],
  ['a PDF that begins late', text(`${' '.repeat(1_024)}%PDF-1.7\n%%EOF`)],
  ['a PDF with much behind its end', text(`%PDF-1.7\n%%EOF${' '.repeat(1_100)}`)],
  ['a page', text('<!doctype html><script>alert(1)</script>')],
])('%s is not taken as a document', async (_, bytes) => {
  const answer = await document(bytes)
  expect(answer.status).toBe(415)
  expect(await answer.json()).toMatchObject({ detail: expect.stringMatching(/^Choose a PDF/) })
})

test('a file of 5 MiB is taken, and no byte more', async () => {
  const empty = png(1, 1, 0).length
  expect((await banner(png(1, 1, 5 * MIB - empty))).status).toBe(200)
  expect((await banner(png(1, 1, 5 * MIB - empty + 1))).status).toBe(413)
  expect((await document(new Uint8Array(5 * MIB + 1))).status).toBe(413)
  expect((await banner(png(4_097, 1))).status).toBe(422)
})

test('an upload goes on when somebody saves the form meanwhile, and both stay', async () => {
  const busy = new TestWorker()
  // The first round trip reads the form, the second was to save it.
  busy.env.DB = failing(env.DB, async (n) => {
    if (n === 2) await call('PATCH', `/api/forms/${form.id}`, { version: 1, name: 'Meanwhile' })
    return null
  })
  const answer = await banner(png(2, 2), busy)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ name: 'Meanwhile', version: 3 })
})

test('an upload costs two round trips, and a look at it none', async () => {
  const before = recording.roundTrips
  const { design } = await (await banner(png(2, 2))).json<Form>()
  expect(recording.roundTrips - before).toBe(2)
  await call('GET', design.bannerUrl ?? '')
  expect(recording.roundTrips - before).toBe(2)
})

test('a viewer uploads nothing, and a stranger finds no form', async () => {
  const { cookie } = await enlist(worker, org, 'viewer')
  const stranger = await plantOrganization(worker)
  const before = await objects()
  const paths = [`/api/forms/${form.id}/banner`, `/api/forms/${form.id}/sections/terms/document`]
  for (const [path, bytes] of [
    [paths[0], png(2, 2)],
    [paths[1], pdf],
  ] as const) {
    expect((await call('PUT', path ?? '', bytes, cookie)).status).toBe(403)
    expect((await call('PUT', path ?? '', bytes, stranger.owner.cookie)).status).toBe(404)
  }
  expect(await objects()).toEqual(before)
})

test('a key that is none of a form is answered as nothing', async () => {
  const { design } = await (await banner(png(2, 2))).json<Form>()
  const key = design.bannerUrl?.replace('/form-files/', '') ?? ''
  const others = [key.replace('-form-', '-'), key.slice(0, -4), `..%2f${key}`, `${key}%00`, key.toUpperCase()]
  for (const path of [...others, ...payloads(r2Keys).map(encodeURIComponent)].filter((each) => each !== ''))
    expect([path, (await call('GET', `/form-files/${path}`)).status]).toEqual([path, 404])
  expect((await call('GET', `/files/${key}`)).status).toBe(404)
})

test('a bucket that fails changes nothing, and nobody keeps that it did', async () => {
  const { design } = await (await banner(png(2, 2))).json<Form>()
  const refuse = async (): Promise<never> => {
    throw new Error('internal error; please try again. (10001)')
  }
  const deaf = new TestWorker({
    FILES: Object.assign(Object.create(env.FILES), { get: refuse, put: refuse }),
  })
  const unread = await deaf.request('GET', design.bannerUrl ?? '')
  expect(unread.status).toBe(503)
  expect(Object.fromEntries(unread.headers)).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'retry-after': '2',
  })
  expect((await worker.request('GET', design.bannerUrl ?? '')).status).toBe(200)
  const { version } = await current()
  const answer = await banner(png(2, 2), deaf)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('Retry-After')).toBe('2')
  expect((await current()).version).toBe(version)
})

// Last: an hour later, the session has ended.
test('an upload that breaks off leaves an object for the sweep, which takes no other', async () => {
  const { design } = await (await banner(png(2, 2))).json<Form>()
  const before = await objects()
  const broken = new TestWorker()
  broken.env.DB = failing(env.DB, (n) => (n === 2 ? { when: 'before', message: LOST } : null))
  expect((await banner(gif(2, 2), broken)).status).toBe(503)
  const [orphan] = (await objects()).filter((key) => !before.includes(key))
  expect(orphan).toMatch(/\.gif$/)
  worker.skew = HOUR_MS + 1
  await sweep(worker.env, () => Date.now() + worker.skew)
  await worker.drain()
  worker.skew = 0
  expect(await objects()).not.toContain(orphan)
  expect(await objects()).toContain(design.bannerUrl?.replace('/form-files/', ''))
})
