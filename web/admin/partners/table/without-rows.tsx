import { Handshake, SearchX } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { isNarrowed } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { useNarrow } from '#web/admin/partners/use-narrow.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import { ListSkeleton } from './partners-list.tsx'
import { TableSkeleton } from './partners-table.tsx'
import type { Lines } from './use-lines.tsx'

interface Props {
  table: Lines
  shape: DirectoryShape
  action: ComponentChildren
}

/** The directory without a row to show: on its way, out of reach, empty, or with nobody who matches. */
export function WithoutRows({ table, shape: { definition, change }, action }: Props) {
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
        {narrow ? <ListSkeleton /> : <TableSkeleton keys={definition.columns} />}
      </div>
    )
  if (isNarrowed(definition))
    return (
      <EmptyState
        icon={SearchX}
        title="Nothing matches"
        action={<Button onClick={() => change({ filters: {}, search: '' })}>Clear filters</Button>}
      >
        No partner has all of this. Try fewer filters, or less of the name.
      </EmptyState>
    )
  return (
    <EmptyState icon={Handshake} title="No partners yet" action={action}>
      Add the first company that you work with. Its fit and health are worked out within seconds, from what
      you enter and from what its domain shows.
    </EmptyState>
  )
}
