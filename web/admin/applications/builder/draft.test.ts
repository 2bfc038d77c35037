import { expect, test } from 'vitest'
import type { Form } from '#worker/applications/schema.ts'
import { bodyOf, changedParts, draftOf, type FormDraft, newQuestion } from './draft.ts'
import { withQuestion } from './draft-edit.ts'
import { readEditing } from './draft-storage.ts'
import { meetingOf, merged } from './merge.ts'

const FORM: Form = {
  id: 'frm_1',
  name: 'Partners',
  slug: 'partners',
  state: 'draft',
  version: 3,
  publishedVersion: null,
  sections: [
    {
      id: 's1',
      kind: 'fields',
      title: 'Company',
      questions: [
        { id: 'q1', type: 'text', label: 'Name', required: true, maxLength: 80, mapsTo: 'companyName' },
        { id: 'q2', type: 'select', label: 'Size', required: false, options: [{ id: 'o1', label: 'Small' }] },
        { id: 'q3', type: 'number', label: 'Deals', required: false, min: 0, max: 1_000 },
      ],
    },
    { id: 's2', kind: 'agreement', title: 'Terms', text: 'Be nice.', documentUrl: null },
  ],
  design: { bannerUrl: null, bannerColor: null, bannerHeight: 160, font: 'system', accent: '#1a56db' },
  content: { title: 'Apply', description: '', submitLabel: 'Send', successMessage: '', language: 'en' },
  share: { public: true, embed: false, sites: [] },
  notifications: { emails: ['a@b.example'], slackWebhookHint: null, rhythm: 'each' },
  dailyCap: 1_000,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  failing: [],
}
const DRAFT = draftOf(FORM)
const titled = (draft: FormDraft, title: string): FormDraft => ({
  ...draft,
  content: { ...draft.content, title },
})

test('a form that was not touched is sent as it was read', () => {
  const { sections, design, content, share, notifications, name, slug, dailyCap } = FORM
  const { emails, rhythm } = notifications
  expect(bodyOf(DRAFT)).toEqual({
    ...{ sections, design, content, share, name, slug, dailyCap },
    notifications: { emails, rhythm },
  })
  expect(changedParts(DRAFT, draftOf(FORM))).toEqual([])
})

test('another type sends what belongs to it, and the draft keeps the rest', () => {
  const typed = (type: 'number' | 'text') =>
    withQuestion(DRAFT.sections, 'q1', (question) => ({ ...question, type }))
  const sent = bodyOf({ ...DRAFT, sections: typed('number') }).sections[0]
  expect(sent?.kind === 'fields' && sent.questions[0]).toEqual({
    ...{ id: 'q1', type: 'number', label: 'Name', required: true },
  })
  expect(bodyOf({ ...DRAFT, sections: typed('text') }).sections).toEqual(FORM.sections)
})

test('numbers are read with groups of thousands, and what is no number is no nothing', () => {
  const limited = (max: string) =>
    bodyOf({
      ...DRAFT,
      sections: withQuestion(DRAFT.sections, 'q3', (question) => ({ ...question, max })),
    }).sections[0]
  const maxOf = (max: string) => {
    const section = limited(max)
    return section?.kind === 'fields' ? section.questions[2]?.max : null
  }
  expect([maxOf('12,000'), maxOf('12 000'), maxOf('-3.5'), maxOf(''), maxOf('lots')]).toEqual([
    12_000,
    12_000,
    -3.5,
    undefined,
    Number.NaN,
  ])
})

test('blanks around a text are no change, another word is', () => {
  expect(changedParts(DRAFT, { ...DRAFT, name: ' Partners ' })).toEqual([])
  expect(changedParts(DRAFT, { ...titled(DRAFT, 'Join'), name: 'Others' })).toEqual(['name', 'content'])
})

test('what the other alone changed comes along, and what both changed is chosen', () => {
  const mine = { ...titled(DRAFT, 'Mine'), name: 'My name' }
  const theirs = { ...titled(DRAFT, 'Theirs'), slug: 'their-slug' }
  expect(meetingOf(DRAFT, mine, theirs)).toEqual({ theirs: ['slug'], both: ['content'] })
  expect(merged(DRAFT, mine, theirs, [])).toEqual({ ...mine, slug: 'their-slug' })
  expect(merged(DRAFT, mine, theirs, ['content'])).toEqual({ ...theirs, name: 'My name' })
})

test('the same change twice is nothing to choose', () => {
  const both = titled(DRAFT, 'Same')
  expect(meetingOf(DRAFT, both, titled(DRAFT, 'Same'))).toEqual({ theirs: [], both: [] })
})

test('an edit is read back as it was kept, and what is none is not', () => {
  const editing = { basis: { version: 3, draft: DRAFT }, draft: titled(DRAFT, 'Kept') }
  expect(readEditing(JSON.stringify(editing))).toEqual(editing)
  expect(readEditing('null')).toBeNull()
  const { options: _, ...older } = newQuestion('text')
  const sections = [{ id: 's1', kind: 'fields', title: '', description: '', questions: [older] }]
  expect(readEditing(JSON.stringify({ ...editing, draft: { ...DRAFT, sections } }))).toBeNull()
})
