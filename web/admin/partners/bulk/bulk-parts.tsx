import { useRef } from 'preact/hooks'
import { reasonAgainst } from '#web/me.ts'
import { deferred } from '#web/ui/deferred.tsx'
import { useStore } from '#web/ui/store.ts'
import type { Me } from '#worker/auth/schema.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { RowMenuItems } from './row-menu.tsx'
import { countOf } from './selection.ts'
import { work } from './stores.ts'
import { UndoLast } from './undo-button.tsx'
import type { useBulk } from './use-bulk.ts'

const BulkBar = deferred(async () => (await import('./bulk-bar.tsx')).BulkBar)
const DeleteDialog = deferred(async () => (await import('./delete-dialog.tsx')).DeleteDialog)

/** They are then at hand without a connection, too. */
export function prefetchBulk() {
  for (const part of [BulkBar, DeleteDialog, RowMenuItems, UndoLast]) part.prefetch()
}

interface Props extends ReturnType<typeof useBulk> {
  total: number | undefined
  me: Me | undefined
  refusal: string | undefined
  /** The one partner that is about to be deleted. */
  deleting: PartnerRow | null
  onDeleteEnd: () => void
}

/** What stands above the table while partners are chosen, edited or deleted. */
export function BulkParts({ selecting, definition, after, deleted, deleting, onDeleteEnd, ...rest }: Props) {
  const { total, me, refusal } = rest
  const chosen = useStore(selecting.store, (selection) => countOf(selection) > 0)
  const going = useStore(work, (now) => now !== null)
  // Its code is asked for when it is first needed; a dialog of its own may outlast the selection.
  const isUsed = useRef(false)
  isUsed.current ||= chosen || going
  const same = { after, onDeleted: deleted }
  return (
    <>
      {isUsed.current && (
        <BulkBar
          shown={chosen || going}
          selecting={selecting}
          definition={definition}
          total={total}
          refusal={refusal}
          deleteRefusal={reasonAgainst(me, 'admin')}
          {...same}
        />
      )}
      {deleting && (
        <DeleteDialog left={{ ids: [deleting.id] }} name={deleting.name} {...same} onClose={onDeleteEnd} />
      )}
    </>
  )
}
