import * as z from 'zod'
import { Email, id, LongText, line, Name } from '#worker/http/schema.ts'
import { Standing } from '#worker/program/schema.ts'
import { Domain } from './domain.ts'
import {
  CATEGORIES,
  INDUSTRIES,
  PARTNER_TYPES,
  REGIONS,
  SCORE_STATES,
  SIDES,
  STAGES,
  STATUSES,
  TIER_SOURCES,
  TIERS,
} from './terms.ts'

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, 'Choose one of the values offered.')
export const list = <T extends z.ZodType>(item: T, max = 100) =>
  z.array(item, 'Enter a list.').max(max, `At most ${max}.`)
const optionalLine = (max: number) =>
  line(max)
    .nullable()
    .transform((value) => value || null)

/** BCP-47, in its canonical spelling: `pt-BR`. */
export const Language = z
  .string('Enter a language code.')
  .max(35, 'Enter a language code such as de or pt-BR.')
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Enter a language code such as de or pt-BR.')
  .transform((code, context) => {
    try {
      return Intl.getCanonicalLocales(code)[0] ?? code
    } catch {
      context.addIssue({ code: 'custom', message: 'Enter a language code such as de or pt-BR.' })
      return z.NEVER
    }
  })

export const Tag = line(50).refine((tag) => tag !== '', 'Enter a tag.')

export const Stakeholder = z.strictObject({
  name: Name,
  role: line(200),
  side: oneOf(SIDES),
  email: Email.nullable(),
})

export const NewContact = z.strictObject({
  firstName: Name,
  lastName: Name,
  email: Email,
  title: optionalLine(200).optional(),
  phone: optionalLine(50).optional(),
})
export type NewContact = z.output<typeof NewContact>

const outside = 'Enter a number from 1 to 5.'
const OneToFive = z.int(outside).min(1, outside).max(5, outside)

/** Every field of a partner that a person may set, apart from its tier. */
const Profile = z.strictObject({
  name: Name,
  domain: Domain,
  type: oneOf(PARTNER_TYPES),
  region: oneOf(REGIONS),
  subtype: optionalLine(200).optional(),
  category: oneOf(CATEGORIES).nullable().optional(),
  industry: oneOf(INDUSTRIES).nullable().optional(),
  stage: oneOf(STAGES).optional(),
  regions: list(oneOf(REGIONS)).optional(),
  languages: list(Language).optional(),
  tags: list(Tag, 50).optional(),
  jointValueProposition: LongText.nullable().optional(),
  /** What the company does. */
  description: LongText.nullable().optional(),
  keyStakeholders: list(Stakeholder).optional(),
  managerId: id('mbr').nullable().optional(),
  partnerLeadId: id('con').nullable().optional(),
  rating: OneToFive.nullable().optional(),
  pulse: OneToFive.nullable().optional(),
  certifications: z
    .int('Enter a whole number.')
    .min(0, 'Enter 0 or more.')
    .max(100_000, 'Enter 100,000 at most.')
    .nullable()
    .optional(),
})

/**
 * Body of `POST /api/partners`. Without a tier the partner is evaluated automatically; a level or a programme tier pins
 * it. `managerId`, `trackId`, `programTierId` and `submissionId` must be the organisation's own.
 */
export const NewPartner = z.strictObject({
  ...Profile.omit({ partnerLeadId: true }).shape,
  tier: oneOf(TIERS).nullable().optional(),
  programTierId: id('trt').nullable().optional(),
  trackId: id('trk').nullable().optional(),
  submissionId: id('sub').nullable().optional(),
  primaryContact: z.strictObject(NewContact.shape, 'Enter the primary contact.'),
})
export type NewPartner = z.output<typeof NewPartner>

export const Iso = z.iso.datetime()
const Version = z.int('Send the version that you edited.').min(0)

/**
 * Body of `PATCH /api/partners/{id}`: absent is unchanged, null is cleared, lists are replaced. `version` is the one that
 * was edited; an older one than the partner's is refused with what has changed since.
 */
export const PartnerChange = z.strictObject({
  ...Profile.partial().shape,
  tier: oneOf(TIERS).nullable().optional(),
  programTierId: id('trt').nullable().optional(),
  trackId: id('trk').nullable().optional(),
  /** Why the tier is pinned. */
  tierReason: line(500).nullable().optional(),
  version: Version,
})
export type PartnerChange = z.output<typeof PartnerChange>

/** Body of `PATCH /api/partners/{id}/contacts/{contactId}`; `primary: true` moves the mark from the contact that has it. */
export const ContactChange = z.strictObject({
  ...NewContact.partial().shape,
  primary: z.literal(true, 'Make another contact primary instead.').optional(),
  version: Version,
})
export type ContactChange = z.output<typeof ContactChange>

export const LOGGED_KINDS = ['meeting', 'call', 'email', 'note'] as const

/** Body of `POST /api/partners/{id}/activity`. */
export const NewActivity = z.strictObject({
  kind: oneOf(LOGGED_KINDS),
  /** The day it happened. */
  on: z.iso.date('Enter a day such as 2026-03-31.'),
  text: LongText.refine((text) => text !== '', 'Write what happened.'),
})
export type NewActivity = z.output<typeof NewActivity>

export const Activity = z.object({
  id: z.string(),
  kind: z.enum([...LOGGED_KINDS, 'edit', 'tier', 'created']),
  on: z.string(),
  text: z.string(),
  /** Of an edit: the fields that changed. */
  fields: z.array(z.string()),
  by: z.object({ id: z.string(), name: z.string() }),
  at: Iso,
})
export type Activity = z.infer<typeof Activity>

const Score = z.number().int().min(0).max(100).nullable()

/** A row of the directory. */
export const PartnerRow = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.string(),
  logoUrl: z.string().nullable(),
  type: oneOf(PARTNER_TYPES),
  subtype: z.string().nullable(),
  category: oneOf(CATEGORIES).nullable(),
  industry: oneOf(INDUSTRIES).nullable(),
  stage: oneOf(STAGES),
  status: oneOf(STATUSES),
  tier: oneOf(TIERS).nullable(),
  programTierId: z.string().nullable(),
  programTierName: z.string().nullable(),
  trackId: z.string().nullable(),
  tierSource: oneOf(TIER_SOURCES),
  region: oneOf(REGIONS),
  regions: z.array(oneOf(REGIONS)),
  languages: z.array(z.string()),
  tags: z.array(z.string()),
  manager: z.object({ id: z.string(), name: z.string() }).nullable(),
  fit: Score,
  health: Score,
  fitState: oneOf(SCORE_STATES),
  healthState: oneOf(SCORE_STATES),
  /** Share of the weight asked for that was known, 0 to 1; null until the first result. */
  fitConfidence: z.number().nullable(),
  healthConfidence: z.number().nullable(),
  /** Against 30 days ago; null while there was no score then. */
  fitChange: z.number().int().nullable(),
  healthChange: z.number().int().nullable(),
  version: z.number().int(),
  createdAt: Iso,
  updatedAt: Iso,
})
export type PartnerRow = z.infer<typeof PartnerRow>

export const PartnerPage = z.object({
  items: z.array(PartnerRow),
  nextCursor: z.string().nullable(),
  /** Exact on the first page, null on later ones. */
  total: z.number().int().nullable(),
})
export type PartnerPage = z.infer<typeof PartnerPage>

export const Contact = z.object({
  id: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  primary: z.boolean(),
  account: z.enum(['unclaimed', 'claimed']),
  lastSeenAt: Iso.nullable(),
  version: z.number().int(),
})
export type Contact = z.infer<typeof Contact>

export const Partner = PartnerRow.extend({
  jointValueProposition: z.string().nullable(),
  description: z.string().nullable(),
  keyStakeholders: z.array(Stakeholder),
  partnerLead: z.object({ id: z.string(), name: z.string() }).nullable(),
  rating: z.number().nullable(),
  pulse: z.number().nullable(),
  pulseAt: Iso.nullable(),
  certifications: z.number().nullable(),
  contacts: z.array(Contact),
  tierDetail: z.object({
    by: z.object({ id: z.string(), name: z.string() }).nullable(),
    at: Iso.nullable(),
    reason: z.string().nullable(),
    ...Standing.shape,
  }),
  planState: z.null(),
  submissionId: z.string().nullable(),
})
export type Partner = z.infer<typeof Partner>
