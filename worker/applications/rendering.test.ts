import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { htmlOf } from '#web/form/markdown.ts'
import redirects from '#worker/testing/corpora/open_redirect.txt?raw'
import redos from '#worker/testing/corpora/redos.txt?raw'
import xss from '#worker/testing/corpora/xss.txt?raw'
import { payloads } from '#worker/testing/corpora.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { fresh, type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Form } from './schema.ts'

const MANY_MS = 60_000

const worker = new TestWorker()
let org: Organization
let form: Form

const call = (method: string, path: string, body: unknown) =>
  worker.request(method, `/api/forms${path}`, { cookie: org.owner.cookie, body })
const edit = (body: object) => call('PATCH', `/${form.id}`, { version: form.version, ...body })
const agreement = (more: object = {}) => [
  { id: 'a', kind: 'agreement', title: 'Terms', text: 'Be kind.', ...more },
]

const log = vi.spyOn(console, 'log')
const failures = () => log.mock.calls.flat().filter((line) => String(line).includes('request_failed'))
beforeAll(async () => {
  org = await plantOrganization(worker)
})
beforeEach(async () => {
  log.mockClear()
  form = await (await call('POST', '', { name: fresh('Form') })).json<Form>()
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
