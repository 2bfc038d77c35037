import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import jsonBodies from '#worker/testing/corpora/json_bodies.txt?raw'
import massAssignment from '#worker/testing/corpora/mass_assignment_fields.txt?raw'
import unicode from '#worker/testing/corpora/unicode.txt?raw'
import xss from '#worker/testing/corpora/xss.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import {
  application,
  apply,
  applyByPage,
  formToken,
  type PlantedForm,
  plantForm,
} from '#worker/testing/forms.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { type Organization, plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
let org: Organization
let form: PlantedForm
let untouched: Map<string, string>

const log = vi.spyOn(console, 'log')
beforeAll(async () => {
  org = await plantOrganization(worker)
  form = await plantForm(org)
  untouched = await dump()
})
beforeEach(() => log.mockClear())

/** Refused as the sender's mistake, with nothing stored. */
async function expectRefused(response: Response, ...statuses: number[]) {
  expect(statuses.length > 0 ? statuses : [400, 413, 415, 422]).toContain(response.status)
  expect(log.mock.calls.flat().filter((line) => String(line).includes('request_failed'))).toEqual([])
  expect(await response.text()).not.toMatch(/D1_|SQLITE|at .*\.js:/)
}
const expectUntouched = async () => expect(changedTables(untouched, await dump())).toEqual([])

test('an application that is wrong in several places says so at each of them', async () => {
  const body = {
    ...(await application(worker, form, { company: ' ', mail: 'x', kind: 'o3', vat: '1' })),
    agreements: [],
  }
  const response = await apply(worker, form, body)
  expect(response.status).toBe(422)
  const { errors } = await response.json<{ errors: { pointer: string }[] }>()
  expect(errors.map(({ pointer }) => pointer)).toEqual([
    '/answers/company',
    '/answers/mail',
    '/answers/kind',
    '/agreements/terms',
    '/answers/vat',
  ])
  await expectUntouched()
})

test('a page that comes back keeps every answer and names what is wrong', async () => {
  const fields = {
    'a.company': '',
    'a.why': 'Because <we> care',
    'a.kind': 'o2',
    token: await formToken(worker, form),
  }
  const response = await applyByPage(worker, form, fields, { headers: { Accept: 'text/html' } })
  expect(response.status).toBe(422)
  expect(response.headers.get('Content-Type')).toMatch(/text\/html/)
  const page = await response.text()
  expect(page).toContain('Because &lt;we> care')
  expect(page).toContain('Answer this.')
  await expectUntouched()
})

test('fields that only the server decides are refused', async () => {
  const body = await application(worker, form)
  for (const line of payloads(massAssignment)) {
    const field = line.split(/[\s:=]/)[0]?.replaceAll('"', '') || 'state'
    if (['answers', 'agreements', 'token', 'trap', 'seconds', 'turnstile'].includes(field)) continue
    await expectRefused(await apply(worker, form, { ...body, [field]: 1 }), 422)
    await expectRefused(
      await apply(worker, form, { ...body, answers: { ...body.answers, [field]: 'x' } }),
      422,
    )
  }
  await expectUntouched()
})

test('what is no JSON of ours is refused', async () => {
  for (const text of payloads(jsonBodies)) await expectRefused(await apply(worker, form, text))
  await expectUntouched()
})

const bytes = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) =>
  new Uint8Array(new Uint16Array([...`\ufeff${text}`].map((each) => each.charCodeAt(0))).buffer)
const spoiled = (text: string) => {
  const all = bytes(text)
  all[all.indexOf(0x4e)] = 0xff // The N of Newco.
  return all
}

test('text that is not UTF-8 is refused, whatever it says it is', async () => {
  const json = JSON.stringify(await application(worker, form))
  const page = `a.company=Newco&g.terms=on&token=${await formToken(worker, form)}`
  const json8 = { headers: { 'Content-Type': 'application/json' } }
  const page8 = { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }
  await expectRefused(await apply(worker, form, spoiled(json), json8), 400)
  await expectRefused(await apply(worker, form, utf16(json), json8), 400)
  await expectRefused(await apply(worker, form, spoiled(page), page8), 400)
  await expectRefused(await apply(worker, form, page.replace('Newco', '%ff%fe'), page8), 400)
  await expectRefused(await apply(worker, form, page.replace('Newco', '%u1234'), page8), 400)
  const latin = { headers: { 'Content-Type': 'application/json; charset=iso-8859-1' } }
  await expectRefused(await apply(worker, form, json, latin), 415)
  await expectUntouched()
})

test.each<[string, (json: string, token: string) => [string, string], number[]]>([
  ['a megabyte', (json) => ['application/json', json.replace('Newco', 'N'.repeat(1_000_000))], [413]],
  [
    'a hundred thousand keys',
    (json) => [
      'application/json',
      json.replace(
        '"company"',
        `${Array.from({ length: 100_000 }, (_, at) => `"k${at}":1`).join()},"company"`,
      ),
    ],
    [413],
  ],
  [
    'as many keys as a body holds',
    (json) => [
      'application/json',
      json.replace(
        '"company"',
        `${Array.from({ length: 20_000 }, (_, at) => `"k${at}":1`).join()},"company"`,
      ),
    ],
    [422],
  ],
  [
    'deep nesting',
    (json) => ['application/json', json.replace('"Newco"', `${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
    [400],
  ],
  [
    'very many fields of a page',
    (_, token) => ['application/x-www-form-urlencoded', `${'a.company=x&'.repeat(12_100)}token=${token}`],
    [413],
  ],
  [
    'a page of a megabyte',
    (_, token) => ['application/x-www-form-urlencoded', `a.company=${'x'.repeat(1_000_000)}&token=${token}`],
    [413],
  ],
  ['a form with files', (json) => ['multipart/form-data; boundary=x', json], [415]],
  ['plain text', (json) => ['text/plain', json], [415]],
])('%s is refused, and nothing is stored', async (_, make, statuses) => {
  const [type, body] = make(JSON.stringify(await application(worker, form)), await formToken(worker, form))
  await expectRefused(await apply(worker, form, body, { headers: { 'Content-Type': type } }), ...statuses)
  await expectUntouched()
})

test.each([
  ['an empty one', ''],
  ['one too long', 'k'.repeat(256)],
])('a key that is no key is refused: %s', async (_, key) => {
  const headers = { 'Idempotency-Key': key }
  await expectRefused(await apply(worker, form, await application(worker, form), { headers }), 422)
})

test('an address that no form has is answered as nothing', async () => {
  for (const slug of ['nobody', '%2e%2e%2f', '%00', 'a'.repeat(500), "x'--"]) {
    const response = await apply(worker, { ...form, slug }, await application(worker, form))
    expect(response.status).toBe(404)
  }
  await expectUntouched()
})

test('whatever people write is stored as they wrote it, or refused', async () => {
  const open = await plantForm(org, { daily_cap: 0 })
  for (const why of [...payloads(xss), ...payloads(unicode)]) {
    const response = await apply(worker, open, await application(worker, open, { why }))
    expect([201, 422]).toContain(response.status)
    if (response.status !== 201 || !why.trim()) continue
    const { id } = await response.json<{ id: string }>()
    const kept = await worker.env.DB.withSession()
      .prepare('select answers from submissions where org_id = ? and id = ?')
      .bind(org.id, id)
      .first<string>('answers')
    expect(JSON.parse(kept ?? '')).toContainEqual({ questionId: 'why', value: why.trim() })
  }
})

test('pages of the sites that a form lists may read the answer, and no others', async () => {
  const open = await plantForm(org)
  const closed = await plantForm(org, {
    share: '{"public":true,"embed":true,"sites":["https://host.example"]}',
  })
  const ask = (at: PlantedForm, origin: string) =>
    worker.request('OPTIONS', `/apply/${at.slug}`, {
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    })
  expect((await ask(open, 'https://any.example')).headers.get('Access-Control-Allow-Origin')).toBe('*')
  const listed = await ask(closed, 'https://host.example')
  expect([listed.status, listed.headers.get('Access-Control-Allow-Origin')]).toEqual([
    204,
    'https://host.example',
  ])
  expect(listed.headers.get('Access-Control-Allow-Headers')).toBe('Content-Type, Idempotency-Key')
  expect(listed.headers.has('Access-Control-Allow-Credentials')).toBe(false)
  for (const origin of ['https://evil.example', 'null', ''])
    expect((await ask(closed, origin)).headers.has('Access-Control-Allow-Origin')).toBe(false)
  const wrong = await apply(worker, closed, {}, { headers: { Origin: 'https://host.example' } })
  expect([wrong.status, wrong.headers.get('Access-Control-Allow-Origin')]).toEqual([
    422,
    'https://host.example',
  ])
})

test('who sends it is nobody, whatever cookie comes along', async () => {
  const body = await application(worker, form, { company: 'Signed in' })
  const response = await apply(worker, form, body, { cookie: `${org.owner.cookie}; entente-seen=00000001` })
  expect(response.status).toBe(201)
  expect(response.headers.getSetCookie()).toEqual([])
})
