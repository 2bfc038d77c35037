import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import csvFormulas from '#worker/testing/corpora/csv_formula.txt?raw'
import notifications from '#worker/testing/corpora/notify_injection.txt?raw'
import redos from '#worker/testing/corpora/redos.txt?raw'
import unicode from '#worker/testing/corpora/unicode.txt?raw'
import vnodes from '#worker/testing/corpora/vnode_json.txt?raw'
import xss from '#worker/testing/corpora/xss.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Partner } from './schema.ts'

const worker = new TestWorker()
let org: Organization

beforeAll(async () => {
  org = await plantOrganization(worker)
})

/** Every text of a new partner that is not of a form of its own, by its pointer. */
const TEXTS = [
  '/name',
  '/subtype',
  '/tags/0',
  '/jointValueProposition',
  '/keyStakeholders/0/name',
  '/keyStakeholders/0/role',
  '/primaryContact/firstName',
  '/primaryContact/lastName',
  '/primaryContact/title',
  '/primaryContact/phone',
] as const
type Pointer = (typeof TEXTS)[number]

/** A new partner with these values at these texts. */
function bodyWith(values: Partial<Record<Pointer, unknown>>) {
  const at = (pointer: Pointer, otherwise: unknown) => (pointer in values ? values[pointer] : otherwise)
  return acme({
    name: at('/name', 'Acme'),
    subtype: at('/subtype', null),
    tags: [at('/tags/0', 'tag')],
    jointValueProposition: at('/jointValueProposition', null),
    keyStakeholders: [
      {
        name: at('/keyStakeholders/0/name', 'Ada'),
        role: at('/keyStakeholders/0/role', ''),
        side: 'partner',
        email: null,
      },
    ],
    primaryContact: {
      firstName: at('/primaryContact/firstName', 'Ada'),
      lastName: at('/primaryContact/lastName', 'Lovelace'),
      email: `${fresh('ada')}@acme.example`,
      title: at('/primaryContact/title', null),
      phone: at('/primaryContact/phone', null),
    },
  })
}
const readFrom = (partner: Partner): Record<Pointer, string | null | undefined> => ({
  '/name': partner.name,
  '/subtype': partner.subtype,
  '/tags/0': partner.tags[0],
  '/jointValueProposition': partner.jointValueProposition,
  '/keyStakeholders/0/name': partner.keyStakeholders[0]?.name,
  '/keyStakeholders/0/role': partner.keyStakeholders[0]?.role,
  '/primaryContact/firstName': partner.contacts[0]?.firstName,
  '/primaryContact/lastName': partner.contacts[0]?.lastName,
  '/primaryContact/title': partner.contacts[0]?.title,
  '/primaryContact/phone': partner.contacts[0]?.phone,
})
const post = (body: unknown) => worker.request('POST', '/api/partners', { body, cookie: org.owner.cookie })
const isPointer = (text: string): text is Pointer => TEXTS.some((each) => each === text)

/** Sends a text everywhere at once; where it is refused, sends the rest. Answers the texts that refused it. */
async function refusedBy(text: string): Promise<Pointer[]> {
  const everywhere = Object.fromEntries(TEXTS.map((pointer) => [pointer, text]))
  const first = await post(bodyWith(everywhere))
  if (first.status === 201) return expectKept(first, text, [])
  expect([text, first.status]).toEqual([text, 422])
  const { errors = [] } = await first.json<Problem>()
  const refused = errors.map(({ pointer }) => pointer).filter(isPointer)
  expect(refused).toHaveLength(errors.length)
  for (const { detail } of errors) expect(detail).not.toBe('')
  const rest = Object.fromEntries(TEXTS.filter((each) => !refused.includes(each)).map((each) => [each, text]))
  return expectKept(await post(bodyWith(rest)), text, refused)
}

/** What was accepted is read back exactly, but for blanks at both ends; nothing but blanks is nothing. */
async function expectKept(response: Response, text: string, refused: Pointer[]) {
  expect([text, response.status]).toEqual([text, 201])
  const { id } = await response.json<{ id: string }>()
  const answer = await worker.request('GET', `/api/partners/${id}`, { cookie: org.owner.cookie })
  const read = readFrom(await answer.json<Partner>())
  for (const pointer of TEXTS.filter((each) => !refused.includes(each)))
    expect([pointer, read[pointer] ?? '']).toEqual([pointer, text.trim()])
  return refused
}

const LIMITS: Record<Pointer, number> = {
  '/name': 200,
  '/subtype': 200,
  '/tags/0': 50,
  '/jointValueProposition': 10_000,
  '/keyStakeholders/0/name': 200,
  '/keyStakeholders/0/role': 200,
  '/primaryContact/firstName': 200,
  '/primaryContact/lastName': 200,
  '/primaryContact/title': 200,
  '/primaryContact/phone': 50,
}
const tooLongFor = (text: string) => TEXTS.filter((pointer) => text.length > LIMITS[pointer])

test('markup of every kind is text like any other: kept as it is, refused only for its length', async () => {
  const texts = payloads(xss)
  expect(texts.length).toBeGreaterThan(50)
  for (const text of texts) expect([text, await refusedBy(text)]).toEqual([text, tooLongFor(text)])
})

test('formulas of spreadsheets are kept as they are, or refused where they break the line', async () => {
  for (const text of payloads(csvFormulas)) {
    const refused = await refusedBy(text)
    if (!/\p{Cc}/u.test(text.trim())) expect([text, refused]).toEqual([text, tooLongFor(text)])
  }
})

test('text that attacks mails and messages is kept on one line or refused', async () => {
  for (const text of payloads(notifications)) {
    const refused = await refusedBy(text)
    expect([text, refused.includes('/name')]).toEqual([text, /[\r\n\u2028]/.test(text) || text.length > 200])
  }
})

test('every script, sign and joiner is kept as it is, or refused with a reason', async () => {
  const texts = payloads(unicode)
  expect(texts.length).toBeGreaterThan(60)
  for (const text of texts) {
    const refused = await refusedBy(text)
    if (!text.isWellFormed() || text.includes('\0')) expect(refused).toEqual([...TEXTS])
    if (/^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text) && /[^\s\p{DI}]/u.test(text))
      expect([text, refused]).toEqual([text, tooLongFor(text)])
  }
})

test.each(['\u115f', '\u3164', '\u200b\u200d', '\u2060', '\u202e\u202c', '\ufe0f', '\u{e0041}'])(
  'a name that nobody can see is none: %j',
  async (name) => {
    expect(await refusedBy(name)).toContain('/name')
  },
)

test('a value that is no text is refused at its field, and nothing is stored', async () => {
  const before = await dump()
  const values = payloads(vnodes)
  for (const json of values)
    for (const pointer of TEXTS) {
      const value: unknown = JSON.parse(json)
      if (value === null) continue
      const response = await post(bodyWith({ [pointer]: value }))
      expect([json, pointer, response.status]).toEqual([json, pointer, 422])
      const { errors } = await response.json<Problem>()
      expect(errors?.map((each) => each.pointer)).toEqual([pointer])
    }
  expect(changedTables(before, await dump())).toEqual([])
})

test('a field that may be empty takes null, and any other refuses it', async () => {
  const nullable = ['/subtype', '/jointValueProposition', '/primaryContact/title', '/primaryContact/phone']
  for (const pointer of TEXTS) {
    const response = await post(bodyWith({ [pointer]: null }))
    expect([pointer, response.status]).toEqual([pointer, nullable.includes(pointer) ? 201 : 422])
  }
})

/** `a*N + !` is the letter a, N times, and an exclamation mark. */
const built = (line: string) => {
  const [spec = '', size = '1'] = line.split('\t')
  const [, unit = '', tail = ''] = /^(.*?) ?\* ?N(?: \+ (.*))?$/.exec(spec) ?? []
  return unit.replace('\\t', '\t').repeat(Number(size)) + tail
}

test('texts that are long and nearly right are refused for their length', async () => {
  for (const line of payloads(redos)) {
    const text = built(line)
    expect(text.length).toBeGreaterThan(20_000)
    for (const changes of [
      { name: text },
      { domain: text },
      { tags: [text] },
      { languages: [text] },
      { jointValueProposition: text },
    ]) {
      const response = await post(acme(changes))
      expect([line, response.status]).toEqual([line, 422])
    }
    const contact = await post(
      acme({ primaryContact: { firstName: 'Ada', lastName: 'Lovelace', email: text } }),
    )
    expect([line, contact.status]).toEqual([line, 422])
  }
})

test('hostile text costs no table: everything still stands', async () => {
  expect(await worker.count('partners')).toBeGreaterThan(150)
  const { results } = await env.DB.prepare('pragma foreign_key_check').all()
  expect(results).toEqual([])
})
