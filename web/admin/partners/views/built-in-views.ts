import { type Definition, EVERYBODY, tidy, writeState } from '#web/admin/partners/definition.ts'
import type { View } from '#worker/views/schema.ts'

/** A view as the bar shows it: one of the product's own, or one that somebody saved. */
export interface ShownView {
  id: string
  name: string
  definition: Definition
  /** The query string of the table as the view has it. */
  search: string
  /** Null for the product's own. */
  saved: View | null
}

const shown = (id: string, name: string, definition: Definition, saved: View | null): ShownView => ({
  id,
  name,
  definition,
  search: writeState({ view: id, definition, closed: [] }),
  saved,
})

const own = (id: string, name: string, change: Partial<Definition>) =>
  shown(id, name, { ...EVERYBODY, ...change }, null)

export const ALL_PARTNERS = own('all', 'All partners', {})

export const BUILT_IN_VIEWS: readonly ShownView[] = [
  ALL_PARTNERS,
  own('mine', 'My partners', { filters: { manager: ['me'] } }),
  // Health is what it is about, so that it stands in sight.
  own('attention', 'Needs attention', {
    filters: { attention: ['yes'] },
    sort: 'health',
    columns: ['type', 'tier', 'stage', 'fit', 'health', 'manager', 'updated'],
  }),
  own('new', 'New this month', { filters: { created: ['this-month'] }, sort: '-createdAt' }),
]

/** “Quarter 2” stands before “Quarter 10”. */
const NAMES = new Intl.Collator(undefined, { numeric: true })

/** The product's own views, then the saved ones by name. */
export const viewsOf = (saved: readonly View[]): ShownView[] => [
  ...BUILT_IN_VIEWS,
  ...saved
    .map((view) => shown(view.id, view.name, tidy(view.definition), view))
    .toSorted((one, other) => NAMES.compare(one.name, other.name)),
]
