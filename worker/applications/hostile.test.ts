import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import designValues from '#worker/testing/corpora/design_values.txt?raw'
import notify from '#worker/testing/corpora/notify_injection.txt?raw'
import redirects from '#worker/testing/corpora/open_redirect.txt?raw'
import ssrf from '#worker/testing/corpora/ssrf_urls.txt?raw'
import unicode from '#worker/testing/corpora/unicode.txt?raw'
import vnodes from '#worker/testing/corpora/vnode_json.txt?raw'
import xss from '#worker/testing/corpora/xss.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Form } from './schema.ts'

const MANY_MS = 60_000

const worker = new TestWorker()
let org: Organization
let form: Form

const call = (method: string, path: string, body?: unknown) =>
  worker.request(method, `/api/forms${path}`, {
    cookie: org.owner.cookie,
    ...(body === undefined ? {} : { body }),
  })
const question = (more: object = {}) => ({
  id: 'q',
  type: 'text',
  label: 'Company',
  required: false,
  ...more,
})
const fields = (...questions: object[]) => [{ id: 's', kind: 'fields', title: 'You', questions }]
const agreement = (more: object = {}) => [
  { id: 'a', kind: 'agreement', title: 'Terms', text: 'Be kind.', ...more },
]

const log = vi.spyOn(console, 'log')
beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(async () => {
  log.mockClear()
  form = await (await call('POST', '', { name: fresh('Form'), sections: fields(question()) })).json<Form>()
})

const failures = () => log.mock.calls.flat().filter((line) => String(line).includes('request_failed'))
const edit = (body: object) => call('PATCH', `/${form.id}`, { version: form.version, ...body })
/** What a save left in the database, of the form and its versions. */
const stored = async () =>
  JSON.stringify(
    await env.DB.batch([
      env.DB.prepare('select * from forms where id = ?').bind(form.id),
      env.DB.prepare('select * from snapshots where subject_id = ?').bind(form.id),
    ]).then((all) => all.map(({ results }) => results)),
  )

const HOSTILE = [...payloads(xss), ...payloads(unicode), ...payloads(notify)]
const ADDRESSES = [...payloads(redirects), ...payloads(ssrf).map((line) => line.split('\t')[0] ?? '')]

type At = (pointer: string) => unknown

/** A form with something at every place that people write text into. */
const texts = (at: At) => ({
  name: at('/name'),
  content: {
    title: at('/content/title'),
    description: at('/content/description'),
    submitLabel: at('/content/submitLabel'),
    successMessage: at('/content/successMessage'),
  },
  sections: [
    {
      id: 's',
      kind: 'fields',
      title: at('/sections/0/title'),
      description: at('/sections/0/description'),
      questions: [
        {
          id: 'q',
          type: 'select',
          required: false,
          label: at('/sections/0/questions/0/label'),
          help: at('/sections/0/questions/0/help'),
          placeholder: at('/sections/0/questions/0/placeholder'),
          options: [{ id: 'o', label: at('/sections/0/questions/0/options/0/label') }],
        },
      ],
    },
    { id: 'a', kind: 'agreement', title: at('/sections/1/title'), text: at('/sections/1/text') },
  ],
})
const PLACES: string[] = []
texts((pointer) => PLACES.push(pointer))

const trimmed = (value: unknown) =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'string' ? each.trim() : each))
const pointersOf = async (answer: Response) =>
  (await answer.json<{ errors: { pointer: string }[] }>()).errors.map(({ pointer }) => pointer)

test(
  'hostile text comes back from every place as it was, or is refused there',
  async () => {
    let kept = 0
    for (const text of HOSTILE) {
      const whole = await edit(texts(() => text))
      const refused = whole.ok ? [] : await pointersOf(whole)
      expect([text, refused.filter((pointer) => !PLACES.includes(pointer))]).toEqual([text, []])
      kept += PLACES.length - refused.length
      const change = texts((pointer) => (refused.includes(pointer) ? 'fine' : text))
      const answer = whole.ok ? whole : await edit(change)
      expect([text, answer.status]).toEqual([text, 200])
      form = await answer.json<Form>()
      const { name, content, sections } = form
      expect({ name, content, sections }).toMatchObject(trimmed(change))
    }
    expect(await (await call('GET', `/${form.id}`)).json()).toEqual(form)
    expect(kept).toBeGreaterThan((HOSTILE.length * PLACES.length) / 2)
    expect(failures()).toEqual([])
  },
  MANY_MS,
)

/** A form with something at every place that takes one of few values. */
const values = (at: At) => ({
  state: at('/state'),
  design: {
    bannerColor: at('/design/bannerColor'),
    accent: at('/design/accent'),
    font: at('/design/font'),
    bannerHeight: at('/design/bannerHeight'),
  },
  notifications: { rhythm: at('/notifications/rhythm'), slackWebhook: at('/notifications/slackWebhook') },
  dailyCap: at('/dailyCap'),
  sections: fields({
    ...question(),
    type: at('/sections/0/questions/0/type'),
    required: at('/sections/0/questions/0/required'),
    min: at('/sections/0/questions/0/min'),
    maxLength: at('/sections/0/questions/0/maxLength'),
    mapsTo: at('/sections/0/questions/0/mapsTo'),
  }),
})

test(
  'no place that offers values takes another one',
  async () => {
    const all: string[] = []
    values((pointer) => all.push(pointer))
    for (const value of [...payloads(designValues), ...ADDRESSES, ...HOSTILE]) {
      const answer = await edit(values(() => value))
      expect([value, (await pointersOf(answer)).toSorted()]).toEqual([value, all.toSorted()])
    }
    expect((await (await call('GET', `/${form.id}`)).json<Form>()).version).toBe(1)
  },
  MANY_MS,
)

test(
  'a form names no file, site, person or key that could do harm',
  async () => {
    for (const value of [...payloads(designValues), ...ADDRESSES, ...payloads(notify)]) {
      const files = await edit({
        design: { bannerUrl: value },
        sections: agreement({ documentUrl: value || 'x' }),
      })
      expect([value, files.status]).toEqual([value, 422])
      for (const change of [
        { share: { sites: [value] } },
        { notifications: { emails: [value] } },
        { content: { language: value } },
        { sections: fields(question({ id: value, options: [{ id: value, label: 'A' }] })) },
      ]) {
        const answer = await edit(change)
        // A word is a fine id or language, and some addresses are sites or mailboxes.
        if (answer.ok) form = await answer.json<Form>()
        else expect([value, answer.status]).toEqual([value, 422])
      }
      const { share, content } = form
      for (const site of share.sites) expect(site).toMatch(/^https?:\/\/[a-z0-9.-]+(?::\d+)?$/)
      expect(content.language).toMatch(/^[\w-]+$/)
    }
    expect(failures()).toEqual([])
  },
  MANY_MS,
)

test('nothing but text is text', async () => {
  for (const line of payloads(vnodes)) {
    const answer = await edit(texts(() => JSON.parse(line)))
    expect([line, [...new Set(await pointersOf(answer))].toSorted()]).toEqual([line, PLACES.toSorted()])
  }
  expect((await (await call('GET', `/${form.id}`)).json<Form>()).version).toBe(1)
})

test.each([
  ['a', 422],
  ['ab', 422],
  ['abc', 200],
  ['x'.repeat(64), 200],
  ['x'.repeat(65), 422],
  ['a/b', 422],
  ['a b', 422],
  ['аbc', 422],
  ['__proto__', 422],
  ['robots.txt', 422],
  ['../apply', 422],
  ['a%2fb', 422],
  ['  ABC-def  ', 200],
])('the address %s is answered %i', async (slug, status) => {
  const given =
    status === 200 && slug.trim().length === 3 ? slug.replace('abc', fresh('abc').slice(0, 40)) : slug
  expect((await edit({ slug: given })).status).toBe(status)
})

test('only addresses of Slack are kept as a webhook', async () => {
  for (const slackWebhook of [
    'http://hooks.slack.com/services/T/B/x',
    'https://hooks.slack.com.evil.invalid/services/T/B/x',
    'https://evil.invalid@hooks.slack.com/services/T/B/x',
    'https://hooks.slack.com@evil.invalid/services/T/B/x',
    'https://hooks.slack.com:8443/services/T/B/x',
    'https://hooks.slack.com/services/T/../../x',
    'https://hooks.slack.com/services/T/B/x?to=evil',
    'https://hooks.slack.com/services/T/B/x#y',
    'https://hooks.slack.com/',
    'https://slack.com/services/T/B/x',
  ]) {
    const answer = await edit({ notifications: { slackWebhook } })
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/notifications/slackWebhook' }] })
  }
  expect(await worker.count('forms', 'id = ? and slack_webhook is null', form.id)).toBe(1)
})

test('more questions, options, sections, sites or recipients than there may be are refused', async () => {
  const many = <T>(n: number, each: (at: number) => T) => Array.from({ length: n }, (_, at) => each(at))
  for (const [pointer, change] of [
    ['/sections', { sections: many(51, (at) => ({ ...fields()[0], id: `s${at}` })) }],
    ['/sections/0/questions', { sections: fields(...many(101, (at) => question({ id: `q${at}` }))) }],
    [
      '/sections/0/questions/0/options',
      { sections: fields(question({ options: many(101, (at) => ({ id: `o${at}`, label: `${at}` })) })) },
    ],
    ['/share/sites', { share: { sites: many(101, (at) => `https://s${at}.example`) } }],
    ['/notifications/emails', { notifications: { emails: many(21, (at) => `a${at}@people.example`) } }],
  ] as const) {
    const answer = await edit(change)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ pointer }] })
  }
})

const OVERSIZED: readonly (readonly [string, string, number])[] = [
  [
    'a megabyte of text',
    JSON.stringify({ version: 1, content: { description: 'x'.repeat(1_000_000) } }),
    413,
  ],
  ['a hundred thousand keys', `{${Array.from({ length: 100_000 }, (_, at) => `"k${at}":0`).join()}}`, 413],
  ['twenty thousand keys', `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":0`).join()}}`, 422],
  ['sections within sections', `{"version":1,"sections":${'['.repeat(20)}${']'.repeat(20)}}`, 400],
  [
    'a section that holds itself',
    `{"version":1,"sections":[${'{"questions":['.repeat(6)}${']}'.repeat(6)}]}`,
    400,
  ],
]

test.each(OVERSIZED)('%s is refused, and nothing is stored', async (_, body, status) => {
  const before = await stored()
  expect((await call('PATCH', `/${form.id}`, body)).status).toBe(status)
  expect((await call('POST', '', body)).status).toBe(status)
  expect(await stored()).toBe(before)
  expect(failures()).toEqual([])
})

test('unknown fields are refused at every depth of a form', async () => {
  const places: Record<string, object> = {
    '/sections/0/surprise': { sections: [{ ...fields()[0], surprise: 1 }] },
    '/sections/0/questions/0/showIf': { sections: fields(question({ showIf: {} })) },
    '/sections/0/questions/0/options/0/value': {
      sections: fields(question({ options: [{ id: 'a', label: 'A', value: 1 }] })),
    },
    '/sections/0/questions': { sections: agreement({ questions: [] }) },
  }
  for (const [pointer, change] of Object.entries(places))
    expect(await (await edit(change)).json()).toMatchObject({ errors: [{ pointer }] })
})
