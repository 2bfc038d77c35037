import { expect, test } from 'vitest'
import type { Role } from '#worker/auth/terms.ts'
import type { Member } from '#worker/organizations/schema.ts'
import { refusalFor, roleOptions } from './member-rules.ts'

const view = (role: Role, owners = 2) => ({ role, memberId: 'mbr_me', owners })
const member = (role: Role, state: Member['state'] = 'active'): Member => ({
  id: 'mbr_other',
  name: 'Ada',
  email: 'ada@acme.com',
  role,
  state,
})

test.each([
  ['a viewer changes nobody', view('viewer'), member('viewer'), /admins and owners/],
  ['a manager changes nobody', view('manager'), member('viewer'), /admins and owners/],
  ['an admin changes a manager', view('admin'), member('manager'), undefined],
  ['an admin changes another admin', view('admin'), member('admin'), undefined],
  ['an admin leaves owners alone', view('admin'), member('owner'), /Only an owner/],
  ['an owner changes an owner', view('owner'), member('owner'), undefined],
  ['the last owner stays', view('owner', 1), member('owner'), /last owner/],
  ['an owner who was only invited may go', view('owner', 1), member('owner', 'invited'), undefined],
] as const)('%s', (_, who, whom, expected) => {
  const refusal = refusalFor(who, whom)
  if (expected) expect(refusal).toMatch(expected)
  else expect(refusal).toBeUndefined()
})

test('only an owner can choose the role of owner', () => {
  const disabled = (role: Role) =>
    roleOptions(view(role))
      .filter((option) => option.disabled)
      .map(({ value }) => value)
  expect(disabled('admin')).toEqual(['owner'])
  expect(disabled('owner')).toEqual([])
})
