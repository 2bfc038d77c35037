import { Plus } from 'lucide-preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import { formatCount } from '#web/format.ts'
import { reasonAgainst, useMe } from '#web/me.ts'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Partner } from '#worker/partners/schema.ts'
import { usePartners, useRowChanges } from './directory.ts'
import { DirectoryView } from './directory-view.tsx'
import { rowsOf } from './pages.ts'
import { WithoutRows } from './without-rows.tsx'
import './partners.css'

const AddPartnerDrawer = deferred(async () => (await import('./add-partner-drawer.tsx')).AddPartnerDrawer)
const PartnerDrawer = deferred(async () => (await import('./partner-drawer.tsx')).PartnerDrawer)

const ADDING = '/partners/new'

/** The directory. Its drawers have paths: `/partners/new` and `/partners/{id}`. */
export function PartnersPage() {
  const { route } = useLocation()
  const { data: me, error: meError } = useMe()
  const { id, close } = useOpenDrawer()
  const { add } = useRowChanges()
  const [freshId, setFreshId] = useState<string | null>(null)
  const list = usePartners()
  const rows = useMemo(() => rowsOf(list.data), [list.data])
  const isRead = list.data !== undefined
  useEffect(() => {
    if (!isRead) return
    // The drawers then open without waiting, and even when the connection is lost by then.
    PartnerDrawer.prefetch()
    AddPartnerDrawer.prefetch()
  }, [isRead])
  const total = list.data?.pages[0]?.total
  const refusal = !me && meError ? explain(meError).message : reasonAgainst(me, 'manager')
  const startAdding = () => !refusal && route(ADDING)
  useHotkeys({ c: startAdding })

  const added = (partner: Partner) => {
    if (list.data) add(partner)
    else void list.refetch()
    setFreshId(partner.id)
    route('/partners', true)
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
      <PageHead title="Partners" count={total == null ? '' : formatCount(total)}>
        {addButton}
      </PageHead>
      {list.data && rows.length > 0 ? (
        <DirectoryView list={list} rows={rows} freshId={freshId} />
      ) : (
        <WithoutRows list={list} action={addButton} />
      )}
      {id === 'new' && me && !refusal && <AddPartnerDrawer me={me} onAdded={added} onClose={close} />}
      {id && id !== 'new' && (
        <PartnerDrawer key={id} id={id} row={rows.find((row) => row.id === id)} onClose={close} />
      )}
    </>
  )
}

/** The drawer that the path names. Closing goes back to the list that it was opened from, or on to it. */
function useOpenDrawer() {
  const { route } = useLocation()
  const id = useRoute().params.id
  const before = useRef(id)
  const fromList = useRef(false)
  if (before.current !== id) {
    fromList.current = before.current === undefined
    before.current = id
  }
  const close = () => (fromList.current ? history.back() : route('/partners', true))
  return { id, close }
}
