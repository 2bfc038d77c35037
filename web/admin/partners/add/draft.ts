import { BLANK, type Draft, FIELDS } from './new-partner.ts'

/** For this tab and this user only: whoever signs in next must not find what somebody else was writing. */
/** What an application began is kept apart from what somebody began without one. */
const keyOf = (userId: string, submissionId = 'partner') => `draft:${userId}:${submissionId}`

/** Survives a reload and a sign-in in between. */
export const saveDraft = (userId: string, draft: Draft, submissionId?: string) =>
  sessionStorage.setItem(keyOf(userId, submissionId), JSON.stringify(draft))

export const dropDraft = (userId: string, submissionId?: string) =>
  sessionStorage.removeItem(keyOf(userId, submissionId))

export function savedDraft(userId: string, beginning: Draft = BLANK, submissionId?: string): Draft {
  const text = sessionStorage.getItem(keyOf(userId, submissionId))
  return text === null ? beginning : readDraft(text)
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
