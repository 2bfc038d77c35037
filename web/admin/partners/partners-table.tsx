import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Avatar } from '#web/ui/avatar.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { COLUMNS, NAME_WIDTH, TABLE_WIDTH } from './columns.tsx'
import type { RowsProps } from './directory-view.tsx'

export function PartnersTable({ rows, from, to, before, after, total, freshId }: RowsProps) {
  return (
    <table
      class="table"
      style={{ minWidth: `${TABLE_WIDTH}rem` }}
      aria-rowcount={total === null ? -1 : total + 1}
    >
      <TableHead />
      <tbody>
        <Gap height={before} />
        {rows.slice(from, to).map((row, index) => (
          <Row key={row.id} row={row} index={from + index} fresh={row.id === freshId} />
        ))}
        <Gap height={after} />
      </tbody>
    </table>
  )
}

const TableHead = () => (
  <>
    <colgroup>
      <col style={{ width: `${NAME_WIDTH}rem` }} />
      {COLUMNS.map(({ key, width }) => (
        <col key={key} style={{ width: `${width}rem` }} />
      ))}
    </colgroup>
    <thead>
      <tr>
        <th scope="col">Name</th>
        {COLUMNS.map(({ key, label }) => (
          <th key={key} scope="col">
            {label}
          </th>
        ))}
      </tr>
    </thead>
  </>
)

/** Holds the place of rows that are not drawn. */
const Gap = ({ height }: { height: number }) =>
  height > 0 ? (
    <tr class="gap" style={{ height: `${height}px` }}>
      <td colSpan={COLUMNS.length + 1} />
    </tr>
  ) : null

function Row({ row, index, fresh }: { row: PartnerRow; index: number; fresh: boolean }): VNode {
  const { route } = useLocation()
  const open = (event: MouseEvent) => {
    if (event.target instanceof Element && !event.target.closest('a')) route(`/partners/${row.id}`)
  }
  // The same row is the same nodes: scrolling does not look into rows that stay.
  const cells = useMemo(
    () => (
      <>
        <th scope="row">
          <NameLink row={row} />
        </th>
        {COLUMNS.map(({ key, cell }) => (
          <td key={key}>{cell(row)}</td>
        ))}
      </>
    ),
    [row],
  )
  return (
    <tr data-row={row.id} data-fresh={fresh || undefined} aria-rowindex={index + 2} onClick={open}>
      {cells}
    </tr>
  )
}

export const NameLink = ({ row }: { row: PartnerRow }) => (
  <a class="partner-name" href={`/partners/${row.id}`} data-open title={row.name}>
    <Avatar name={row.name} imageUrl={row.logoUrl} />
    <span class="truncate">{row.name}</span>
  </a>
)

const SKELETON_ROWS = [62, 48, 70, 55, 66, 44, 58, 72, 50, 64, 46, 60]

export const TableSkeleton = () => (
  <table class="table" style={{ minWidth: `${TABLE_WIDTH}rem` }} aria-hidden="true">
    <TableHead />
    <tbody>
      {SKELETON_ROWS.map((width) => (
        <tr key={width} class="skeleton-row">
          <td>
            <Skeleton width={width + 15} />
          </td>
          {COLUMNS.map(({ key }, column) => (
            <td key={key}>
              <Skeleton width={30 + ((width * (column + 3)) % 45)} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)
