import type { ComponentChildren } from 'preact'
import { COLUMN_KEYS, type ColumnKey } from '#web/admin/partners/definition.ts'
import { formatDay, formatMoment } from '#web/format.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { REGION_LABELS, STAGE_LABELS, TYPE_LABELS } from '#worker/partners/terms.ts'
import { StatusCell, TagsCell, TierCell } from './cells.tsx'
import { ScoreCell } from './score-cell.tsx'

export interface Column {
  key: ColumnKey
  label: string
  /** In rem; what is left over is shared among all. */
  width: number
  cell: (row: PartnerRow, search: string) => ComponentChildren
}

const COLUMNS: Record<ColumnKey, Omit<Column, 'key'>> = {
  domain: { label: 'Domain', width: 13.25, cell: ({ domain }) => <Text muted>{domain}</Text> },
  type: { label: 'Type', width: 6.25, cell: ({ type }) => TYPE_LABELS[type] },
  tier: { label: 'Tier', width: 9.25, cell: (row) => <TierCell {...row} /> },
  status: { label: 'Status', width: 6, cell: (row) => <StatusCell {...row} /> },
  stage: { label: 'Stage', width: 6.5, cell: ({ stage }) => STAGE_LABELS[stage] },
  fit: {
    label: 'Fit',
    width: 7.5,
    cell: (row, search) => <ScoreCell row={row} kind="fit" search={search} />,
  },
  health: {
    label: 'Health',
    width: 7.5,
    cell: (row, search) => <ScoreCell row={row} kind="health" search={search} />,
  },
  region: { label: 'Region', width: 11.5, cell: ({ region }) => <Text>{REGION_LABELS[region]}</Text> },
  manager: { label: 'Manager', width: 9, cell: ({ manager }) => <Text>{manager?.name ?? ''}</Text> },
  tags: { label: 'Tags', width: 12, cell: (row) => <TagsCell {...row} /> },
  created: { label: 'Created', width: 7.25, cell: ({ createdAt }) => <Day at={createdAt} /> },
  updated: { label: 'Updated', width: 7.25, cell: ({ updatedAt }) => <Day at={updatedAt} /> },
}

export const COLUMN_CHOICES = COLUMN_KEYS.map((key) => ({ key, label: COLUMNS[key].label }))

export const columnsOf = (keys: readonly ColumnKey[]): Column[] =>
  keys.map((key) => ({ key, ...COLUMNS[key] }))

export const TICK_WIDTH = 2.25
export const NAME_WIDTH = 14.75
export const MENU_WIDTH = 2.5
export const widthOf = (columns: readonly Column[]) =>
  columns.reduce((sum, { width }) => sum + width, TICK_WIDTH + NAME_WIDTH + MENU_WIDTH)

function Text({ muted, children }: { muted?: boolean; children: string }) {
  return (
    <span class={muted ? 'muted' : undefined} title={children}>
      {children}
    </span>
  )
}

const Day = ({ at }: { at: string }) => (
  <time class="muted number" dateTime={at} title={formatMoment(at)}>
    {formatDay(at)}
  </time>
)
