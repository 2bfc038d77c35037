import type { ComponentChildren } from 'preact'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { useNarrow } from '#web/admin/partners/use-narrow.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { deferred } from '#web/ui/deferred.tsx'
import { ErrorState } from '#web/ui/states.tsx'
import { ListSkeleton } from './partners-list.tsx'
import { TableSkeleton } from './partners-table.tsx'
import type { Lines } from './use-lines.tsx'

const NoPartners = deferred(async () => (await import('./no-partners.tsx')).NoPartners)

interface Props {
  table: Lines
  shape: DirectoryShape
  action: ComponentChildren
}

/** The directory without a row to show: on its way, out of reach, empty, or with nobody who matches. */
export function WithoutRows({ table, shape, action }: Props) {
  const narrow = useNarrow()
  if (table.error && !table.isFetching)
    return (
      <ErrorState
        title="Your partners could not be loaded"
        message={explain(table.error).message}
        offline={isNetworkLoss(table.error)}
        onRetry={table.retry}
      />
    )
  if (!table.isRead)
    return (
      <div class="rows-box loading" aria-busy="true">
        <span class="sr-only" role="status">
          Loading partners…
        </span>
        {narrow ? <ListSkeleton /> : <TableSkeleton keys={shape.definition.columns} />}
      </div>
    )
  return <NoPartners shape={shape} action={action} />
}
