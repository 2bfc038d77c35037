import { BLANK, type Draft, FIELDS } from './new-partner.ts'

/** For this tab and this user only: whoever signs in next must not find what somebody else was writing. */
const keyOf = (userId: string) => `draft:${userId}:partner`

/** Survives a reload and a sign-in in between. */
export const saveDraft = (userId: string, draft: Draft) =>
  sessionStorage.setItem(keyOf(userId), JSON.stringify(draft))

export const dropDraft = (userId: string) => sessionStorage.removeItem(keyOf(userId))

export function savedDraft(userId: string): Draft {
  const text = sessionStorage.getItem(keyOf(userId))
  return text === null ? BLANK : readDraft(text)
}

/** Only the fields of today's form, and only text. */
export function readDraft(text: string): Draft {
  const saved: unknown = JSON.parse(text)
  const draft = { ...BLANK }
  if (typeof saved !== 'object' || saved === null) return draft
  for (const field of FIELDS) {
    const value: unknown = Reflect.get(saved, field)
    if (typeof value === 'string') draft[field] = value
  }
  return draft
}
