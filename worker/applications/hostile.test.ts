import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { htmlOf } from '#web/form/markdown.ts'
import designValues from '#worker/testing/corpora/design_values.txt?raw'
import notify from '#worker/testing/corpora/notify_injection.txt?raw'
import redirects from '#worker/testing/corpora/open_redirect.txt?raw'
import redos from '#worker/testing/corpora/redos.txt?raw'
import ssrf from '#worker/testing/corpora/ssrf_urls.txt?raw'
import unicode from '#worker/testing/corpora/unicode.txt?raw'
import vnodes from '#worker/testing/corpora/vnode_json.txt?raw'
import xss from '#worker/testing/corpora/xss.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Form, FormVersion } from './schema.ts'

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

/** Every place of a form that people write text into. */
const TEXTS: Record<string, (text: string) => object> = {
  name: (name) => ({ name }),
  'title of the page': (title) => ({ content: { title } }),
  description: (description) => ({ content: { description } }),
  'name of the button': (submitLabel) => ({ content: { submitLabel } }),
  'success message': (successMessage) => ({ content: { successMessage } }),
  'title of a section': (title) => ({ sections: [{ ...fields(question())[0], title }] }),
  'description of a section': (description) => ({ sections: [{ ...fields(question())[0], description }] }),
  question: (label) => ({ sections: fields(question({ label })) }),
  help: (help) => ({ sections: fields(question({ help })) }),
  placeholder: (placeholder) => ({ sections: fields(question({ placeholder })) }),
  option: (label) => ({ sections: fields(question({ type: 'select', options: [{ id: 'o', label }] })) }),
  'title of an agreement': (title) => ({ sections: agreement({ title }) }),
  agreement: (text) => ({ sections: agreement({ text }) }),
}
/** Every place of a form that takes one of few values. */
const VALUES: Record<string, (value: unknown) => object> = {
  state: (state) => ({ state }),
  'banner colour': (bannerColor) => ({ design: { bannerColor } }),
  accent: (accent) => ({ design: { accent } }),
  font: (font) => ({ design: { font } }),
  'banner height': (bannerHeight) => ({ design: { bannerHeight } }),
  banner: (bannerUrl) => ({ design: { bannerUrl } }),
  document: (documentUrl) => ({ sections: agreement({ documentUrl: documentUrl || 'x' }) }),
  language: (language) => ({ content: { language } }),
  site: (site) => ({ share: { sites: [site] } }),
  recipient: (email) => ({ notifications: { emails: [email] } }),
  rhythm: (rhythm) => ({ notifications: { rhythm } }),
  webhook: (slackWebhook) => ({ notifications: { slackWebhook } }),
  'id of a question': (id) => ({ sections: fields(question({ id })) }),
  'id of an option': (id) => ({ sections: fields(question({ options: [{ id, label: 'A' }] })) }),
  'type of a question': (type) => ({ sections: fields(question({ type })) }),
  mapping: (mapsTo) => ({ sections: fields(question({ mapsTo })) }),
  bound: (min) => ({ sections: fields(question({ min })) }),
}

const HOSTILE = [...payloads(xss), ...payloads(unicode), ...payloads(notify)]

/** At every path of `change`, what the answer holds there. */
function picked(answer: unknown, change: unknown): unknown {
  if (Array.isArray(change)) return change.map((each, at) => picked(Reflect.get(Object(answer), at), each))
  if (typeof change !== 'object' || change === null) return answer
  return Object.fromEntries(
    Object.entries(change).map(([key, each]) => [key, picked(Reflect.get(Object(answer), key), each)]),
  )
}
const trimmed = (value: unknown) =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'string' ? each.trim() : each))

test.each(Object.entries(TEXTS))(
  'hostile text as %s comes back as it was, or is refused',
  async (_, changeTo) => {
    for (const text of HOSTILE) {
      const change = changeTo(text)
      const answer = await edit(change)
      if (answer.status === 422) continue
      expect([text, answer.status]).toEqual([text, 200])
      form = await answer.json<Form>()
      expect(picked(form, change)).toEqual(trimmed(change))
      expect(await (await call('GET', `/${form.id}`)).json()).toEqual(form)
    }
    expect(failures()).toEqual([])
  },
  MANY_MS,
)

test.each(Object.entries(VALUES))(
  'a %s is never one that nobody offers',
  async (_, changeTo) => {
    const before = await stored()
    const hostile = [
      ...payloads(designValues),
      ...payloads(redirects),
      ...payloads(ssrf).map((line) => line.split('\t')[0]),
    ]
    for (const value of [...hostile, ...HOSTILE]) {
      const answer = await edit(changeTo(value))
      // A word is a fine id and a fine language, and an address that is one is a site.
      if (answer.status === 200) {
        form = await answer.json<Form>()
        continue
      }
      expect([value, answer.status]).toEqual([value, 422])
    }
    const after = await stored()
    expect(failures()).toEqual([])
    expect([...new Set(after.match(/<script|javascript:|169\.254|onerror|expression\(/gi) ?? [])]).toEqual([])
    if (form.version === 1) expect(after).toBe(before)
  },
  MANY_MS,
)

test.each(Object.keys(TEXTS))('no %s is anything but text', async (place) => {
  for (const line of payloads(vnodes)) {
    const answer = await edit(TEXTS[place]?.(JSON.parse(line)) ?? {})
    expect([line, answer.status]).toEqual([line, 422])
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

/** Elements and attributes that the rendering of Markdown may bring forth. */
const ELEMENTS = new Set([
  ...['p', 'br', 'hr', 'em', 'strong', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'h3', 'h4'],
  ...['h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
])
const ATTRIBUTES =
  /^(?:href="(?:https?:\/\/|mailto:)[^"<>]*"|target="_blank"|rel="noopener noreferrer nofollow"|align="(?:left|right|center)"|start="\d+"|class="language-[^"<>\s]*")$/i

/** Tags of HTML that are not of the few kinds above. */
const strange = (html: string) =>
  [...html.matchAll(/<[^>]*>?/g)].filter(([tag]) => {
    const [, name = '', attributes = ''] =
      /^<\/?([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*\/?>$/i.exec(tag) ?? []
    const all = attributes.match(/[a-z-]+="[^"]*"/gi) ?? []
    return !ELEMENTS.has(name.toLowerCase()) || all.some((each) => !ATTRIBUTES.test(each))
  })

const MARKUP = [
  (text: string) => text,
  (text: string) => `[label](${text})`,
  (text: string) => `[label](<${text}>)`,
  (text: string) => `![alt](${text} "${text}")`,
  (text: string) => `![${text}](x)`,
  (text: string) => `[label][ref]\n\n[ref]: ${text} "${text}"`,
  (text: string) => `[${text}](https://www.example.com "${text}")`,
  (text: string) => `<${text}>`,
  (text: string) => `https://www.example.com/${text}`,
  (text: string) => `\`${text}\``,
  (text: string) => `\`\`\`${text}\n${text}\n\`\`\``,
  (text: string) => `| ${text} |\n|---|\n| ${text} |`,
  (text: string) => `# ${text}\n- [ ] ${text}\n> ${text}\n1. ${text}`,
]
const LINKS = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  '&#106;avascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  '//x.invalid',
  '/api/forms',
  '\x01javascript:alert(1)',
  'https:javascript:alert(1)"onmouseover="alert(1)',
]

test('no Markdown becomes anything that runs, loads or leads elsewhere than to the web', () => {
  for (const text of [...payloads(xss), ...payloads(redirects), ...LINKS])
    for (const [at, markup] of MARKUP.entries()) {
      const html = htmlOf(markup(text))
      expect([at, text, html, strange(html).map(([tag]) => tag)]).toEqual([at, text, html, []])
    }
  expect(strange('<img src=x>').length + strange('<a href="javascript:x">').length).toBe(2)
})

test(
  'texts that are hard to read are rendered in time, or refused at their place',
  async () => {
    const lines = payloads(redos).map((line) => line.split('\t')[0]?.replace(/ \* N.*$/, '') ?? '')
    for (const unit of [
      ...lines,
      '>',
      '1. ',
      '> - ',
      '- ',
      '__a',
      '****a',
      '![',
      'a@b.co ',
      '<!--',
      '&',
      '|',
    ]) {
      const text = unit.repeat(10_000).slice(0, 10_000)
      const answer = await edit({ sections: agreement({ text }) })
      expect([unit, [200, 422].includes(answer.status)]).toEqual([unit, true])
      if (answer.ok) form = await answer.json<Form>()
      else expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/sections/0/text' }] })
    }
    expect(failures()).toEqual([])
  },
  MANY_MS,
)

test('a form whose links grow beyond what a row holds is refused with a sentence', async () => {
  const text = 'a@b.co '.repeat(1_400)
  const sections = Array.from({ length: 20 }, (_, at) => ({ ...agreement({ text })[0], id: `a${at}` }))
  const answer = await edit({ sections })
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({
    errors: [{ pointer: '/sections', detail: expect.stringMatching(/too large/) }],
  })
  expect(failures()).toEqual([])
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

test('what was saved is what applicants will see', async () => {
  const saved = await (await edit({ content: { description: '<img src=x onerror=alert(1)>' } })).json<Form>()
  const content = await env.DB.prepare('select content from snapshots where subject_id = ? and n = 2')
    .bind(saved.id)
    .first<string>('content')
  const version: FormVersion = JSON.parse(content ?? 'null')
  expect(strange(version.html.description)).toEqual([])
})
