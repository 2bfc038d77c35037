import { type Definition, EVERYBODY, tidy } from '#web/admin/partners/definition.ts'
import type { View } from '#worker/views/schema.ts'

/** A view as the bar shows it: one of the product's own, or one that somebody saved. */
export interface ShownView {
  id: string
  name: string
  definition: Definition
  /** Null for the product's own. */
  saved: View | null
}

const own = (id: string, name: string, change: Partial<Definition>): ShownView => ({
  id,
  name,
  definition: { ...EVERYBODY, ...change },
  saved: null,
})

export const ALL_PARTNERS = own('all', 'All partners', {})

export const BUILT_IN_VIEWS: readonly ShownView[] = [
  ALL_PARTNERS,
  own('mine', 'My partners', { filters: { manager: ['me'] } }),
  own('attention', 'Needs attention', { filters: { attention: ['yes'] }, sort: 'health' }),
  own('new', 'New this month', { filters: { created: ['this-month'] }, sort: '-createdAt' }),
]

/** The product's own views, then the saved ones. */
export const viewsOf = (saved: readonly View[]): ShownView[] => [
  ...BUILT_IN_VIEWS,
  ...saved.map((view) => ({
    id: view.id,
    name: view.name,
    definition: tidy(view.definition),
    saved: view,
  })),
]
