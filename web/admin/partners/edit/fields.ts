import { formatCount } from '#web/format.ts'
import type { Option } from '#web/ui/select-field.tsx'
import type { Partner, PartnerChange } from '#worker/partners/schema.ts'
import {
  CATEGORIES,
  CATEGORY_LABELS,
  INDUSTRIES,
  INDUSTRY_LABELS,
  PARTNER_TYPES,
  REGION_LABELS,
  REGIONS,
  SIDES,
  STAGE_LABELS,
  STAGES,
  TYPE_LABELS,
} from '#worker/partners/terms.ts'
import { languageName } from './languages.ts'
import { isSomebody, peopleOf, readList, readPeople, writeList } from './lists.ts'
import { isLevel, pinOf, readPin, tierChange } from './tier-choice.ts'

/** The control that a field is edited with. */
export type Control =
  | { kind: 'line'; inputmode?: 'url' | 'numeric'; placeholder?: string }
  | { kind: 'select'; options: readonly Option[]; empty: string }
  | { kind: 'several'; options: readonly Option[]; empty: string }
  /** Of what the organisation has: its members, the partner's contacts, the programme's tracks. */
  | { kind: 'lookup'; empty: string }
  | { kind: 'scale'; ends: readonly [string, string] }
  | { kind: 'languages' }
  | { kind: 'tags' }
  | { kind: 'subtype' }
  | { kind: 'paragraph' }
  | { kind: 'people' }
  | { kind: 'tier' }

/** The name behind an id that the organisation gave. */
export type NameOf = (id: string) => string | undefined

export interface ProfileField {
  label: string
  section: 'Company' | 'Reach' | 'Programme' | 'Relationship' | 'Going to market'
  /** Stands beside its neighbour where there is room. */
  half?: true
  /** What to say when it is empty; a field without it may be. */
  required?: string
  hint?: string
  control: Control
  read: (partner: Partner) => string
  /** Its part of a request's body. */
  write: (value: string) => Omit<PartnerChange, 'version'>
  /** As people read it; empty when nothing is entered. */
  say: (value: string, nameOf: NameOf) => string
}

function choice<T extends string>(values: readonly T[], labels: Record<T, string>) {
  const pick = (value: string) => values.find((one) => one === value)
  const say = (value: string) => {
    const found = pick(value)
    return found === undefined ? '' : labels[found]
  }
  return { options: values.map((value) => ({ value, label: labels[value] })), pick, say }
}

const TYPE = choice(PARTNER_TYPES, TYPE_LABELS)
const CATEGORY = choice(CATEGORIES, CATEGORY_LABELS)
const INDUSTRY = choice(INDUSTRIES, INDUSTRY_LABELS)
const STAGE = choice(STAGES, STAGE_LABELS)
const REGION = choice(REGIONS, REGION_LABELS)
const SIDE_LABELS = { vendor: 'our side', partner: 'their side' }
export const SIDE = choice(SIDES, SIDE_LABELS)

const asIs = (value: string) => value
const named = (id: string, nameOf: NameOf) => (id === '' ? '' : (nameOf(id) ?? 'Somebody who is gone'))
const number = (value: string) => (value === '' ? null : Number(value))
const outOfFive = (value: string) => (value === '' ? '' : `${value} of 5`)
const digits = (value: number | null) => (value === null ? '' : String(value))

/**
 * Every field of a partner that a person edits, in the order of the form. The form, the request, the comparison of two
 * people's edits, the facts of the drawer and the words of the activity all read this table.
 */
export const FIELDS = {
  name: {
    label: 'Company name',
    section: 'Company',
    required: 'Enter the company’s name.',
    control: { kind: 'line' },
    read: ({ name }) => name,
    write: (name) => ({ name }),
    say: asIs,
  },
  domain: {
    label: 'Domain',
    section: 'Company',
    required: 'Enter the company’s domain, such as acme.com.',
    control: { kind: 'line', inputmode: 'url', placeholder: 'acme.com' },
    read: ({ domain }) => domain,
    write: (domain) => ({ domain }),
    say: asIs,
  },
  type: {
    label: 'Type',
    section: 'Company',
    half: true,
    required: 'Choose a type.',
    control: { kind: 'select', options: TYPE.options, empty: 'Choose…' },
    read: ({ type }) => type,
    write: (value) => ({ type: TYPE.pick(value) }),
    say: TYPE.say,
  },
  subtype: {
    label: 'Subtype',
    section: 'Company',
    half: true,
    control: { kind: 'subtype' },
    read: ({ subtype }) => subtype ?? '',
    write: (value) => ({ subtype: value.trim() || null }),
    say: asIs,
  },
  category: {
    label: 'Category',
    section: 'Company',
    half: true,
    control: { kind: 'select', options: CATEGORY.options, empty: 'None' },
    read: ({ category }) => category ?? '',
    write: (value) => ({ category: CATEGORY.pick(value) ?? null }),
    say: CATEGORY.say,
  },
  industry: {
    label: 'Industry',
    section: 'Company',
    half: true,
    control: { kind: 'select', options: INDUSTRY.options, empty: 'None' },
    read: ({ industry }) => industry ?? '',
    write: (value) => ({ industry: INDUSTRY.pick(value) ?? null }),
    say: INDUSTRY.say,
  },
  description: {
    label: 'Description',
    section: 'Company',
    hint: 'What the company does.',
    control: { kind: 'paragraph' },
    read: ({ description }) => description ?? '',
    write: (value) => ({ description: value.trim() || null }),
    say: asIs,
  },
  region: {
    label: 'Region',
    section: 'Reach',
    half: true,
    required: 'Choose a region.',
    control: { kind: 'select', options: REGION.options, empty: 'Choose…' },
    read: ({ region }) => region,
    write: (value) => ({ region: REGION.pick(value) }),
    say: REGION.say,
  },
  regions: {
    label: 'Further regions',
    section: 'Reach',
    half: true,
    control: { kind: 'several', options: REGION.options, empty: 'Add a region…' },
    read: ({ regions }) => writeList(regions),
    write: (value) => ({ regions: readList(value).flatMap((one) => REGION.pick(one) ?? []) }),
    say: (value) => readList(value).map(REGION.say).join(', '),
  },
  languages: {
    label: 'Languages',
    section: 'Reach',
    control: { kind: 'languages' },
    read: ({ languages }) => writeList(languages),
    write: (value) => ({ languages: readList(value) }),
    say: (value) => readList(value).map(languageName).join(', '),
  },
  stage: {
    label: 'Stage',
    section: 'Programme',
    half: true,
    required: 'Choose a stage.',
    control: { kind: 'select', options: STAGE.options, empty: 'Choose…' },
    read: ({ stage }) => stage,
    write: (value) => ({ stage: STAGE.pick(value) }),
    say: STAGE.say,
  },
  trackId: {
    label: 'Track',
    section: 'Programme',
    half: true,
    control: { kind: 'lookup', empty: 'Best match' },
    read: ({ trackId }) => trackId ?? '',
    write: (value) => ({ trackId: value || null }),
    say: named,
  },
  tier: {
    label: 'Tier',
    section: 'Programme',
    control: { kind: 'tier' },
    read: pinOf,
    write: tierChange,
    say: (value, nameOf) => {
      const { choice: chosen, reason } = readPin(value)
      if (chosen === '') return 'Automatic'
      const name = isLevel(chosen) ? nameOf(chosen) : `${nameOf(chosen) ?? 'A programme tier'}`
      return `${name}, pinned${reason && `: ${reason}`}`
    },
  },
  managerId: {
    label: 'Partner manager',
    section: 'Relationship',
    half: true,
    control: { kind: 'lookup', empty: 'Nobody yet' },
    read: ({ manager }) => manager?.id ?? '',
    write: (value) => ({ managerId: value || null }),
    say: named,
  },
  partnerLeadId: {
    label: 'Partner-side lead',
    section: 'Relationship',
    half: true,
    control: { kind: 'lookup', empty: 'Nobody yet' },
    read: ({ partnerLead }) => partnerLead?.id ?? '',
    write: (value) => ({ partnerLeadId: value || null }),
    say: named,
  },
  rating: {
    label: 'Rating',
    section: 'Relationship',
    half: true,
    hint: 'How good this partner is for you.',
    control: { kind: 'scale', ends: ['poor', 'excellent'] },
    read: ({ rating }) => digits(rating),
    write: (value) => ({ rating: number(value) }),
    say: outOfFive,
  },
  pulse: {
    label: 'Pulse',
    section: 'Relationship',
    half: true,
    hint: 'How the relationship feels today; dated.',
    control: { kind: 'scale', ends: ['troubled', 'thriving'] },
    read: ({ pulse }) => digits(pulse),
    write: (value) => ({ pulse: number(value) }),
    say: outOfFive,
  },
  certifications: {
    label: 'Certifications',
    section: 'Relationship',
    half: true,
    control: { kind: 'line', inputmode: 'numeric' },
    read: ({ certifications }) => digits(certifications),
    write: (value) => ({ certifications: number(value.trim()) }),
    say: (value) => (/^\d+$/.test(value) ? formatCount(Number(value)) : value),
  },
  tags: {
    label: 'Tags',
    section: 'Going to market',
    control: { kind: 'tags' },
    read: ({ tags }) => writeList(tags),
    write: (value) => ({ tags: readList(value) }),
    say: (value) => readList(value).join(', '),
  },
  jointValueProposition: {
    label: 'Joint value proposition',
    section: 'Going to market',
    hint: 'Why customers are better off with both of you. The partner sees it in the portal.',
    control: { kind: 'paragraph' },
    read: ({ jointValueProposition }) => jointValueProposition ?? '',
    write: (value) => ({ jointValueProposition: value.trim() || null }),
    say: asIs,
  },
  keyStakeholders: {
    label: 'Key stakeholders',
    section: 'Going to market',
    control: { kind: 'people' },
    read: peopleOf,
    write: (value) => ({
      keyStakeholders: readPeople(value)
        .filter(isSomebody)
        .map(({ email, side, ...who }) => ({
          ...who,
          side: SIDE.pick(side) ?? 'partner',
          email: email.trim() || null,
        })),
    }),
    say: (value) =>
      readPeople(value)
        .filter(isSomebody)
        .map(({ name, role, side }) => [name, role, SIDE.say(side)].filter(Boolean).join(', '))
        .join('; '),
  },
} as const satisfies Record<string, ProfileField>

export type FieldName = keyof typeof FIELDS

export const isFieldName = (name: string): name is FieldName => Object.hasOwn(FIELDS, name)
export const FIELD_NAMES = Object.keys(FIELDS).filter(isFieldName)
export const fieldOf = (name: FieldName): ProfileField => FIELDS[name]

/** The form's field for a name of the request's body. */
export function fieldNamed(name: string): FieldName | undefined {
  if (name === 'programTierId' || name === 'tierReason') return 'tier'
  return isFieldName(name) ? name : undefined
}
