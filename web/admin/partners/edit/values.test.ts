import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIELD_NAMES, isFieldName } from './fields.ts'
import { changedFields, changesOf, mergeEdits, type Values, valuesFrom, visiblyWrong } from './values.ts'

const BASE: Values = {
  ...valuesFrom(() => ''),
  name: 'Auroral',
  domain: 'auroral.example',
  type: 'technology',
  region: 'nordics',
  stage: 'prospect',
  tags: '["co-sell"]',
  regions: '[]',
  languages: '[]',
  keyStakeholders: '[]',
}

/** Somebody's edit: any fields, each set to one of a few values that every field can hold, so that two edits often meet. */
const edit = fc
  .dictionary(fc.constantFrom(...FIELD_NAMES), fc.constantFrom('["a"]', '["b"]', ''), { maxKeys: 8 })
  .map((changes): Values => ({ ...BASE, ...changes }))

test('what only one of two changed is as that one left it, and nothing of the other is lost', () => {
  fc.assert(
    fc.property(edit, edit, (mine, theirs) => {
      const { values, disputed } = mergeEdits(BASE, mine, theirs)
      for (const name of FIELD_NAMES) {
        if (mine[name] === BASE[name]) expect(values[name]).toBe(theirs[name])
        if (theirs[name] === BASE[name]) expect(values[name]).toBe(mine[name])
        const bothChanged = mine[name] !== BASE[name] && theirs[name] !== BASE[name]
        expect(disputed.includes(name)).toBe(bothChanged && mine[name] !== theirs[name])
      }
    }),
  )
})

test('both see the same fields in dispute, whoever saves second', () => {
  fc.assert(
    fc.property(edit, edit, (mine, theirs) => {
      expect(mergeEdits(BASE, mine, theirs).disputed).toEqual(mergeEdits(BASE, theirs, mine).disputed)
    }),
  )
})

test('merging with nobody changes nothing, and a merged edit merges into itself', () => {
  fc.assert(
    fc.property(edit, edit, (mine, theirs) => {
      expect(mergeEdits(BASE, mine, BASE)).toEqual({ values: mine, disputed: [] })
      const { values } = mergeEdits(BASE, mine, theirs)
      expect(mergeEdits(theirs, values, theirs).values).toEqual(values)
    }),
  )
})

test('a request holds what differs and nothing else', () => {
  fc.assert(
    fc.property(edit, (mine) => {
      const sent = Object.keys(changesOf(BASE, mine)).filter(isFieldName)
      for (const name of sent) expect(changedFields(BASE, mine)).toContain(name)
    }),
  )
  expect(changesOf(BASE, BASE)).toEqual({})
})

test.each([
  ['text is sent as typed', { name: ' Ötzi ' }, { name: ' Ötzi ' }],
  ['a choice is the contract’s value', { industry: 'insurance' }, { industry: 'insurance' }],
  ['lists are lists', { tags: '["co-sell","new"]' }, { tags: ['co-sell', 'new'] }],
  ['numbers are numbers', { rating: '4', certifications: '12' }, { rating: 4, certifications: 12 }],
  [
    'a line that was left empty is no stakeholder',
    {
      keyStakeholders: JSON.stringify([
        { name: 'Ada', role: '', side: 'vendor', email: '' },
        { name: '', role: ' ', side: 'partner', email: '' },
      ]),
    },
    { keyStakeholders: [{ name: 'Ada', role: '', side: 'vendor', email: null }] },
  ],
  ['a level pins', { tier: '{"choice":"gold","reason":"why"}' }, { tier: 'gold', tierReason: 'why' }],
  [
    'a programme tier pins by its id',
    { tier: '{"choice":"trt_1","reason":""}' },
    { programTierId: 'trt_1', tierReason: null },
  ],
])('%s', (_, changes, body) => {
  expect(changesOf(BASE, { ...BASE, ...changes })).toEqual(body)
})

test('clearing what was there is sent as null, and clearing a pin leaves the tier to the evaluator', () => {
  const before = {
    ...BASE,
    industry: 'insurance',
    managerId: 'mbr_1',
    rating: '3',
    tier: '{"choice":"gold","reason":""}',
  }
  const after = { ...before, industry: '', managerId: '', rating: '', tier: '' }
  expect(changesOf(before, after)).toEqual({
    industry: null,
    managerId: null,
    rating: null,
    tier: null,
  })
})

test('what is missing or no number is said before anything is sent', () => {
  expect(Object.keys(visiblyWrong({ ...BASE, name: ' ', certifications: 'many' }))).toEqual([
    'name',
    'certifications',
  ])
  expect(visiblyWrong(BASE)).toEqual({})
})
