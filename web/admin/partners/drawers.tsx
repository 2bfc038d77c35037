import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { deferred } from '#web/ui/deferred.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import type { Neighbours } from '#web/ui/steps.tsx'
import type { Me } from '#worker/auth/schema.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { editPath } from './drawer-path.ts'
import type { Line } from './table/lines.ts'
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
  /** Of the table, in its order. */
  lines: readonly Line[]
  /** Reads further lines, when there are any. */
  readOn: () => void
  onAdded: (partner: Partner) => void
}

/** The drawer that the path names, if any: `/partners/new`, `/partners/{id}` and `/partners/{id}/edit`. */
export function Drawers({ me, refusal, lines, readOn, onAdded }: Props) {
  const { id, isEditing, close } = useOpenDrawer()
  const at = id === undefined ? -1 : lines.findIndex((line) => line.id === id)
  const neighbours = useNeighbours(lines, at, readOn)
  useEditKey(refusal)
  useReturnToRow(id)
  if (id === undefined) return null
  if (id === 'new') return me && !refusal && <AddPartnerDrawer me={me} onAdded={onAdded} onClose={close} />
  if (isEditing && !refusal) return me && <EditPartnerDrawer key={id} id={id} me={me} onClose={close} />
  const line = lines[at]
  const row = line?.kind === 'row' ? line.row : undefined
  return <PartnerDrawer id={id} row={row} refusal={refusal} neighbours={neighbours} onClose={close} />
}

/** Lines that may be left before the next page is asked for. */
const AHEAD = 5

function useNeighbours(lines: readonly Line[], at: number, readOn: () => void): Neighbours {
  const endNears = at >= 0 && at >= lines.length - AHEAD
  useEffect(() => {
    if (endNears) readOn()
  }, [endNears, readOn])
  return { previous: besideIn(lines, at, -1), next: besideIn(lines, at, 1) }
}

/** The next partner that way, past the heads of groups; null where there is none, or it is not read yet. */
function besideIn(lines: readonly Line[], at: number, step: 1 | -1): string | null {
  if (at < 0) return null
  let to = at + step
  while (lines[to]?.kind === 'group') to += step
  return lines[to]?.id ?? null
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
