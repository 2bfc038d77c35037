import * as z from 'zod'
import { line, Name } from '#worker/http/schema.ts'
import { FILTER_NAMES, GROUPINGS, PARTNER_SORTS } from '#worker/partners/terms.ts'

/** What a view keeps of the directory. A value that is gone by now (a tag, a manager) stays; the page says so. */
export const ViewDefinition = z.strictObject({
  /** Filter names with their values, as the list takes them. */
  filters: z.partialRecord(z.enum(FILTER_NAMES), z.array(line(60)).max(100)),
  search: line(200),
  sort: z.enum(PARTNER_SORTS),
  groupBy: z.enum(GROUPINGS).nullable(),
  /** Columns shown, in order. */
  columns: z.array(line(40)).max(30),
})
export type ViewDefinition = z.infer<typeof ViewDefinition>

/** Body of `POST /api/views`. */
export const NewView = z.strictObject({ name: Name, shared: z.boolean(), definition: ViewDefinition })
export type NewView = z.output<typeof NewView>

/** Body of `PATCH /api/views/{id}`. */
export const ViewChange = z.strictObject({
  ...NewView.partial().shape,
  version: z.int('Send the version that you edited.').min(0),
})
export type ViewChange = z.output<typeof ViewChange>

/** Body of `PUT /api/views/default`. Built-in views have names instead of ids. */
export const DefaultView = z.strictObject({ viewId: line(40).nullable() })
export type DefaultView = z.output<typeof DefaultView>

export const View = z.object({
  id: z.string(),
  name: z.string(),
  shared: z.boolean(),
  owner: z.object({ id: z.string(), name: z.string() }),
  definition: ViewDefinition,
  version: z.number().int(),
})
export type View = z.infer<typeof View>

/** Answer of `GET /api/views`: one's own and the shared ones, and which of them one's directory opens with. */
export const Views = z.object({ items: z.array(View), defaultViewId: z.string().nullable() })
export type Views = z.infer<typeof Views>
