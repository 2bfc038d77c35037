import { deferred } from '#web/ui/deferred.tsx'
import { Menu } from '#web/ui/menu.tsx'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { ROW_MENU } from './menu-button.tsx'

export const RowMenuItems = deferred(async () => (await import('./row-menu-items.tsx')).RowMenuItems)

interface Props {
  /** For whom it was opened last. */
  row: PartnerRow | null
  search: string
  pressed: () => Element | null
  onDelete: (row: PartnerRow) => void
}

/** The one menu of all rows, so that a row costs no more than its button. */
export const RowMenu = ({ row, search, pressed, onDelete }: Props) => (
  <Menu id={ROW_MENU} pressed={pressed} label={row ? `Actions for ${row.name}` : 'Actions'}>
    {row && <RowMenuItems id={row.id} search={search} onDelete={() => onDelete(row)} />}
  </Menu>
)
