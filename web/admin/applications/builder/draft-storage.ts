import { isText, listOf, shape } from '#web/admin/shape.ts'
import type { FormDraft } from './draft.ts'

/** An edit of a form: where it began, and what it has come to. */
export interface FormEditing {
  basis: { version: number; draft: FormDraft }
  draft: FormDraft
}

/** For this tab and this user only. */
const keyOf = (userId: string, formId: string) => `draft:${userId}:form:${formId}`

/** Survives a reload and a sign-in in between, with where it began: what others do meanwhile is still noticed. */
export const saveEditing = (userId: string, formId: string, editing: FormEditing) =>
  sessionStorage.setItem(keyOf(userId, formId), JSON.stringify(editing))
export const dropEditing = (userId: string, formId: string) =>
  sessionStorage.removeItem(keyOf(userId, formId))
export const savedEditing = (userId: string, formId: string) =>
  readEditing(sessionStorage.getItem(keyOf(userId, formId)) ?? 'null')

/** Null for anything that is no edit of this release. */
export function readEditing(text: string): FormEditing | null {
  const saved: unknown = JSON.parse(text)
  return isEditing(saved) ? saved : null
}

const isFlag = (value: unknown) => typeof value === 'boolean'
const isOption = shape({ id: isText, label: isText })
const isQuestion = shape({
  id: isText,
  type: isText,
  label: isText,
  help: isText,
  placeholder: isText,
  required: isFlag,
  options: listOf(isOption),
  min: isText,
  max: isText,
  minLength: isText,
  maxLength: isText,
  mapsTo: isText,
})
const isFields = shape({ id: isText, title: isText, description: isText, questions: listOf(isQuestion) })
const isAgreement = shape({ id: isText, title: isText, text: isText })
const isSection = (value: unknown) => isFields(value) || isAgreement(value)
const isDraft = shape({
  name: isText,
  slug: isText,
  sections: listOf(isSection),
  design: shape({ bannerHeight: Number.isInteger, font: isText, accent: isText }),
  content: shape({
    title: isText,
    description: isText,
    submitLabel: isText,
    successMessage: isText,
    language: isText,
  }),
  share: shape({ public: isFlag, embed: isFlag, sites: listOf(isText) }),
  notifications: shape({ emails: listOf(isText), rhythm: isText }),
  dailyCap: isText,
})
const isWhole = shape({ basis: shape({ version: Number.isInteger, draft: isDraft }), draft: isDraft })
const isEditing = (value: unknown): value is FormEditing => isWhole(value)
