import { Inbox, Plus } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import { reasonAgainst, useMe } from '#web/me.ts'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Partner, PartnerRow } from '#worker/partners/schema.ts'
import { BulkParts, prefetchBulk } from './bulk/bulk-parts.tsx'
import { UndoButton } from './bulk/undo-button.tsx'
import { useBulk } from './bulk/use-bulk.ts'
import type { DirectoryState } from './definition.ts'
import { useRowChanges, useTrimmedLists } from './directory.ts'
import { directoryPath, partnerPath } from './drawer-path.ts'
import { Drawers, prefetchDrawers } from './drawers.tsx'
import { DirectoryView } from './table/directory-view.tsx'
import { useLines } from './table/use-lines.tsx'
import { WithoutRows } from './table/without-rows.tsx'
import { MatchCount } from './toolbar/match-count.tsx'
import { Toolbar } from './toolbar/toolbar.tsx'
import { useDirectoryState } from './use-directory-state.ts'
import { useDefaultView } from './views/use-default-view.ts'
import { isViewGone, type ShownViews, useViews } from './views/views.ts'
import { prefetchViews, ViewsBar } from './views/views-bar.tsx'
import './partners.css'

const OthersChanges = deferred(async () => (await import('./others-changes.tsx')).OthersChanges)
const GoneNotice = deferred(async () => (await import('./toolbar/gone-notice.tsx')).GoneNotice)

/** The directory. Its drawers have paths: `/partners/new` and `/partners/{id}`; the query is that of the table behind. */
export function PartnersPage() {
  const { url, path, route } = useLocation()
  const { data: me, error: meError } = useMe()
  const { data: views } = useViews()
  const shape = useDirectoryState(useDefaultView(path, searchOf(url), views))
  const { definition, search } = shape
  const { add } = useRowChanges()
  const [freshId, setFreshId] = useState<string | null>(null)
  const table = useLines(definition, shape.closed)
  const { lines, rows, isRead } = table
  const bulk = useBulk(table, definition)
  const [deleting, setDeleting] = useState<PartnerRow | null>(null)
  useTrimmedLists()
  useEffect(() => {
    if (!isRead) return
    prefetchDrawers()
    prefetchBulk()
    prefetchViews()
  }, [isRead])
  const refusal = !me && meError ? explain(meError).message : reasonAgainst(me, 'manager')
  const startAdding = () => !refusal && route(partnerPath(search, 'new'))
  useHotkeys({ c: startAdding })

  const added = (partner: Partner) => {
    add(partner, definition)
    setFreshId(partner.id)
    route(directoryPath(search), true)
    toast({ text: `${partner.name} is in your directory.` })
  }
  const addButton = (
    <Button look="primary" unavailable={refusal} onClick={startAdding}>
      <Plus size={15} aria-hidden="true" />
      Add partner
      <Kbd keys="C" />
    </Button>
  )
  return (
    <>
      <PageHead title="Partners" count={<MatchCount definition={definition} total={table.total} />}>
        <UndoButton after={bulk.after} />
        <a class="button to-applications" href="/partners/applications">
          <Inbox size={15} aria-hidden="true" />
          <span>Partner applications</span>
        </a>
        {addButton}
      </PageHead>
      <ViewsBar views={views} shape={shape} />
      <Toolbar shape={shape} total={table.total} selecting={bulk.selecting} />
      {isRead && <OthersChanges rows={rows} />}
      {mayBeGone(shape, views) && <GoneNotice shape={shape} views={views} />}
      {isRead && lines.length > 0 ? (
        <DirectoryView
          table={table}
          shape={shape}
          selecting={bulk.selecting}
          freshId={freshId}
          onDelete={setDeleting}
        />
      ) : (
        <WithoutRows table={table} shape={shape} action={addButton} />
      )}
      <BulkParts
        {...bulk}
        total={table.total}
        me={me}
        refusal={refusal}
        deleting={deleting}
        onDeleteEnd={() => setDeleting(null)}
      />
      <Drawers me={me} refusal={refusal} lines={lines} readOn={table.readOn} onAdded={added} />
    </>
  )
}

const searchOf = (url: string) => (url.includes('?') ? url.slice(url.indexOf('?')) : '')

/** Managers, tracks, tags and views come and go; the values of other filters stay. */
const mayBeGone = ({ view, definition: { filters } }: DirectoryState, views: ShownViews | undefined) =>
  Boolean(filters.manager ?? filters.track ?? filters.tag) || isViewGone(views, view)
