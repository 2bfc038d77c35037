import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { sweep } from '#worker/cron.ts'
import { failing, LOST } from '#worker/testing/faults.ts'
import { recording, TestWorker } from '#worker/testing/harness.ts'
import { gif, jpeg, png, webp } from '#worker/testing/images.ts'
import { acme, enlist, type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Activity, Partner } from './schema.ts'

const worker = new TestWorker()
let org: Organization
let partner: Partner

beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(async () => {
  const made = await worker.request('POST', '/api/partners', { cookie: org.owner.cookie, body: acme() })
  partner = await made.json<Partner>()
  await worker.drain()
})

const call = (method: string, path: string, body?: unknown, cookie = org.owner.cookie, by = worker) =>
  by.request(method, path, { cookie, ...(body === undefined ? {} : { body }) })
const put = (bytes: Uint8Array, by = worker) =>
  call('PUT', `/api/partners/${partner.id}/logo`, bytes, org.owner.cookie, by)
const urlOf = async (answer: Response) => (await answer.json<{ logoUrl: string }>()).logoUrl
const current = async () => (await call('GET', `/api/partners/${partner.id}`)).json<Partner>()
const objects = async () => (await env.FILES.list({ prefix: org.id })).objects.map(({ key }) => key)
const keyOf = (url: string) => url.replace('/files/', '')
const text = (content: string) => new TextEncoder().encode(content)
const cut = (bytes: Uint8Array, by = 1) => bytes.subarray(0, bytes.length - by)
const HOUR_MS = 3_600_000

test.each([
  ['PNG', png(300, 200), 'image/png'],
  ['JPEG', jpeg(300, 200), 'image/jpeg'],
  ['GIF', gif(300, 200), 'image/gif'],
  ['GIF without a trailer', cut(gif(300, 200)), 'image/gif'],
  ['WebP with loss', webp.lossy(300, 200), 'image/webp'],
  ['WebP without loss', webp.lossless(300, 200), 'image/webp'],
  ['extended WebP', webp.extended(300, 200), 'image/webp'],
])('a %s logo is served as what it is, to be kept, and as nothing that runs', async (_, bytes, type) => {
  const answer = await put(bytes)
  expect(answer.status).toBe(200)
  const logoUrl = await urlOf(answer)
  expect((await current()).logoUrl).toBe(logoUrl)
  const served = await call('GET', logoUrl)
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': type,
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  })
})

test('a new logo is an edit of the partner that makes no score due', async () => {
  await put(png(2, 2))
  expect(worker.queued).toEqual([])
  expect((await current()).version).toBe(2)
  const edit = await call('PATCH', `/api/partners/${partner.id}`, { version: 1, rating: 3 })
  expect(edit.status).toBe(409)
  expect(await edit.json()).toMatchObject({ changes: [{ field: 'logo', by: { name: 'Some owner' } }] })
  const activity = await call('GET', `/api/partners/${partner.id}/activity`)
  expect((await activity.json<{ items: Activity[] }>()).items).toMatchObject([
    { kind: 'edit', fields: ['logo'] },
  ])
})

test('a logo costs two round trips, and an answer to who looks at it one', async () => {
  const before = recording.roundTrips
  const logoUrl = await urlOf(await put(png(2, 2)))
  expect(recording.roundTrips - before).toBe(2)
  await call('GET', logoUrl)
  expect(recording.roundTrips - before).toBe(3)
})

test('a logo that is replaced or taken away leaves nothing in the bucket', async () => {
  const first = await urlOf(await put(png(2, 2)))
  const second = await urlOf(await put(gif(2, 2)))
  expect(worker.queued.map(({ kind }) => kind)).toEqual(['delete-files'])
  await worker.drain()
  expect(await objects()).not.toContain(keyOf(first))
  expect((await call('GET', first)).status).toBe(404)
  expect((await call('GET', second)).status).toBe(200)
  expect((await call('DELETE', `/api/partners/${partner.id}/logo`)).status).toBe(204)
  await worker.drain()
  expect((await call('GET', second)).status).toBe(404)
  expect(await objects()).not.toContain(keyOf(second))
  expect((await current()).logoUrl).toBeNull()
  const { version } = await current()
  expect((await call('DELETE', `/api/partners/${partner.id}/logo`)).status).toBe(204)
  expect((await current()).version).toBe(version)
})

test('a deleted partner takes its logo along', async () => {
  const logoUrl = await urlOf(await put(png(2, 2)))
  await worker.drain()
  await call('DELETE', `/api/partners/${partner.id}`)
  await worker.drain()
  expect(await objects()).not.toContain(keyOf(logoUrl))
  expect(await worker.count('stray_files')).toBe(0)
})

test('the logos of an organisation that is gone go by the next sweep, with no message for it', async () => {
  const other = await plantOrganization(worker)
  const made = await call('POST', '/api/partners', acme(), other.owner.cookie)
  const { id } = await made.json<Partner>()
  await call('PUT', `/api/partners/${id}/logo`, png(2, 2), other.owner.cookie)
  await worker.drain()
  await env.DB.prepare('delete from organizations where id = ?').bind(other.id).run()
  await sweep(worker.env, Date.now)
  await worker.drain()
  expect((await env.FILES.list({ prefix: other.id })).objects).toEqual([])
})

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'

test.each([
  ['an SVG', text(SVG)],
  ['an SVG behind a declaration', text(`<?xml version="1.0"?>${SVG}`)],
  ['a page', text('<!doctype html><script>alert(1)</script>')],
  ['nothing', new Uint8Array()],
  ['a BMP', text('BM000000')],
  ['half a signature', png(2, 2).subarray(0, 6)],
  ['a page that begins nearly like a GIF', text('GIF88a<script>alert(1)</script>')],
  ['a WAVE', text('RIFF0000WAVEfmt ')],
])('%s is no image, and the answer says what to do', async (_, bytes) => {
  const answer = await put(bytes)
  expect(answer.status).toBe(415)
  expect(await answer.json()).toMatchObject({ detail: expect.stringMatching(/^Choose a PNG/) })
  expect((await current()).logoUrl).toBeNull()
})

/** The bytes with others at a place. */
const patched = (bytes: Uint8Array, at: number, ...values: number[]) => {
  const copy = bytes.slice()
  copy.set(values, at)
  return copy
}

test.each([
  ['a PNG without its end', cut(png(2, 2), 12)],
  ['a PNG that is cut in its last letter', cut(png(2, 2), 5)],
  ['a PNG of nothing but its signature', png(2, 2).subarray(0, 8)],
  ['a PNG whose first chunk is another', patched(png(2, 2), 12, 65)],
  ['a PNG whose chunk is longer than the file', patched(png(2, 2), 33, 0x7f, 0xff)],
  ['a JPEG without its end', cut(jpeg(2, 2), 2)],
  ['a JPEG without a frame', patched(jpeg(2, 2), 21, 0xfe)],
  ['a JPEG whose segment has no length', patched(jpeg(2, 2), 4, 0, 0)],
  ['a GIF without its last block', cut(gif(2, 2), 2)],
  ['a GIF without a frame', patched(gif(2, 2), 19, 0x3b)],
  ['a GIF with a block of no kind', patched(gif(2, 2), 19, 0x77)],
  ['a WebP that is cut', cut(webp.lossy(2, 2))],
  ['a WebP of no kind', patched(webp.lossy(2, 2), 15, 65)],
  ['a WebP whose frame does not begin', patched(webp.lossy(2, 2), 23, 0)],
  ['a PNG without width', png(0, 2)],
  ['a JPEG without height', jpeg(2, 0)],
  ['a PNG that unpacks to 4 GB', png(32_768, 32_768)],
  ['a PNG of the largest numbers', png(0xffff_ffff, 1)],
  ['a PNG one pixel too wide', png(4_097, 1)],
  ['a JPEG one pixel too high', jpeg(1, 4_097)],
  ['a GIF of the largest numbers', gif(65_535, 65_535)],
  ['a GIF whose frame is larger than it says', gif(2, 2, { width: 65_535, height: 65_535 })],
  ['a WebP one pixel too wide', webp.lossy(4_097, 1)],
  ['a lossless WebP one pixel too high', webp.lossless(1, 4_097)],
  ['an extended WebP of the largest numbers', webp.extended(16_777_216, 16_777_216)],
])('%s is refused with a sentence', async (_, bytes) => {
  const before = await objects()
  const answer = await put(bytes)
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ detail: expect.stringMatching(/^This image .*\. \S.*\.$/) })
  expect(await objects()).toEqual(before)
})

test('an image of 4,096 by 4,096 pixels is taken, and one of 2 MiB, but no byte more', async () => {
  expect((await put(png(4_096, 4_096))).status).toBe(200)
  const empty = png(1, 1, 0).length
  expect((await put(png(1, 1, 2 * 1_024 * 1_024 - empty))).status).toBe(200)
  const answer = await put(png(1, 1, 2 * 1_024 * 1_024 - empty + 1))
  expect(answer.status).toBe(413)
  expect(await answer.json()).toMatchObject({ detail: 'Send 2 MiB at most.' })
})

test('nobody else sees a logo, however they ask', async () => {
  const logoUrl = await urlOf(await put(png(2, 2)))
  const stranger = await plantOrganization(worker)
  expect((await call('GET', logoUrl, undefined, '')).status).toBe(401)
  expect((await call('GET', logoUrl, undefined, stranger.owner.cookie)).status).toBe(404)
  const key = keyOf(logoUrl)
  for (const path of [
    `${stranger.id}-..%2f${key}`,
    `..%2f${key}`,
    `./../files/../${key}`,
    `${key}%00`,
    key.slice(0, -4),
  ])
    expect([path, (await call('GET', `/files/${path}`)).status]).toEqual([path, 404])
  expect((await call('GET', logoUrl, undefined, (await enlist(worker, org, 'viewer')).cookie)).status).toBe(
    200,
  )
})

test('a viewer gives no logo and takes none away', async () => {
  const { cookie } = await enlist(worker, org, 'viewer')
  const path = `/api/partners/${partner.id}/logo`
  const before = await objects()
  expect((await call('PUT', path, png(2, 2), cookie)).status).toBe(403)
  expect((await call('DELETE', path, undefined, cookie)).status).toBe(403)
  expect(await objects()).toEqual(before)
})

test('a bucket that fails changes nothing, and one that fails to delete is asked again', async () => {
  const first = keyOf(await urlOf(await put(png(2, 2))))
  await worker.drain()
  const refuse = (): never => {
    throw new Error('internal error; please try again. (10001)')
  }
  const deaf = new TestWorker({
    FILES: Object.assign(Object.create(env.FILES), { get: refuse, put: refuse, delete: refuse }),
  })
  const unread = await call('GET', `/files/${first}`, undefined, org.owner.cookie, deaf)
  expect(unread.status).toBe(503)
  expect(Object.fromEntries(unread.headers)).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'retry-after': '2',
  })
  expect((await call('GET', `/files/${first}`)).status).toBe(200)
  expect((await put(gif(2, 2), deaf)).status).toBe(503)
  expect((await current()).logoUrl).toBe(`/files/${first}`)
  await call('DELETE', `/api/partners/${partner.id}/logo`)
  worker.queued.splice(0)
  await sweep(deaf.env, Date.now)
  await deaf.drain()
  expect(await objects()).toContain(first)
  await sweep(worker.env, Date.now)
  await worker.drain()
  expect(await objects()).not.toContain(first)
})

// Last: an hour later, the session has ended.
test('an upload that breaks off leaves an object for the sweep, which takes no other', async () => {
  const kept = keyOf(await urlOf(await put(png(2, 2))))
  await worker.drain()
  const before = await objects()
  const broken = new TestWorker()
  // The first round trip notes the object, the second was to hold it.
  broken.env.DB = failing(env.DB, (n) => (n === 2 ? { when: 'before', message: LOST } : null))
  expect((await put(gif(2, 2), broken)).status).toBe(503)
  const [orphan] = (await objects()).filter((key) => !before.includes(key))
  expect(orphan).toMatch(/\.gif$/)
  await sweep(worker.env, Date.now)
  await worker.drain()
  expect(await objects()).toContain(orphan)
  const later = () => Date.now() + HOUR_MS + 1
  await sweep(worker.env, later)
  worker.skew = HOUR_MS + 1
  await worker.drain()
  worker.skew = 0
  expect(await objects()).not.toContain(orphan)
  expect(await objects()).toContain(kept)
  expect(await worker.count('stray_files')).toBe(0)
})
