import type { Partner } from '#worker/partners/schema.ts'

// A form holds text, so that "has it changed" is one comparison for every field; lists stand in it as JSON.

const parsed = (value: string): unknown[] => {
  const list: unknown = value === '' ? [] : JSON.parse(value)
  return Array.isArray(list) ? list : []
}

export const writeList = (items: readonly unknown[]) => JSON.stringify(items)

export const readList = (value: string): string[] =>
  parsed(value).filter((item): item is string => typeof item === 'string')

/** A stakeholder as typed. */
export interface Person {
  name: string
  role: string
  side: string
  email: string
}

const textAt = (item: unknown, key: keyof Person) => {
  const found: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, key) : ''
  return typeof found === 'string' ? found : ''
}

export const readPeople = (value: string): Person[] =>
  parsed(value).map((item) => ({
    name: textAt(item, 'name'),
    role: textAt(item, 'role'),
    side: textAt(item, 'side'),
    email: textAt(item, 'email'),
  }))

export const peopleOf = ({ keyStakeholders }: Partner) =>
  writeList(
    keyStakeholders.map(({ name, role, side, email }): Person => ({ name, role, side, email: email ?? '' })),
  )

/** A line that was added and left empty is nobody. */
export const isSomebody = ({ name, role, email }: Person) => `${name}${role}${email}`.trim() !== ''
