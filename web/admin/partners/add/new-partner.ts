import { missingIn } from '#web/ui/missing-in.ts'
import type { NewPartner } from '#worker/partners/schema.ts'
import { PARTNER_TYPES, REGIONS, TIERS } from '#worker/partners/terms.ts'

/** What the form holds: text as typed, under the JSON pointers of the request's body. */
export const BLANK = {
  name: '',
  domain: '',
  type: '',
  region: '',
  tier: '',
  trackId: '',
  managerId: '',
  'primaryContact/firstName': '',
  'primaryContact/lastName': '',
  'primaryContact/email': '',
}
export type Draft = typeof BLANK
export type DraftField = keyof Draft

const isField = (name: string): name is DraftField => Object.hasOwn(BLANK, name)
export const FIELDS = Object.keys(BLANK).filter(isField)

/** What the form begins with when an application tells it. */
export interface Source extends Partial<Draft> {
  submissionId: string
}

export function beginningOf({ submissionId, ...told }: Source | { submissionId?: undefined } = {}): Draft {
  return { ...BLANK, ...told }
}

/** Whether anything was entered. */
export const isBegun = (draft: Draft, beginning: Draft = BLANK) =>
  FIELDS.some((field) => draft[field] !== beginning[field])

const REQUIRED: Partial<Record<DraftField, string>> = {
  name: 'Enter the company’s name.',
  domain: 'Enter the company’s domain, such as acme.com.',
  type: 'Choose a type.',
  region: 'Choose a region.',
  'primaryContact/firstName': 'Enter a first name.',
  'primaryContact/lastName': 'Enter a last name.',
  'primaryContact/email': 'Enter an e-mail address.',
}

/** What can be seen to be missing. The rest is for the server to judge. */
export const missing = (draft: Draft) => missingIn(draft, REQUIRED)

/** The request's body: what was left empty is left out, so that an empty tier stays automatic. Null while incomplete. */
export function bodyOf(draft: Draft, submissionId?: string): NewPartner | null {
  const type = oneOf(PARTNER_TYPES, draft.type)
  const region = oneOf(REGIONS, draft.region)
  if (!(type && region)) return null
  const tier = oneOf(TIERS, draft.tier)
  return {
    name: draft.name,
    domain: draft.domain,
    type,
    region,
    ...(tier && { tier }),
    ...(submissionId && { submissionId }),
    ...(draft.trackId && { trackId: draft.trackId }),
    ...(draft.managerId && { managerId: draft.managerId }),
    primaryContact: {
      firstName: draft['primaryContact/firstName'],
      lastName: draft['primaryContact/lastName'],
      email: draft['primaryContact/email'],
    },
  }
}

const oneOf = <T extends string>(values: readonly T[], given: string) =>
  values.find((value) => value === given)
