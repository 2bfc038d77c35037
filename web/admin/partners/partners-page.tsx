import { Plus } from 'lucide-preact'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import { formatCount } from '#web/format.ts'
import { reasonAgainst, useMe } from '#web/me.ts'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Partner } from '#worker/partners/schema.ts'
import { usePartners, useRowChanges } from './directory.ts'
import { DirectoryView } from './directory-view.tsx'
import { directoryPath } from './drawer-path.ts'
import { Drawers, prefetchDrawers } from './drawers.tsx'
import { rowsOf } from './pages.ts'
import { WithoutRows } from './without-rows.tsx'
import './partners.css'

const ADDING = '/partners/new'

/** The directory. Its drawers have paths below its own. */
export function PartnersPage() {
  const { route } = useLocation()
  const { data: me, error: meError } = useMe()
  const { add } = useRowChanges()
  const [freshId, setFreshId] = useState<string | null>(null)
  const list = usePartners()
  const rows = useMemo(() => rowsOf(list.data), [list.data])
  const isRead = list.data !== undefined
  useEffect(() => {
    if (isRead) prefetchDrawers()
  }, [isRead])
  const total = list.data?.pages[0]?.total
  const refusal = !me && meError ? explain(meError).message : reasonAgainst(me, 'manager')
  const startAdding = () => !refusal && route(ADDING)
  useHotkeys({ c: startAdding })

  const added = (partner: Partner) => {
    if (list.data) add(partner)
    else void list.refetch()
    setFreshId(partner.id)
    route(directoryPath(location.search), true)
    toast({ text: `${partner.name} is in your directory.` })
  }
  const { hasNextPage, isFetching, fetchNextPage } = list
  const readOn = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const addButton = (
    <Button look="primary" unavailable={refusal} onClick={startAdding}>
      <Plus size={15} aria-hidden="true" />
      Add partner
      <Kbd keys="C" />
    </Button>
  )
  return (
    <>
      <PageHead title="Partners" count={total == null ? '' : formatCount(total)}>
        {addButton}
      </PageHead>
      {list.data && rows.length > 0 ? (
        <DirectoryView list={list} rows={rows} freshId={freshId} />
      ) : (
        <WithoutRows list={list} action={addButton} />
      )}
      <Drawers me={me} refusal={refusal} rows={rows} readOn={readOn} onAdded={added} />
    </>
  )
}
