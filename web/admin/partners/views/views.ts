import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { answerOf, done, explain, isProblem } from '#web/problem.ts'
import type { Failure } from '#web/ui/place-errors.ts'
import type { Me } from '#worker/auth/schema.ts'
import { mayAct } from '#worker/auth/terms.ts'
import type { NewView, View, ViewChange, Views } from '#worker/views/schema.ts'
import { type ShownView, viewsOf } from './built-in-views.ts'

const VIEWS = ['views'] as const

/** A shared view is everybody's who may share; a private one is its owner's. */
export const mayChange = ({ owner, shared }: View, me: Me | undefined) =>
  owner.id === me?.memberId || (shared && me?.role != null && mayAct(me.role, 'manager'))

const readViews = (): Promise<Views> => answerOf(api.views.$get())

/** The views that the member sees, in the order of display, and which of them they open with. */
export interface ShownViews {
  all: readonly ShownView[]
  defaultViewId: string | null
}

const shownOf = ({ items, defaultViewId }: Views): ShownViews => ({ all: viewsOf(items), defaultViewId })

/** Whether a view that an address names is known not to be there: deleted, or somebody else's own. */
export const isViewGone = (views: ShownViews | undefined, view: string | null) =>
  view !== null && views !== undefined && !views.all.some(({ id }) => id === view)

export const useViews = () => useQuery({ queryKey: VIEWS, queryFn: readViews, select: shownOf })

/** What to say of a change that failed; a view that is gone leaves the table as it is. */
export const explainView = (error: unknown): Failure =>
  isProblem(error, 'not-found')
    ? {
        message: 'Somebody deleted this view meanwhile. To keep the table, save it as a new view.',
        errors: [],
      }
    : explain(error)

/** Changes to views; what the server answers is in the bar at once. */
export function useViewChanges() {
  const client = useQueryClient()
  const put = (how: (views: Views) => Views) =>
    client.setQueryData<Views>(VIEWS, (views) => how(views ?? { items: [], defaultViewId: null }))
  const keep = (view: View) => {
    put(({ items, ...rest }) => ({ ...rest, items: [...items.filter(({ id }) => id !== view.id), view] }))
    return view
  }
  const drop = (viewId: string) =>
    put(({ items, defaultViewId }) => ({
      items: items.filter(({ id }) => id !== viewId),
      defaultViewId: defaultViewId === viewId ? null : defaultViewId,
    }))
  const dropGone = (viewId: string) => (error: unknown) => {
    if (isProblem(error, 'not-found')) drop(viewId)
    throw error
  }
  /** The view as it is by now; null when it is gone. */
  const reread = async (id: string) => {
    const { items } = await client.fetchQuery({ queryKey: VIEWS, queryFn: readViews, staleTime: 0 })
    return items.find((view) => view.id === id) ?? null
  }
  return {
    reread,
    save: (view: NewView) => answerOf(api.views.$post({ json: view })).then(keep),
    /** @throws ApiProblem `stale` when somebody else changed it since. */
    change: (id: string, change: ViewChange) =>
      answerOf(api.views[':id'].$patch({ param: { id }, json: change })).then(keep, dropGone(id)),
    remove: async (id: string) => {
      await done(api.views[':id'].$delete({ param: { id } })).catch((error: unknown) => {
        // Somebody else was quicker: it is as one wanted.
        if (!isProblem(error, 'not-found')) throw error
      })
      drop(id)
    },
    makeDefault: async (viewId: string | null) => {
      await answerOf(api.views.default.$put({ json: { viewId } }))
      put((views) => ({ ...views, defaultViewId: viewId }))
    },
  }
}
