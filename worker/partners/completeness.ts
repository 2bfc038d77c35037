/** The profile fields that can be left empty; null and empty lists are. */
export interface ProfileFields {
  subtype: string | null
  category: string | null
  industry: string | null
  region: string | null
  regions: readonly unknown[]
  languages: readonly unknown[]
  tags: readonly unknown[]
  jointValueProposition: string | null
  keyStakeholders: readonly unknown[]
  managerId: string | null
  partnerLeadId: string | null
  logoKey: string | null
  rating: number | null
  pulse: number | null
  certifications: number | null
}

const FIELDS = [
  'subtype',
  'category',
  'industry',
  'region',
  'regions',
  'languages',
  'tags',
  'jointValueProposition',
  'keyStakeholders',
  'managerId',
  'partnerLeadId',
  'logoKey',
  'rating',
  'pulse',
  'certifications',
] as const satisfies readonly (keyof ProfileFields)[]

/** Share of the profile's fields that are filled, in whole percent. A number that is 0 is filled. */
export function profileCompleteness(profile: ProfileFields): number {
  const filled = FIELDS.filter((field) => isFilled(profile[field]))
  return Math.round((100 * filled.length) / FIELDS.length)
}

const isFilled = (value: ProfileFields[keyof ProfileFields]) =>
  value !== null && (typeof value === 'number' || value.length > 0)
