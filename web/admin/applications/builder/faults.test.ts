import { expect, test } from 'vitest'
import { type FormDraft, newAgreement, newFieldSection, newQuestion } from './draft.ts'
import { embedCodeOf, siteOf } from './embed-code.ts'
import { builderPartOf, faultyIds, placeAt, placed, visiblyWrong } from './faults.ts'

const DRAFT: FormDraft = {
  name: 'Partners',
  slug: 'partners',
  sections: [
    { ...newFieldSection(), id: 's1', questions: [{ ...newQuestion('number'), id: 'q1' }] },
    { ...newAgreement(), id: 's2' },
  ],
  design: { bannerUrl: null, bannerColor: null, bannerHeight: 160, font: 'system', accent: '#1a56db' },
  content: { title: 'Apply', description: '', submitLabel: 'Send', successMessage: '', language: 'en' },
  share: { public: true, embed: false, sites: [] },
  notifications: { emails: [], rhythm: 'each' },
  dailyCap: '1000',
}

test.each([
  ['/sections/0/questions/0/label', 'q:q1/label', 'questions'],
  ['/sections/0/questions/0/options/3/label', 'q:q1/options', 'questions'],
  ['/sections/0/questions/0', 'q:q1/label', 'questions'],
  ['/sections/0/title', 's:s1/title', 'questions'],
  ['/sections/0/questions', 's:s1/questions', 'questions'],
  ['/sections/1/text', 's:s2/text', 'questions'],
  ['/sections/7/title', 'sections', 'questions'],
  ['/design/accent', 'design/accent', 'design'],
  ['/content/submitLabel', 'content/submitLabel', 'content'],
  ['/share/sites/0', 'share/sites', 'share'],
  ['/slug', 'slug', 'share'],
  ['/notifications/emails/2', 'notifications/emails', 'notifications'],
  ['/dailyCap', 'dailyCap', 'notifications'],
])('%s is at %s, under %s', (pointer, place, part) => {
  expect(placeAt(DRAFT.sections, pointer)).toBe(place)
  expect(builderPartOf(place)).toBe(part)
})

test('what belongs to no field is said above them, and nothing twice', () => {
  const errors = [
    { pointer: '/slug', detail: 'Taken.' },
    { pointer: '/slug', detail: 'Too short.' },
  ]
  expect(placed(DRAFT, { message: 'Look again.', errors })).toEqual({
    faults: { slug: 'Taken.' },
    message: '',
  })
  const stray = [...errors, { pointer: '/sections/0/questions/0/id', detail: 'Twice.' }]
  expect(placed(DRAFT, { message: 'Look again.', errors: stray }).message).toBe('Look again. Twice.')
})

test('a fault leads to the question or section that has to be opened', () => {
  expect(faultyIds({ 'q:q1/label': '', 's:s2/text': '', slug: '' })).toEqual(['q1', 's2'])
})

test('what can be seen to be wrong is said before anything is sent', () => {
  expect(visiblyWrong(DRAFT)).toEqual([])
  const limited = { ...DRAFT.sections[0], questions: [{ ...newQuestion('number'), id: 'q1', max: 'lots' }] }
  const wrong = visiblyWrong({
    ...DRAFT,
    name: ' ',
    slug: 'a b',
    dailyCap: 'none',
    sections: [{ ...newFieldSection(), ...limited, kind: 'fields' }],
  })
  expect(wrong.map(({ pointer }) => pointer)).toEqual([
    '/name',
    '/slug',
    '/dailyCap',
    '/sections/0/questions/0/max',
  ])
})

test.each([
  ['www.acme.com', 'https://www.acme.com'],
  ['https://acme.com/apply?x=1', 'https://acme.com'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['not a site', null],
  ['ftp://acme.com', null],
])('%s stands for the site %s', (typed, site) => {
  expect(siteOf(typed)).toBe(site)
})

test('the embed code holds a title as text, whatever it is', () => {
  const code = embedCodeOf('https://crm.example', {
    slug: 'partners',
    content: { ...DRAFT.content, title: '"><script>alert(1)</script>' },
  })
  expect(code).toContain('<script async src="https://crm.example/embed.js" data-form="partners"></script>')
  expect(code).toContain('&quot;&gt;&lt;script&gt;')
  expect(code.match(/<script/g)).toHaveLength(1)
})
