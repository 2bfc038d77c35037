import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { deferred } from '#web/ui/deferred.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import type { Neighbours } from '#web/ui/steps.tsx'
import type { Me } from '#worker/auth/schema.ts'
import type { Partner, PartnerRow } from '#worker/partners/schema.ts'
import { editPath } from './drawer-path.ts'
import { useOpenDrawer } from './use-open-drawer.ts'

const AddPartnerDrawer = deferred(async () => (await import('./add/add-partner-drawer.tsx')).AddPartnerDrawer)
const PartnerDrawer = deferred(async () => (await import('./detail/partner-drawer.tsx')).PartnerDrawer)
const EditPartnerDrawer = deferred(
  async () => (await import('./edit/edit-partner-drawer.tsx')).EditPartnerDrawer,
)

/** The drawers then open without waiting, and even when the connection is lost by then. */
export function prefetchDrawers() {
  PartnerDrawer.prefetch()
  AddPartnerDrawer.prefetch()
  EditPartnerDrawer.prefetch()
}

interface Props {
  me: Me | undefined
  /** Why this person may not change partners. */
  refusal: string | undefined
  /** The rows that have been read, in the order of the table. */
  rows: readonly PartnerRow[]
  /** Reads further rows, when there are any. */
  readOn: () => void
  onAdded: (partner: Partner) => void
}

/** The drawer that the path names, if any: `/partners/new`, `/partners/{id}` and `/partners/{id}/edit`. */
export function Drawers({ me, refusal, rows, readOn, onAdded }: Props) {
  const { id, isEditing, close } = useOpenDrawer()
  const neighbours = useNeighbours(rows, id, readOn)
  useEditKey(refusal)
  useReturnToRow(id)
  if (id === undefined) return null
  if (id === 'new') return me && !refusal && <AddPartnerDrawer me={me} onAdded={onAdded} onClose={close} />
  if (isEditing && !refusal) return me && <EditPartnerDrawer key={id} id={id} me={me} onClose={close} />
  const row = rows.find((one) => one.id === id)
  return <PartnerDrawer id={id} row={row} refusal={refusal} neighbours={neighbours} onClose={close} />
}

/** Rows that may be left before the next page is asked for. */
const AHEAD = 5

function useNeighbours(rows: readonly PartnerRow[], id: string | undefined, readOn: () => void): Neighbours {
  const at = id === undefined ? -1 : rows.findIndex((row) => row.id === id)
  const endNears = at >= 0 && at >= rows.length - AHEAD
  useEffect(() => {
    if (endNears) readOn()
  }, [endNears, readOn])
  if (at < 0) return { previous: null, next: null }
  return { previous: rows[at - 1]?.id ?? null, next: rows[at + 1]?.id ?? null }
}

/** `e` edits the row that has the focus. */
function useEditKey(refusal: string | undefined) {
  const { route } = useLocation()
  useHotkeys({
    e: () => {
      const id = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row
      if (id && !refusal) route(editPath(location.search, id))
    },
  })
}

/** After stepping from row to row, closing leads to the row that was seen last, not to the one that was opened. */
function useReturnToRow(id: string | undefined) {
  const opened = useRef<string | null>(null)
  const last = useRef<string | null>(null)
  useEffect(() => {
    if (id !== undefined) {
      opened.current ??= id
      last.current = id
      return
    }
    const stepped = last.current !== opened.current ? last.current : null
    opened.current = null
    if (stepped === null) return
    const link = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(stepped)}"] [data-open]`)
    link?.focus()
  }, [id])
}
