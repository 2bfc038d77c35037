import { useQueryClient } from '@tanstack/preact-query'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { api } from '#web/api.ts'
import { answerOf, done, explain, isProblem } from '#web/problem.ts'
import type { Failure } from '#web/ui/place-errors.ts'
import { toast } from '#web/ui/toast.tsx'
import type { Me } from '#worker/auth/schema.ts'
import { mayAct } from '#worker/auth/terms.ts'
import type { NewView, View, ViewChange, Views } from '#worker/views/schema.ts'
import { type OpenDialog, readViews, VIEWS } from './views.ts'

/** Its link in the bar. */
export const CURRENT_VIEW = '.views-bar [aria-current]'

/** A shared view is everybody's who may share; a private one is its owner's. */
export const mayChange = ({ owner, shared }: View, me: Me | undefined) =>
  owner.id === me?.memberId || (shared && me?.role != null && mayAct(me.role, 'manager'))

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

/** Keeps the table as it is now in its view; whoever was quicker is not overwritten. */
export function useUpdate({ definition }: DirectoryShape, onDialog: (dialog: OpenDialog) => void) {
  const { change, reread } = useViewChanges()
  const store = async (view: View, kept: View['definition']) => {
    try {
      return await change(view.id, { version: view.version, definition: kept })
    } catch (error) {
      const newer = isProblem(error, 'stale') ? await reread(view.id).catch(() => null) : null
      if (newer) onDialog({ kind: 'conflict', view: newer })
      else toast({ text: explainView(error).message })
      return null
    }
  }
  return async (view: View) => {
    const updated = await store(view, definition)
    if (!updated) return
    const run = () => void store(updated, view.definition)
    toast({ text: `${view.name} is updated.`, undo: { label: 'Undo', run } })
  }
}
