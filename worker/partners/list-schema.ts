import * as z from 'zod'
import { id, Page } from '#worker/http/schema.ts'
import { Iso, list, oneOf } from './schema.ts'
import {
  ATTENTION,
  BANDS,
  CREATED,
  GROUPINGS,
  PARTNER_SORTS,
  PARTNER_TYPES,
  REGIONS,
  STAGES,
  STATUSES,
  TIERS,
} from './terms.ts'

/** A name of the query that may repeat: its values are alternatives. */
export const several = <T extends z.ZodType>(value: T) =>
  z.preprocess((given) => (typeof given === 'string' ? [given] : given), list(value).optional())
const orNone = (prefix: string) => z.union([id(prefix), z.literal('none')])

/** What narrows the directory: values of one filter are alternatives, filters combine. */
export const PartnerFilter = z.object({
  /** Any part of name or domain; one or two letters match beginnings of words. */
  search: z.string().max(200, 'Search for 200 characters at most.').optional(),
  type: several(oneOf(PARTNER_TYPES)),
  status: several(oneOf(STATUSES)),
  tier: several(oneOf([...TIERS, 'none'])),
  /** The primary region. */
  region: several(oneOf(REGIONS)),
  /** Any of them. */
  tag: several(z.string().max(50)),
  stage: several(oneOf(STAGES)),
  /** `me` is the member who asks. */
  manager: several(z.union([orNone('mbr'), z.literal('me')])),
  track: several(orNone('trk')),
  fit: several(oneOf(BANDS)),
  health: several(oneOf(BANDS)),
  created: several(oneOf(CREATED)),
  /** Health under 50, or down by 10 in 30 days. */
  attention: several(oneOf(ATTENTION)),
})
export type PartnerFilter = z.output<typeof PartnerFilter>

/** Query of `GET /api/partners`. */
export const PartnerQuery = z.object({
  ...PartnerFilter.shape,
  ...Page.shape,
  sort: oneOf(PARTNER_SORTS).default('name'),
})
export type PartnerQuery = z.output<typeof PartnerQuery>

/** Query of `GET /api/partners/groups`. */
export const GroupsQuery = z.object({ ...PartnerFilter.shape, by: oneOf(GROUPINGS) })
export type GroupsQuery = z.output<typeof GroupsQuery>

/** Answer of `GET /api/partners/groups`. */
export const Groups = z.object({
  groups: z.array(z.object({ key: z.string(), label: z.string(), count: z.number().int() })),
})
export type Groups = z.infer<typeof Groups>

/** Query of `GET /api/partners/tags`: tags that begin so, in small or capital letters. */
export const TagsQuery = z.object({ q: z.string().max(50).optional() })

/** Answer of `GET /api/partners/tags`: up to 200 tags, in order within a spelling; `count` ends at 100, which is then "100 or more". */
export const Tags = z.object({ items: z.array(z.object({ tag: z.string(), count: z.number().int() })) })
export type Tags = z.infer<typeof Tags>

/** Query of `GET /api/partners/rows`: the rows of up to 200 partners that a page shows, to see what changed. */
export const RowsQuery = z.object({
  id: z.preprocess((value) => (typeof value === 'string' ? [value] : value), list(id('prt'), 200).min(1)),
})
export type RowsQuery = z.output<typeof RowsQuery>

/** Query of `GET /api/partners/changes`: `at` of the answer before; without it, changes count from now on. */
export const ChangesQuery = z.object({
  since: z.iso.datetime('Send the time of the answer before.').transform(Date.parse).optional(),
})

/** Answer of `GET /api/partners/changes`. */
export const Changes = z.object({
  at: Iso,
  total: z.int(),
  ids: z.array(z.string()),
  /** True when more have changed than are named. */
  more: z.boolean(),
})
export type Changes = z.infer<typeof Changes>
