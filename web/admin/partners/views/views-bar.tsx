import { Star } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { isSame } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { useNarrow } from '#web/admin/partners/use-narrow.ts'
import { deferred } from '#web/ui/deferred.tsx'
import { ALL_PARTNERS, BUILT_IN_VIEWS, type ShownView } from './built-in-views.ts'
import type { OpenDialog, ShownViews } from './views.ts'
import '#web/ui/pills.css'
import './views-bar.css'

const EditedActions = deferred(async () => (await import('./edited-actions.tsx')).EditedActions)
const ViewMenu = deferred(async () => (await import('./view-menu.tsx')).ViewMenu)
const ViewDialog = deferred(async () => (await import('./view-dialogs.tsx')).ViewDialog)

/** A table can then be kept as a view without a connection, too, as soon as there is one again. */
export function prefetchViews() {
  EditedActions.prefetch()
  ViewDialog.prefetch()
}

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
  const shown = { current, shape, onDialog: setDialog }
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
        <ViewMenu {...shown} defaultViewId={views?.defaultViewId ?? null} isEdited={narrow && isEdited} />
      </span>
      {!narrow && isEdited && <EditedActions {...shown} />}
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
