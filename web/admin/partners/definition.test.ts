import { expect, test } from 'vitest'
import {
  COLUMN_KEYS,
  EVERYBODY,
  isSame,
  queryOf,
  readState,
  tidy,
  withFilter,
  writeState,
} from './definition.ts'

const MEMBER = `mbr_${'0'.repeat(26)}`
const VIEW = `vew_${'1'.repeat(26)}`

test.each([
  ['everybody by name', ''],
  ['a view as it comes', `?view=${VIEW}`],
  ['everybody, said to be so', '?view=all'],
  ['a search with letters that addresses escape', '?search=%26+b%2Bc%3D%22%F0%9F%98%80'],
  ['several values of a filter', '?type=channel&type=referral'],
  ['one’s own and nobody’s', `?manager=me&manager=none&manager=${MEMBER}`],
  ['tags as they are spelled', '?tag=Z%C3%BCrich&tag=a,b'],
  ['scores and age', '?fit=low&health=none&created=this-month'],
  ['order, groups and columns', '?sort=-fit&group=tier&columns=domain,fit'],
  ['no column but the name', '?columns=none'],
  ['groups folded away', '?group=tier&closed=gold&closed=none'],
  [
    'everything at once',
    `?view=mine&search=ac&type=channel&status=active&stage=at-risk&tier=none&region=dach&manager=me&tag=x&track=none&fit=high&health=low&created=this-year&sort=-updatedAt&group=manager&columns=type&closed=none`,
  ],
])('%s stands in the address and comes back', (_, search) => {
  expect(writeState(readState(search))).toBe(search)
})

test.each([
  ['a filter that there is not', '?password=1', ''],
  ['a value that a filter has not', '?type=dragon&type=channel', '?type=channel'],
  ['the same value twice', '?type=channel&type=channel', '?type=channel'],
  ['a blank tag', '?tag=+&tag=', ''],
  ['an id of something else', '?manager=prt_00000000000000000000000000', ''],
  ['an order by nothing', '?sort=passwordHash&group=password', ''],
  ['columns that there are not', '?columns=name,nonsense', '?columns=none'],
  ['all columns', `?columns=${COLUMN_KEYS.join(',')}`, ''],
  ['columns out of order, one twice', '?columns=fit,domain,fit', '?columns=domain,fit'],
  ['a view with a forged id', '?view=../../etc', ''],
  ['folded groups where nothing is grouped', '?closed=gold', ''],
  ['what a drawer keeps there', '?score=fit', ''],
  ['a search longer than there are', `?search=${'x'.repeat(300)}`, `?search=${'x'.repeat(200)}`],
  ['a broken escape', '?search=%E0%A4%A', '?search=%EF%BF%BD%25A'],
])('%s is ignored', (_, search, expected) => {
  expect(writeState(readState(search))).toBe(expected)
})

test('more values than a filter takes are cut', () => {
  const tags = Array.from({ length: 200 }, (_, at) => `tag=${at}`).join('&')
  expect(readState(`?${tags}`).definition.filters.tag).toHaveLength(100)
})

test('the same table is the same, however it was put together', () => {
  const one = withFilter(EVERYBODY, 'type', ['channel', 'reseller'])
  const other = { ...withFilter(EVERYBODY, 'type', ['reseller', 'channel']), search: ' ' }
  expect(isSame(one, other)).toBe(true)
  for (const change of [
    { search: 'a' },
    { sort: '-name' as const },
    { groupBy: 'tier' as const },
    { columns: ['fit' as const] },
    { filters: {} },
  ])
    expect(isSame(one, { ...one, ...change })).toBe(false)
})

test('a view that keeps what is no more is shown without it', () => {
  const kept = { ...EVERYBODY, filters: { type: ['dragon'], tag: ['gone'] }, columns: ['fit', 'moon'] }
  expect(tidy(kept)).toEqual({ ...EVERYBODY, filters: { tag: ['gone'] }, columns: ['fit'] })
})

test('the list is asked for filters and search, without the blanks around it', () => {
  const definition = { ...withFilter(EVERYBODY, 'tier', ['gold']), search: ' acme ' }
  expect(queryOf(definition)).toEqual({ tier: ['gold'], search: 'acme' })
  expect(queryOf({ ...definition, search: '  ' })).toEqual({ tier: ['gold'] })
  expect(withFilter(definition, 'tier', []).filters).toEqual({})
})
