import * as z from 'zod'
import { Email, id, LongText, line, Name, text } from '#worker/http/schema.ts'
import {
  type ALERT_CHANNELS,
  BANNER_HEIGHT,
  FONTS,
  FORM_STATES,
  MAPPINGS,
  OPTIONS_MAX,
  QUESTION_TYPES,
  QUESTIONS_MAX,
  RECIPIENTS_MAX,
  RHYTHMS,
  SECTIONS_MAX,
  SITES_MAX,
} from './terms.ts'

/** Made by the client, unique within the form; it names fields of the public page. */
const Key = z
  .string('Enter an id.')
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'Use 1 to 40 letters, digits, - and _.')

/** A number that a question compares answers with. */
const Bound = z
  .number('Enter a number.')
  .min(-1e12, 'Enter a larger number.')
  .max(1e12, 'Enter a smaller number.')
const Length = z.int('Enter a whole number.').min(0, 'Enter 0 or more.').max(10_000, 'Enter 10,000 at most.')

export const Option = z.strictObject({ id: Key, label: line(200) })
export type Option = z.output<typeof Option>

/**
 * One question. What it still lacks (a label, options) is a problem that keeps the form from being published, and no
 * reason not to keep it.
 */
export const Question = z.strictObject({
  id: Key,
  type: z.enum(QUESTION_TYPES),
  label: line(500),
  help: line(1_000).optional(),
  placeholder: line(200).optional(),
  required: z.boolean(),
  options: z.array(Option).max(OPTIONS_MAX, `Use ${OPTIONS_MAX} options at most.`).optional(),
  /** Of a number: the smallest and the largest. */
  min: Bound.optional(),
  max: Bound.optional(),
  /** Of a text: characters. */
  minLength: Length.optional(),
  maxLength: Length.optional(),
  mapsTo: z.enum(MAPPINGS).optional(),
})
export type Question = z.output<typeof Question>

export const FieldSection = z.strictObject({
  id: Key,
  kind: z.literal('fields'),
  title: line(200),
  /** Plain text. */
  description: text(2_000).optional(),
  questions: z.array(Question).max(QUESTIONS_MAX, `Use ${QUESTIONS_MAX} questions at most.`),
})
export type FieldSection = z.output<typeof FieldSection>

export const AgreementSection = z.strictObject({
  id: Key,
  kind: z.literal('agreement'),
  title: line(200),
  /** Markdown. */
  text: LongText,
  /** Where its PDF is, as the upload answered; another address is refused. */
  documentUrl: line(300).nullable().optional(),
})
export type AgreementSection = z.output<typeof AgreementSection>

export const Section = z.discriminatedUnion('kind', [FieldSection, AgreementSection])
export type Section = z.output<typeof Section>

const Colour = z
  .string('Enter a colour.')
  .regex(/^#[0-9a-f]{6}$/i, 'Enter a colour such as #1a56db.')
  .transform((colour) => colour.toLowerCase())

export const Design = z.strictObject({
  /** As the upload answered, or null for none. */
  bannerUrl: line(300).nullable(),
  bannerColor: Colour.nullable(),
  /** Pixels. */
  bannerHeight: z
    .int('Enter a whole number.')
    .min(BANNER_HEIGHT.min, `Enter ${BANNER_HEIGHT.min} or more.`)
    .max(BANNER_HEIGHT.max, `Enter ${BANNER_HEIGHT.max} at most.`),
  font: z.enum(FONTS),
  accent: Colour,
})
export type Design = z.output<typeof Design>

export const Content = z.strictObject({
  title: line(200),
  /** Markdown. */
  description: LongText,
  submitLabel: line(60),
  /** Plain text. */
  successMessage: text(2_000),
  /** BCP-47: the language that the form is written in, which also gives its direction. */
  language: z
    .string('Enter a language code.')
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'Enter a language code such as de or pt-BR.'),
})
export type Content = z.output<typeof Content>

/** An origin in its one normal form: `https://www.acme.com`. */
export const Site = z
  .string('Enter a web address.')
  .max(300, 'Use 300 characters at most.')
  .transform((given, context) => {
    const site = originOf(given)
    if (site) return site
    context.addIssue({ code: 'custom', message: 'Enter a site such as https://www.acme.com.' })
    return z.NEVER
  })

/** Goes into a header and into messages, so only plain origins pass; http only for one's own machine. */
function originOf(given: string): string | null {
  const trimmed = given.trim()
  // A reader of addresses passes over these, so that what is meant is not what stands there.
  if (/[\p{Cc}\p{Zs}\p{DI}]/u.test(trimmed)) return null
  const url = URL.parse(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`)
  if (!url || url.username || url.password) return null
  if (
    url.protocol !== 'https:' &&
    !(url.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname))
  )
    return null
  return /^[a-z0-9.-]+$/.test(url.hostname) ? url.origin : null
}

export const Share = z.strictObject({
  /** Whether the page opens by its address. */
  public: z.boolean(),
  embed: z.boolean(),
  /** Origins that may embed it; none listed means any. */
  sites: z.array(Site).max(SITES_MAX, `Use ${SITES_MAX} sites at most.`),
})
export type Share = z.output<typeof Share>

/** The address that Slack gives for one channel. Nothing else is ever asked. */
export const SlackWebhook = z
  .string('Enter the address of the webhook.')
  .max(500, 'Use 500 characters at most.')
  .transform((given) => given.trim())
  .refine(
    (given) => /^https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]+$/.test(given),
    'Enter an address that begins with https://hooks.slack.com/services/.',
  )

export const Notifications = z.strictObject({
  emails: z.array(Email).max(RECIPIENTS_MAX, `Use ${RECIPIENTS_MAX} addresses at most.`),
  /** Write only: absent keeps what stands, null removes it. */
  slackWebhook: SlackWebhook.nullable().optional(),
  /** As read, and ignored when written: what is left of the address for people to know it by. */
  slackWebhookHint: line(100).nullable().optional(),
  rhythm: z.enum(RHYTHMS),
})
export type Notifications = z.output<typeof Notifications>

export const Slug = z
  .string('Enter an address.')
  .transform((given) => given.trim().toLowerCase())
  .refine((given) => /^[a-z0-9-]{3,64}$/.test(given), 'Use 3 to 64 of a-z, 0-9 and -.')

/**
 * Body of `POST /api/forms`: what is absent, also within design, content, share and notifications, is as in the default
 * form; without a slug one is made from the name.
 */
export const NewForm = z.strictObject({
  name: Name,
  slug: Slug.optional(),
  sections: z.array(Section).max(SECTIONS_MAX, `Use ${SECTIONS_MAX} sections at most.`).optional(),
  design: Design.partial().optional(),
  content: Content.partial().optional(),
  share: Share.partial().optional(),
  notifications: Notifications.partial().optional(),
  /** Submissions taken in a day (UTC), at most; 0 for no limit. */
  dailyCap: z
    .int('Enter a whole number.')
    .min(0, 'Enter 0 or more.')
    .max(1_000_000, 'Enter less.')
    .optional(),
  state: z.enum(FORM_STATES).optional(),
})
export type NewForm = z.output<typeof NewForm>

/** Body of `PATCH /api/forms/{id}`: what is absent stays as it is. `version` is the one that was edited. */
export const FormChange = z.strictObject({
  ...NewForm.partial().shape,
  version: z.int('Send the version that you edited.').min(0),
})
export type FormChange = z.output<typeof FormChange>

/** Body of `POST /api/forms/{id}/test-notification`. */
export const TestNotification = z.strictObject({ channel: z.enum(['email', 'slack']) })

/** A form as members see it. */
export interface Form {
  id: string
  name: string
  slug: string
  state: (typeof FORM_STATES)[number]
  version: number
  publishedVersion: number | null
  sections: Section[]
  design: Design
  content: Content
  share: Share
  notifications: { emails: string[]; slackWebhookHint: string | null; rhythm: (typeof RHYTHMS)[number] }
  dailyCap: number
  createdAt: string
  updatedAt: string
  /** Alerts that failed in the last seven days where the form still sends to: the newest of each target. */
  failing: { channel: (typeof ALERT_CHANNELS)[number]; to: string; error: string | null; at: string }[]
}

/** Answer of `GET /api/forms`, newest first. */
export interface FormPage {
  items: FormRow[]
  nextCursor: string | null
  total: number | null
}

/** A row of `GET /api/forms`. */
export interface FormRow
  extends Pick<Form, 'id' | 'name' | 'slug' | 'state' | 'version' | 'publishedVersion' | 'updatedAt'> {
  /** Of submissions that are not suspected. */
  counts: { new: number; approved: number; rejected: number; suspected: number; unread: number }
}

/** What one version asked: what an applicant sees, and what their answers are judged by. Never changes again. */
export const FormVersion = z.object({
  sections: z.array(Section),
  design: Design,
  content: Content,
  /** The name that the form had. */
  name: z.string(),
  /** HTML of the Markdown, made when it was saved: of the description, and of agreements by the id of their section. */
  html: z.object({ description: z.string(), agreements: z.record(z.string(), z.string()) }),
  /** SHA-256 of each agreement's text and of its document, in hexadecimal, by the id of its section. */
  fingerprints: z.record(z.string(), z.object({ text: z.string(), document: z.string().nullable() })),
  /** The parts of the form that this save changed; null for the first. */
  changed: z.array(z.string()).nullable(),
})
export type FormVersion = z.output<typeof FormVersion>

/** Ids of rows that belong to a form. */
export const FormId = id('frm')
