import * as z from 'zod'
import { LongText } from '#worker/http/schema.ts'
import { SOURCES, SUGGESTED_FIELDS } from './terms.ts'

/** A fact that was looked for: found, not there, or impossible to tell this time. Only the last one is unknown. */
const fact = <S extends z.ZodType>(value: S) =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('found'), value }),
    z.object({ state: z.literal('absent') }),
    z.object({ state: z.literal('unknown') }),
  ])
export type Fact<T> = { state: 'found'; value: T } | { state: 'absent' } | { state: 'unknown' }

const names = fact(z.array(z.string()))
const text = fact(z.string())

export const DnsFacts = z.object({
  /** Hosts, most preferred first. */
  mx: names,
  /** What the sender policy includes. */
  spf: names,
  dmarc: fact(z.enum(['none', 'quarantine', 'reject'])),
  ns: names,
  /** Authorities that may issue certificates. */
  caa: names,
  /** Slugs of `technologies.ts`, seen in TXT tokens, MX and SPF. */
  technologies: names,
})
export type DnsFacts = z.infer<typeof DnsFacts>

export const RdapFacts = z.object({
  /** ISO 8601. */
  registeredAt: text,
  expiresAt: text,
  registrar: text,
})
export type RdapFacts = z.infer<typeof RdapFacts>

export const WebsiteFacts = z.object({
  /** The address at which the page stood in the end; absent when nothing answers under the name. */
  url: text,
  /** True when that address is https. */
  https: fact(z.boolean()),
  title: text,
  description: text,
  /** BCP-47 of the page itself and of its alternates, the page's own first. */
  languages: names,
  /** From JSON-LD `Organization`. */
  organization: fact(
    z.object({
      name: z.string().nullable(),
      /** ISO 3166 alpha-2. */
      country: z.string().nullable(),
    }),
  ),
  /** Slugs of `technologies.ts`, by the hosts of scripts. */
  technologies: names,
  partnerPage: text,
  careersPage: text,
  pricingPage: text,
  /** Key of the icon in the bucket, fetched so that it can be shown and taken over. */
  logo: text,
})
export type WebsiteFacts = z.infer<typeof WebsiteFacts>

const checked = <S extends z.ZodType>(facts: S) => z.object({ at: z.number(), facts }).optional()

/** Facts by source, with when they were looked up (Unix ms); a source that is missing was not checked yet. */
export const Signals = z.object({
  dns: checked(DnsFacts),
  rdap: checked(RdapFacts),
  website: checked(WebsiteFacts),
})
export type Signals = z.infer<typeof Signals>

/** One line of what is publicly known, ready to be shown. */
export const SignalLine = z.object({
  name: z.string(),
  label: z.string(),
  state: z.enum(['found', 'absent', 'unknown']),
  /** What was found, in words; empty otherwise. */
  detail: z.string(),
  url: z.string().nullable(),
})
export type SignalLine = z.infer<typeof SignalLine>

export const Suggestion = z.object({
  field: z.enum(SUGGESTED_FIELDS),
  /** As `PATCH /api/partners/{id}` takes it; of a logo, the address of its picture. */
  value: z.union([z.string(), z.array(z.string())]),
  /** The page that says so. */
  url: z.string().nullable(),
  at: z.iso.datetime(),
})
export type Suggestion = z.infer<typeof Suggestion>

const Ignorable = LongText.refine((value) => value !== '', 'Enter the value that was suggested.')

/** Body of `POST /api/partners/{id}/suggestions/ignore`: a suggestion as it was read. */
export const IgnoredSuggestion = z.strictObject({
  field: z.enum(SUGGESTED_FIELDS, 'Choose one of the values offered.'),
  value: z.union(
    [Ignorable, z.array(Ignorable, 'Enter a list.').max(100, 'At most 100.')],
    'Enter the value that was suggested.',
  ),
})
export type IgnoredSuggestion = z.infer<typeof IgnoredSuggestion>

/** Answer of `GET /api/partners/{id}/signals`. */
export const PartnerSignals = z.object({
  domain: z.string(),
  /** True while a check is due or under way. */
  checking: z.boolean(),
  sources: z.array(
    z.object({
      source: z.enum(SOURCES),
      /** `unchecked`: nobody has looked yet. `failed`: it could not be checked. */
      state: z.enum(['checked', 'failed', 'unchecked']),
      at: z.iso.datetime().nullable(),
      lines: z.array(SignalLine),
    }),
  ),
  suggestions: z.array(Suggestion),
})
export type PartnerSignals = z.infer<typeof PartnerSignals>
