import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Avatar } from '#web/ui/avatar.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { type Column, columnsOf, NAME_WIDTH, widthOf } from './columns.tsx'
import { COLUMN_KEYS, type ColumnKey } from './definition.ts'
import type { RowsProps } from './directory-view.tsx'
import { partnerPath } from './drawer-path.ts'
import { GroupHead } from './group-head.tsx'
import type { Line } from './lines.ts'
import { type Sorting, TableHead } from './table-head.tsx'

export function PartnersTable({ lines, from, to, before, after, count, freshId, shape }: RowsProps) {
  const { definition, search, change, fold } = shape
  const columns = useMemo(() => columnsOf(definition.columns), [definition.columns])
  const sorting: Sorting = { sort: definition.sort, onSort: (sort) => change({ sort }) }
  const draw = (line: Line, at: number) => {
    const index = from + at
    const span = columns.length + 1
    if (line.kind === 'waiting') return <WaitingRow key={`${line.key} ${index}`} span={span} index={index} />
    if (line.kind === 'group')
      return <GroupRow key={line.id} line={line} span={span} index={index} onFold={fold} />
    const { id, row } = line
    return <Row key={id} row={row} columns={columns} search={search} index={index} fresh={id === freshId} />
  }
  return (
    <table class="table" style={{ minWidth: `${widthOf(columns)}rem` }} aria-rowcount={count + 1}>
      <Widths columns={columns} />
      <TableHead columns={columns} sorting={sorting} />
      <tbody>
        <Gap height={before} span={columns.length + 1} />
        {lines.slice(from, to).map(draw)}
        <Gap height={after} span={columns.length + 1} />
      </tbody>
    </table>
  )
}

const Widths = ({ columns }: { columns: readonly Column[] }) => (
  <colgroup>
    <col style={{ width: `${NAME_WIDTH}rem` }} />
    {columns.map(({ key, width }) => (
      <col key={key} style={{ width: `${width}rem` }} />
    ))}
  </colgroup>
)

/** Holds the place of lines that are not drawn. */
const Gap = ({ height, span }: { height: number; span: number }) =>
  height > 0 ? (
    <tr class="gap" style={{ height: `${height}px` }}>
      <td colSpan={span} />
    </tr>
  ) : null

interface RowProps {
  row: PartnerRow
  columns: readonly Column[]
  search: string
  index: number
  fresh: boolean
}

function Row({ row, columns, search, index, fresh }: RowProps): VNode {
  const { route } = useLocation()
  const open = (event: MouseEvent) => {
    if (event.target instanceof Element && !event.target.closest('a')) route(partnerPath(search, row.id))
  }
  // The same row is the same nodes: scrolling does not look into rows that stay.
  const cells = useMemo(
    () => (
      <>
        <th scope="row">
          <NameLink row={row} search={search} />
        </th>
        {columns.map(({ key, cell }) => (
          <td key={key}>{cell(row, search)}</td>
        ))}
      </>
    ),
    [row, columns, search],
  )
  return (
    <tr data-row={row.id} data-fresh={fresh || undefined} aria-rowindex={index + 2} onClick={open}>
      {cells}
    </tr>
  )
}

const NameLink = ({ row, search }: { row: PartnerRow; search: string }) => (
  <a class="partner-name" href={partnerPath(search, row.id)} data-open title={row.name}>
    <Avatar name={row.name} imageUrl={row.logoUrl} />
    <span class="truncate">{row.name}</span>
  </a>
)

interface GroupRowProps {
  line: Extract<Line, { kind: 'group' }>
  span: number
  index: number
  onFold: (key: string) => void
}

const GroupRow = ({ line, span, index, onFold }: GroupRowProps) => (
  <tr class="group-row" data-row={line.id} aria-rowindex={index + 2}>
    <td colSpan={span}>
      <GroupHead group={line.group} open={line.open} onFold={onFold} />
    </td>
  </tr>
)

const WaitingRow = ({ span, index }: { span: number; index: number }) => (
  <tr class="skeleton-row" aria-rowindex={index + 2}>
    <td>
      <Skeleton width={SKELETON_ROWS[index % SKELETON_ROWS.length] ?? 50} />
    </td>
    <td colSpan={span - 1} />
  </tr>
)

const SKELETON_ROWS = [62, 48, 70, 55, 66, 44, 58, 72, 50, 64, 46, 60]

export function TableSkeleton({ keys = COLUMN_KEYS }: { keys?: readonly ColumnKey[] }) {
  const columns = columnsOf(keys)
  return (
    <table class="table" style={{ minWidth: `${widthOf(columns)}rem` }} aria-hidden="true">
      <Widths columns={columns} />
      <TableHead columns={columns} />
      <tbody>
        {SKELETON_ROWS.map((width) => (
          <tr key={width} class="skeleton-row">
            <td>
              <Skeleton width={width + 15} />
            </td>
            {columns.map(({ key }, column) => (
              <td key={key}>
                <Skeleton width={30 + ((width * (column + 3)) % 45)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
