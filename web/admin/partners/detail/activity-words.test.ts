import { expect, test } from 'vitest'
import { deedOf } from './activity-words.ts'

test.each([
  ['an edit names its fields', 'edit', ['stage', 'tags'], 'changed stage and tags'],
  ['three are a list', 'edit', ['name', 'domain', 'rating'], 'changed company name, domain, and rating'],
  [
    'ids read as what they stand for',
    'edit',
    ['managerId', 'partnerLeadId'],
    'changed partner manager and partner-side lead',
  ],
  ['one pin is one word', 'edit', ['tier', 'programTierId'], 'changed tier'],
  ['contacts are no field of the form', 'edit', ['contacts'], 'changed contacts'],
  ['an edit without fields still reads', 'edit', [], 'changed this partner'],
  ['what was logged says its kind', 'meeting', [], 'logged a meeting'],
] as const)('%s', (_, kind, fields, words) => {
  expect(deedOf({ kind, fields: [...fields] })).toBe(words)
})
