import { Handshake } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import { useMedia } from '#web/ui/use-media.ts'
import type { usePartners } from './directory.ts'
import { NARROW } from './directory-view.tsx'
import { ListSkeleton } from './partners-list.tsx'
import { TableSkeleton } from './partners-table.tsx'

/** The directory before there is a row to show: on its way, out of reach, or empty. */
export function WithoutRows({
  list,
  action,
}: {
  list: ReturnType<typeof usePartners>
  action: ComponentChildren
}) {
  const narrow = useMedia(NARROW)
  if (list.error && !list.isFetching)
    return (
      <ErrorState
        title="Your partners could not be loaded"
        message={explain(list.error).message}
        offline={isNetworkLoss(list.error)}
        onRetry={() => void list.refetch()}
      />
    )
  if (!list.data)
    return (
      <div class="rows-box loading" aria-busy="true">
        <span class="sr-only" role="status">
          Loading partners…
        </span>
        {narrow ? <ListSkeleton /> : <TableSkeleton />}
      </div>
    )
  return (
    <EmptyState icon={Handshake} title="No partners yet" action={action}>
      Add the first company that you work with. Its fit and health are worked out within seconds, from what
      you enter and from what its domain shows.
    </EmptyState>
  )
}
