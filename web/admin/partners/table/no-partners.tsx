import { Handshake, SearchX } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { isNarrowed } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { Button } from '#web/ui/button.tsx'
import { useFocusAfter } from '#web/ui/focus.ts'
import { EmptyState } from '#web/ui/states.tsx'

/** What it gives way to. */
const ROWS = '.rows-box'

interface Props {
  shape: DirectoryShape
  action: ComponentChildren
}

/** The directory when it has nobody, or nobody who matches. */
export function NoPartners({ shape: { definition, change }, action }: Props) {
  useFocusAfter(ROWS)
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
