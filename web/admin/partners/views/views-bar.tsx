import { Star } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { isSame } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { useNarrow } from '#web/admin/partners/use-narrow.ts'
import { useMe } from '#web/me.ts'
import { isProblem } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { View } from '#worker/views/schema.ts'
import { ALL_PARTNERS, BUILT_IN_VIEWS, type ShownView } from './built-in-views.ts'
import type { OpenDialog } from './view-dialogs.tsx'
import type { EditActions } from './view-menu.tsx'
import { explainView, mayChange, type ShownViews, useViewChanges } from './views.ts'
import '#web/ui/pills.css'
import './views-bar.css'

const ViewMenu = deferred(async () => (await import('./view-menu.tsx')).ViewMenu)
const ViewDialog = deferred(async () => (await import('./view-dialogs.tsx')).ViewDialog)

interface Props {
  views: ShownViews | undefined
  shape: DirectoryShape
}

/** The views to choose from, and what can be done with the one that is shown. */
export function ViewsBar({ views, shape }: Props) {
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const narrow = useNarrow()
  const all = views?.all ?? BUILT_IN_VIEWS
  // A view that is somebody's own, or gone, leaves what the address says of the table.
  const current = all.find(({ id }) => id === shape.view) ?? ALL_PARTNERS
  const isEdited = !(isPending(views, shape) || isSame(shape.definition, current.definition))
  const update = useUpdate(shape, (view) => setDialog({ kind: 'conflict', view }))
  const actions = { onSave: () => setDialog({ kind: 'save' }), onUpdate: update, isEdited }
  return (
    <div class="views-bar">
      <nav aria-label="Views">
        <ul class="pills">
          {all.map((view) => (
            <ViewLink
              key={view.id}
              view={view}
              current={view === current}
              opensFirst={views?.defaultViewId === view.id}
            />
          ))}
        </ul>
      </nav>
      <span class="views-menu">
        <ViewMenu
          current={current}
          defaultViewId={views?.defaultViewId ?? null}
          shape={shape}
          onDialog={setDialog}
          {...actions}
          isEdited={narrow && isEdited}
        />
      </span>
      {!narrow && isEdited && <EditedActions current={current} shape={shape} {...actions} />}
      {dialog && <ViewDialog dialog={dialog} shape={shape} onClose={() => setDialog(null)} />}
    </div>
  )
}

/** Whether the view that the address names may still come. */
const isPending = (views: ShownViews | undefined, { view }: DirectoryShape) =>
  views === undefined && view !== null && view.startsWith('vew_')

interface LinkProps {
  view: ShownView
  current: boolean
  opensFirst: boolean
}

function ViewLink({ view: { name, search }, current, opensFirst }: LinkProps) {
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    const strip = link.current?.closest('nav')
    if (!(current && link.current && strip)) return
    // Scrolled by hand: after scrollIntoView the first Tab of the page would start here.
    const { left, width } = link.current.getBoundingClientRect()
    const box = strip.getBoundingClientRect()
    strip.scrollBy({ left: left + width / 2 - (box.left + box.width / 2) })
  }, [current])
  return (
    <li>
      <a ref={link} href={`/partners${search}`} aria-current={current ? 'page' : undefined} title={name}>
        <span class="truncate">{name}</span>
        {opensFirst && (
          <>
            <Star size={11} fill="currentColor" aria-hidden="true" />
            <span class="sr-only">, your default</span>
          </>
        )}
      </a>
    </li>
  )
}

interface EditedProps extends EditActions {
  current: ShownView
  shape: DirectoryShape
}

function EditedActions({ current, shape, onSave, onUpdate }: EditedProps) {
  const { data: me } = useMe()
  const { saved } = current
  const canUpdate = saved && mayChange(saved, me)
  return (
    <span class="views-end">
      <span class="muted">Edited</span>
      <Button look="plain" onClick={() => shape.open(current)}>
        Reset
      </Button>
      {canUpdate && <Button onClick={() => onUpdate(saved)}>Update this view</Button>}
      <Button look={canUpdate ? 'plain' : undefined} onClick={onSave}>
        {saved ? 'Save as new' : 'Save view'}
      </Button>
    </span>
  )
}

/** Keeps the table as it is now in its view; whoever was quicker is not overwritten. */
function useUpdate({ definition }: DirectoryShape, onConflict: (view: View) => void) {
  const { change, reread } = useViewChanges()
  const store = async (view: View, kept: View['definition']) => {
    try {
      return await change(view.id, { version: view.version, definition: kept })
    } catch (error) {
      const newer = isProblem(error, 'stale') ? await reread(view.id).catch(() => null) : null
      if (newer) onConflict(newer)
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
