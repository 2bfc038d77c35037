import type { Selecting } from '#web/admin/partners/bulk/use-selection.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import type { Line } from './lines.ts'

/** What the table and the list draw. */
export interface RowsProps {
  lines: readonly Line[]
  /** The first line in sight, and the one after the last. */
  from: number
  to: number
  /** Pixels that the lines before and after take up. */
  before: number
  after: number
  /** How many lines there will be once all are read. */
  count: number
  freshId: string | null
  shape: DirectoryShape
  /** What the rows' links say of the table. */
  search: string
  selecting: Selecting
  onMenu: (row: PartnerRow, button: Element) => void
}
