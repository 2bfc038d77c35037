import { MenuButton } from '#web/admin/partners/bulk/menu-button.tsx'
import { Tick } from '#web/admin/partners/bulk/tick.tsx'
import type { Selecting } from '#web/admin/partners/bulk/use-selection.ts'
import type { Definition } from '#web/admin/partners/definition.ts'
import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import { SCORE_LABELS, type ScoreKind } from '#web/admin/partners/score.tsx'
import { Avatar } from '#web/ui/avatar.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { useStore } from '#web/ui/store.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { TYPE_LABELS } from '#worker/partners/terms.ts'
import { TierCell } from './cells.tsx'
import { GroupHead } from './group-head.tsx'
import type { Line } from './lines.ts'
import type { RowsProps } from './rows-props.ts'
import { ScoreCell } from './score-cell.tsx'
import './partners-list.css'

/** The directory on a narrow screen: what one looks for first, two lines each. */
export function PartnersList(props: RowsProps) {
  const { lines, from, to, before, after, count, freshId, shape, search, selecting, onMenu } = props
  const choosing = useStore(selecting.mode, (on) => on)
  const kind = scoreFor(shape.definition)
  const draw = (line: Line, at: number) => {
    const place = { 'aria-setsize': count, 'aria-posinset': from + at + 1 }
    if (line.kind === 'waiting') return <WaitingItem key={`${line.key} ${from + at}`} width={50} />
    if (line.kind === 'group')
      return (
        <li key={line.id} class="group-item" data-row={line.id} {...place}>
          <GroupHead group={line.group} open={line.open} onFold={shape.fold} />
        </li>
      )
    return (
      <li key={line.id} data-row={line.id} data-fresh={line.id === freshId || undefined} {...place}>
        <Item
          row={line.row}
          kind={kind}
          search={search}
          onMenu={onMenu}
          selecting={choosing ? selecting : null}
        />
      </li>
    )
  }
  return (
    <ul class="partners-list" style={{ paddingTop: `${before}px`, paddingBottom: `${after}px` }}>
      {lines.slice(from, to).map(draw)}
    </ul>
  )
}

/** The one score that there is room for: the one that is asked about. */
const scoreFor = ({ filters, sort }: Definition): ScoreKind =>
  filters.attention || sort.endsWith('health') ? 'health' : 'fit'

interface ItemProps extends Pick<RowsProps, 'onMenu'> {
  row: PartnerRow
  kind: ScoreKind
  search: string
  /** While one chooses, a box stands in place of the logo. */
  selecting: Selecting | null
}

const Item = ({ row, kind, search, selecting, onMenu }: ItemProps) => (
  <>
    {selecting ? (
      <Tick id={row.id} name={row.name} selecting={selecting} />
    ) : (
      <Avatar name={row.name} imageUrl={row.logoUrl} size="large" />
    )}
    <a class="list-name truncate" href={partnerPath(search, row.id)} data-open>
      {row.name}
    </a>
    <span class="list-score">
      {row[kind] !== null && <span class="muted">{SCORE_LABELS[kind]}</span>}
      <ScoreCell row={row} kind={kind} search={search} />
    </span>
    <span class="list-more truncate">
      {row.tier && <TierCell {...row} />}
      <span class="muted truncate">
        {TYPE_LABELS[row.type]} · {row.domain}
      </span>
    </span>
    <MenuButton row={row} onMenu={onMenu} />
  </>
)

const WaitingItem = ({ width }: { width: number }) => (
  <li class="skeleton-item">
    <span class="skeleton" />
    <div>
      <Skeleton width={width} />
      <Skeleton width={width + 20} />
    </div>
  </li>
)

export const ListSkeleton = () => (
  <ul class="partners-list" aria-hidden="true">
    {[60, 45, 70, 52, 66, 40].map((width) => (
      <WaitingItem key={width} width={width} />
    ))}
  </ul>
)
