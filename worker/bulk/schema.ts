import * as z from 'zod'
import { id, text } from '#worker/http/schema.ts'
import { list, oneOf, Tag } from '#worker/partners/schema.ts'
import {
  ATTENTION,
  BANDS,
  CREATED,
  PARTNER_TYPES,
  REGIONS,
  STAGES,
  STATUSES,
  TIERS,
} from '#worker/partners/terms.ts'
import { BULK_MAX } from './terms.ts'

const orNone = (prefix: string) => z.union([id(prefix), z.literal('none')], 'This id is not known.')

/** The filters of `GET /api/partners` as a body holds them. */
const Filter = z.strictObject({
  search: text(200).optional(),
  type: list(oneOf(PARTNER_TYPES)).optional(),
  status: list(oneOf(STATUSES)).optional(),
  tier: list(oneOf([...TIERS, 'none'])).optional(),
  region: list(oneOf(REGIONS)).optional(),
  tag: list(Tag).optional(),
  stage: list(oneOf(STAGES)).optional(),
  manager: list(z.union([id('mbr'), z.enum(['none', 'me'])], 'This id is not known.')).optional(),
  track: list(orNone('trk')).optional(),
  fit: list(oneOf(BANDS)).optional(),
  health: list(oneOf(BANDS)).optional(),
  created: list(oneOf(CREATED)).optional(),
  attention: list(oneOf(ATTENTION)).optional(),
})

/** Partners by their ids, or all that a filter lets through; `expected` is how many the caller saw of those. */
const SELECTION = {
  ids: list(id('prt'), BULK_MAX).min(1, 'Choose at least one partner.').optional(),
  filter: Filter.optional(),
  expected: z.int('Send how many partners you expect.').min(0, 'Enter 0 or more.').optional(),
}
type Selected = z.output<z.ZodObject<typeof SELECTION>>

/** One of the two ways of choosing, and never half of one; asked when the fields themselves are right. */
function chooseOnce({ ids, filter, expected }: Selected, context: z.RefinementCtx) {
  if (context.issues.length > 0) return
  const refuse = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message })
  if (ids && filter) refuse('ids', 'Choose partners either by their ids or by a filter.')
  if (!ids && !filter) refuse('ids', 'Choose partners by their ids or by a filter.')
  if (filter && expected === undefined) refuse('expected', 'Send how many partners you expect.')
  if (!filter && expected !== undefined) refuse('expected', 'Send this with a filter only.')
}

/** Body of `POST /api/partners/delete`. */
export const BulkDelete = z.strictObject(SELECTION).superRefine(chooseOnce)
export type BulkDelete = z.output<typeof BulkDelete>

/** What is set on every chosen partner; `tier: null` returns it to the evaluator. */
const Assignment = z
  .strictObject({
    managerId: id('mbr').nullable().optional(),
    stage: oneOf(STAGES).optional(),
    addTags: list(Tag, 50).optional(),
    removeTags: list(Tag, 50).optional(),
    tier: oneOf(TIERS).nullable().optional(),
  })
  .superRefine(({ addTags = [], removeTags = [], ...set }, context) => {
    const both = addTags.findIndex((tag) => removeTags.includes(tag))
    if (both !== -1)
      context.addIssue({
        code: 'custom',
        path: ['addTags', both],
        message: 'This tag is to be removed, too.',
      })
    const nothing = Object.values(set).every((value) => value === undefined)
    if (nothing && addTags.length + removeTags.length === 0)
      context.addIssue({ code: 'custom', message: 'Choose what to change.' })
  })
export type Assignment = z.output<typeof Assignment>

/**
 * Body of `POST /api/partners/bulk`. Where a filter lets more than 1,000 partners through, later calls bring the `cursor`
 * of the answer before and expect what `remaining` said. `undo` is the id of the edit that a call begins or goes on with:
 * a caller who makes it up can try again, or take back, a call whose answer they never heard.
 */
export const BulkEdit = z
  .strictObject({
    ...SELECTION,
    set: Assignment,
    cursor: z
      .string('Start again from the first call.')
      .max(1_000, 'Start again from the first call.')
      .optional(),
    undo: id('blk').optional(),
  })
  .superRefine((body, context) => {
    chooseOnce(body, context)
    if (body.cursor !== undefined && !body.filter)
      context.addIssue({ code: 'custom', path: ['cursor'], message: 'Send this with a filter only.' })
  })
export type BulkEdit = z.output<typeof BulkEdit>

/** Answer of `POST /api/partners/delete`. */
export const BulkDeleted = z.object({ deleted: z.int(), remaining: z.int() })
export type BulkDeleted = z.infer<typeof BulkDeleted>

/** Answer of `POST /api/partners/bulk`. */
export const BulkEdited = z.object({
  updated: z.int(),
  remaining: z.int(),
  nextCursor: z.string().nullable(),
  undo: z.object({ id: z.string(), until: z.iso.datetime() }),
})
export type BulkEdited = z.infer<typeof BulkEdited>

/** Answer of `POST /api/partners/bulk/{id}/undo`; while something remains, the caller calls again. */
export const BulkUndone = z.object({ restored: z.int(), skipped: z.int(), remaining: z.int() })
export type BulkUndone = z.infer<typeof BulkUndone>
