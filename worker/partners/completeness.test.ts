import { expect, test } from 'vitest'
import { type ProfileFields, profileCompleteness } from './completeness.ts'

const EMPTY: ProfileFields = {
  subtype: null,
  category: null,
  industry: null,
  region: null,
  regions: [],
  languages: [],
  tags: [],
  jointValueProposition: null,
  keyStakeholders: [],
  managerId: null,
  partnerLeadId: null,
  logoKey: null,
  rating: null,
  pulse: null,
  certifications: null,
}
const FULL: ProfileFields = {
  subtype: 'ISV',
  category: 'solution',
  industry: 'insurance',
  region: 'dach',
  regions: ['dach'],
  languages: ['de'],
  tags: ['cloud'],
  jointValueProposition: 'Together.',
  keyStakeholders: [{}],
  managerId: 'mbr',
  partnerLeadId: 'con',
  logoKey: 'logo',
  rating: 1,
  pulse: 1,
  certifications: 1,
}

test.each<[string, ProfileFields, number]>([
  ['nothing filled is 0 %', EMPTY, 0],
  ['everything filled is 100 %', FULL, 100],
  ['one of fifteen is 7 %', { ...EMPTY, region: 'dach' }, 7],
  ['no certifications are an answer, too', { ...EMPTY, certifications: 0 }, 7],
  ['empty text is not', { ...EMPTY, jointValueProposition: '' }, 0],
  ['three of fifteen missing leave 80 %', { ...FULL, logoKey: null, tags: [], pulse: null }, 80],
])('%s', (_, profile, percent) => {
  expect(profileCompleteness(profile)).toBe(percent)
})
