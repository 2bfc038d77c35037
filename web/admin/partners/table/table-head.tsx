import { ArrowDown, ArrowUp } from 'lucide-preact'
import { TickAll } from '#web/admin/partners/bulk/tick.tsx'
import type { Selecting } from '#web/admin/partners/bulk/use-selection.ts'
import type { ColumnKey } from '#web/admin/partners/definition.ts'
import { directionOf, sortByColumn } from '#web/admin/partners/toolbar/sorts.ts'
import type { PartnerSort } from '#worker/partners/terms.ts'
import type { Column } from './columns.tsx'

/** What a column's head needs to sort by it. */
export interface Sorting {
  sort: PartnerSort
  onSort: (sort: PartnerSort) => void
}

interface Props {
  columns: readonly Column[]
  /** While nothing is read there is nothing to sort. */
  sorting?: Sorting
  selecting?: Selecting
}

export const TableHead = ({ columns, sorting, selecting }: Props) => (
  <thead>
    <tr>
      <th scope="col" class="tick-cell">
        {selecting && <TickAll selecting={selecting} />}
      </th>
      <ColumnHead column="name" label="Name" sorting={sorting} />
      {columns.map(({ key, label }) => (
        <ColumnHead key={key} column={key} label={label} sorting={sorting} />
      ))}
      <th scope="col" class="menu-cell">
        <span class="sr-only">Actions</span>
      </th>
    </tr>
  </thead>
)

interface HeadProps {
  column: ColumnKey | 'name'
  label: string
  sorting: Sorting | undefined
}

function ColumnHead({ column, label, sorting }: HeadProps) {
  const direction = sorting && directionOf(column, sorting.sort)
  if (!(sorting && direction)) return <th scope="col">{label}</th>
  const next = sortByColumn(column, sorting.sort)
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" class="sort-head" onClick={() => next && sorting.onSort(next)}>
        {label}
        <Arrow size={12} aria-hidden="true" class={direction === 'none' ? 'unsorted' : undefined} />
      </button>
    </th>
  )
}
