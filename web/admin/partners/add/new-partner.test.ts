import { expect, test } from 'vitest'
import { BLANK, bodyOf, missing } from './new-partner.ts'

const FILLED = {
  ...BLANK,
  name: 'Acme',
  domain: 'acme.com',
  type: 'reseller',
  region: 'dach',
  'primaryContact/firstName': 'Ada',
  'primaryContact/lastName': 'Byron',
  'primaryContact/email': 'ada@acme.com',
}

test('company and contact are required, the rest is not', () => {
  expect(Object.keys(missing(BLANK))).toEqual([
    'name',
    'domain',
    'type',
    'region',
    'primaryContact/firstName',
    'primaryContact/lastName',
    'primaryContact/email',
  ])
  expect(missing(FILLED)).toEqual({})
})

test('blanks are no name', () => {
  expect(missing({ ...FILLED, name: '  ' })).toHaveProperty('name')
})

test('what is left empty is left out, so the tier stays automatic', () => {
  expect(bodyOf(FILLED)).toEqual({
    name: 'Acme',
    domain: 'acme.com',
    type: 'reseller',
    region: 'dach',
    primaryContact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@acme.com' },
  })
})

test('what is chosen is sent', () => {
  const body = bodyOf({ ...FILLED, tier: 'gold', trackId: 'trk_1', managerId: 'mbr_1' })
  expect(body).toMatchObject({ tier: 'gold', trackId: 'trk_1', managerId: 'mbr_1' })
})

test('a value that is none of ours is no value', () => {
  expect(bodyOf({ ...FILLED, type: 'friend' })).toBeNull()
})
