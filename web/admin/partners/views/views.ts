import { useQuery } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { View, Views } from '#worker/views/schema.ts'
import { type ShownView, viewsOf } from './built-in-views.ts'

export const VIEWS = ['views'] as const

export const readViews = (): Promise<Views> => answerOf(api.views.$get())

/** The views that the member sees, in the order of display, and which of them they open with. */
export interface ShownViews {
  all: readonly ShownView[]
  defaultViewId: string | null
}

const shownOf = ({ items, defaultViewId }: Views): ShownViews => ({ all: viewsOf(items), defaultViewId })

/** The dialog that is open, and the view that it is about. */
export type OpenDialog = { kind: 'save' } | { kind: 'rename' | 'delete' | 'conflict'; view: View }

/** Whether a view that an address names is known not to be there: deleted, or somebody else's own. */
export const isViewGone = (views: ShownViews | undefined, view: string | null) =>
  view !== null && views !== undefined && !views.all.some(({ id }) => id === view)

export const useViews = () => useQuery({ queryKey: VIEWS, queryFn: readViews, select: shownOf })
