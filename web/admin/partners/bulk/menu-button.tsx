import { Ellipsis } from 'lucide-preact'
import type { PartnerRow } from '#worker/partners/schema.ts'

/** The one menu of all rows. */
export const ROW_MENU = 'row-menu'

interface Props {
  row: PartnerRow
  /** Says for whom the menu opens, just before it does. */
  onMenu: (row: PartnerRow, button: Element) => void
}

export const MenuButton = ({ row, onMenu }: Props) => (
  <button
    type="button"
    class="row-menu"
    popovertarget={ROW_MENU}
    aria-haspopup="menu"
    aria-label={`Actions for ${row.name}`}
    onClick={(event) => onMenu(row, event.currentTarget)}
  >
    <Ellipsis size={16} aria-hidden="true" />
  </button>
)
