import { Avatar } from '#web/ui/avatar.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { TYPE_LABELS } from '#worker/partners/terms.ts'
import { TierCell } from './cells.tsx'
import type { RowsProps } from './directory-view.tsx'
import { SCORE_LABELS } from './score.tsx'
import { ScoreCell } from './score-cell.tsx'

/** The directory on a narrow screen: what one looks for first, two lines each. */
export function PartnersList({ rows, from, to, before, after, total, freshId }: RowsProps) {
  return (
    <ul class="partners-list" style={{ paddingTop: `${before}px`, paddingBottom: `${after}px` }}>
      {rows.slice(from, to).map((row, index) => (
        <li
          key={row.id}
          data-row={row.id}
          data-fresh={row.id === freshId || undefined}
          aria-setsize={total ?? -1}
          aria-posinset={from + index + 1}
        >
          <Avatar name={row.name} imageUrl={row.logoUrl} large />
          <a class="list-name truncate" href={`/partners/${row.id}`} data-open>
            {row.name}
          </a>
          <span class="list-score">
            {row.fit !== null && <span class="muted">{SCORE_LABELS.fit}</span>}
            <ScoreCell row={row} kind="fit" />
          </span>
          <span class="list-more truncate">
            {row.tier && <TierCell {...row} />}
            <span class="muted truncate">
              {TYPE_LABELS[row.type]} · {row.domain}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

export const ListSkeleton = () => (
  <ul class="partners-list" aria-hidden="true">
    {[60, 45, 70, 52, 66, 40].map((width) => (
      <li key={width} class="skeleton-item">
        <span class="skeleton" />
        <div>
          <Skeleton width={width} />
          <Skeleton width={width + 20} />
        </div>
      </li>
    ))}
  </ul>
)
