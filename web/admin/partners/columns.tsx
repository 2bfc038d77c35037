import type { ComponentChildren } from 'preact'
import { formatDay, formatMoment } from '#web/format.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { REGION_LABELS, STAGE_LABELS, TYPE_LABELS } from '#worker/partners/terms.ts'
import { StatusCell, TagsCell, TierCell } from './cells.tsx'
import { ScoreCell } from './score-cell.tsx'

interface Column {
  key: string
  label: string
  /** In rem; what is left over is shared among all. */
  width: number
  cell: (row: PartnerRow) => ComponentChildren
}

/** Every column after the name. */
export const COLUMNS: readonly Column[] = [
  { key: 'domain', label: 'Domain', width: 10, cell: ({ domain }) => <Text muted>{domain}</Text> },
  { key: 'type', label: 'Type', width: 6.25, cell: ({ type }) => TYPE_LABELS[type] },
  { key: 'tier', label: 'Tier', width: 9.25, cell: (row) => <TierCell {...row} /> },
  { key: 'status', label: 'Status', width: 5.75, cell: (row) => <StatusCell {...row} /> },
  { key: 'stage', label: 'Stage', width: 6.25, cell: ({ stage }) => STAGE_LABELS[stage] },
  { key: 'region', label: 'Region', width: 8.5, cell: ({ region }) => <Text>{REGION_LABELS[region]}</Text> },
  { key: 'fit', label: 'Fit', width: 7.5, cell: (row) => <ScoreCell row={row} kind="fit" /> },
  { key: 'health', label: 'Health', width: 7.5, cell: (row) => <ScoreCell row={row} kind="health" /> },
  { key: 'manager', label: 'Manager', width: 9, cell: ({ manager }) => <Text>{manager?.name ?? ''}</Text> },
  { key: 'tags', label: 'Tags', width: 11, cell: (row) => <TagsCell {...row} /> },
  { key: 'created', label: 'Created', width: 7.5, cell: ({ createdAt }) => <Day at={createdAt} /> },
  { key: 'updated', label: 'Updated', width: 7.5, cell: ({ updatedAt }) => <Day at={updatedAt} /> },
]

export const NAME_WIDTH = 14.5
export const TABLE_WIDTH = COLUMNS.reduce((sum, { width }) => sum + width, NAME_WIDTH)

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
