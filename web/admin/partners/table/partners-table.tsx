import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { MenuButton } from '#web/admin/partners/bulk/menu-button.tsx'
import { Tick } from '#web/admin/partners/bulk/tick.tsx'
import type { Selecting } from '#web/admin/partners/bulk/use-selection.ts'
import { COLUMN_KEYS, type ColumnKey } from '#web/admin/partners/definition.ts'
import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import { Avatar } from '#web/ui/avatar.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { type Column, columnsOf, MENU_WIDTH, NAME_WIDTH, TICK_WIDTH, widthOf } from './columns.tsx'
import { GroupHead } from './group-head.tsx'
import type { Line } from './lines.ts'
import type { RowsProps } from './rows-props.ts'
import { type Sorting, TableHead } from './table-head.tsx'

export function PartnersTable(props: RowsProps) {
  const { lines, from, to, before, after, count, freshId, shape, search, selecting, onMenu } = props
  const { definition, change, fold } = shape
  const columns = useMemo(() => columnsOf(definition.columns), [definition.columns])
  const sorting: Sorting = { sort: definition.sort, onSort: (sort) => change({ sort }) }
  const span = columns.length + 3
  const draw = (line: Line, at: number) => {
    const index = from + at
    if (line.kind === 'waiting') return <WaitingRow key={`${line.key} ${index}`} span={span} index={index} />
    if (line.kind === 'group')
      return <GroupRow key={line.id} line={line} span={span} index={index} onFold={fold} />
    const { id, row } = line
    const same = { columns, search, selecting, onMenu }
    return <Row key={id} row={row} index={index} fresh={id === freshId} {...same} />
  }
  return (
    <table class="table" style={{ minWidth: `${widthOf(columns)}rem` }} aria-rowcount={count + 1}>
      <Widths columns={columns} />
      <TableHead columns={columns} sorting={sorting} selecting={selecting} />
      <tbody>
        <Gap height={before} span={span} />
        {lines.slice(from, to).map(draw)}
        <Gap height={after} span={span} />
      </tbody>
    </table>
  )
}

const Widths = ({ columns }: { columns: readonly Column[] }) => (
  <colgroup>
    <col style={{ width: `${TICK_WIDTH}rem` }} />
    <col style={{ width: `${NAME_WIDTH}rem` }} />
    {columns.map(({ key, width }) => (
      <col key={key} style={{ width: `${width}rem` }} />
    ))}
    <col style={{ width: `${MENU_WIDTH}rem` }} />
  </colgroup>
)

/** Holds the place of lines that are not drawn. */
const Gap = ({ height, span }: { height: number; span: number }) =>
  height > 0 ? (
    <tr class="gap" style={{ height: `${height}px` }}>
      <td colSpan={span} />
    </tr>
  ) : null

interface RowProps extends Pick<RowsProps, 'onMenu'> {
  row: PartnerRow
  selecting: Selecting
  columns: readonly Column[]
  search: string
  index: number
  fresh: boolean
}

function Row({ row, columns, search, index, fresh, selecting, onMenu }: RowProps): VNode {
  const { route } = useLocation()
  const open = (event: MouseEvent) => {
    if (event.target instanceof Element && !event.target.closest('a, button, input'))
      route(partnerPath(search, row.id))
  }
  // The same row is the same nodes: scrolling does not look into rows that stay.
  const cells = useMemo(
    () => (
      <>
        <td class="tick-cell">
          <Tick id={row.id} name={row.name} selecting={selecting} />
        </td>
        <th scope="row">
          <NameLink row={row} search={search} />
        </th>
        {columns.map(({ key, cell }) => (
          <td key={key}>{cell(row, search)}</td>
        ))}
        <td class="menu-cell">
          <MenuButton row={row} onMenu={onMenu} />
        </td>
      </>
    ),
    [row, columns, search, selecting, onMenu],
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
    <td class="tick-cell" />
    <td>
      <Skeleton width={SKELETON_ROWS[index % SKELETON_ROWS.length] ?? 50} />
    </td>
    <td colSpan={span - 2} />
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
            <td class="tick-cell" />
            <th>
              <Skeleton width={width + 15} />
            </th>
            {columns.map(({ key }, column) => (
              <td key={key}>
                <Skeleton width={30 + ((width * (column + 3)) % 45)} />
              </td>
            ))}
            <td class="menu-cell" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
