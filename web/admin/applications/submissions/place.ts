import { SUBMISSION_STATES, type SubmissionState } from '#worker/submissions/terms.ts'

/** The tabs above the list. Suspected ones are of no state that matters: they stand apart. */
export const TABS = ['all', ...SUBMISSION_STATES, 'suspected'] as const
export type Tab = (typeof TABS)[number]

/** What the list shows; all of it stands in the address. */
export interface Shown {
  tab: Tab
  search: string
  /** Null for all forms. */
  formId: string | null
}

/** As long as a search may be. */
const SEARCH_MAX = 200

const FORM = /^frm_[0-9a-z]{26}$/
const SUBMISSION = /^sub_[0-9a-z]{26}$/

/** Whatever can be no submission is an id that nobody has, so that it never becomes part of an address of the API. */
export const submissionIdIn = (part: string | undefined) =>
  part === undefined || SUBMISSION.test(part) ? part : 'unknown'

/** Whose submissions a page lists: those of one form, or of all. */
export const listPath = (formId: string | null) =>
  formId === null ? '/partners/applications/submissions' : `/partners/applications/${formId}/submissions`

/** The list of a page, as its address has it. */
export function shownIn(search: string, pageFormId: string | null): Shown {
  const params = new URLSearchParams(search)
  const form = params.get('form') ?? ''
  return {
    tab: TABS.find((tab) => tab === params.get('state')) ?? 'all',
    search: params.get('search') ?? '',
    formId: pageFormId ?? (FORM.test(form) ? form : null),
  }
}

/** The query of an address that shows this. */
export function searchFor({ tab, search, formId }: Shown, pageFormId: string | null): string {
  const params = new URLSearchParams()
  if (tab !== 'all') params.set('state', tab)
  if (search !== '') params.set('search', search)
  if (pageFormId === null && formId !== null) params.set('form', formId)
  return params.size > 0 ? `?${params}` : ''
}

/** What the API is asked for. */
export interface Asked {
  suspected: 'true' | 'false'
  state?: SubmissionState[]
  search?: string
  form?: string[]
}

export function askedFor({ tab, search, formId }: Shown): Asked {
  const state = SUBMISSION_STATES.find((one) => one === tab)
  return {
    suspected: tab === 'suspected' ? 'true' : 'false',
    ...(state && { state: [state] }),
    ...(search.trim() && { search: search.trim().slice(0, SEARCH_MAX) }),
    ...(formId && { form: [formId] }),
  }
}

/** The address of the export of what is shown. */
export function exportPath(shown: Shown): string {
  const params = new URLSearchParams(
    Object.entries(askedFor(shown)).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, String(each)]),
    ),
  )
  return `/api/submissions/export.csv?${params}`
}
