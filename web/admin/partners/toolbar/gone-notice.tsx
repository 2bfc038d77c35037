import type { ComponentChildren } from 'preact'
import { type Definition, withFilter } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { ALL_PARTNERS } from '#web/admin/partners/views/built-in-views.ts'
import { isViewGone, type ShownViews } from '#web/admin/partners/views/views.ts'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { goneInWords, OWN, useFilterNames } from './filter-values.ts'

interface Props {
  shape: DirectoryShape
  views: ShownViews | undefined
}

/** Says so when the address names a view that is no more, or a filter asks for a tag, track or manager that is no more. */
export function GoneNotice({ shape, views }: Props) {
  const { definition, change } = shape
  const { isGone } = useFilterNames(definition.filters)
  const gone = goneInWords(definition.filters, isGone)
  const remove = () => {
    const without = OWN.reduce((before: Definition, name) => {
      const left = (before.filters[name] ?? []).filter((value) => !isGone(name, value))
      return withFilter(before, name, left)
    }, definition)
    change({ filters: without.filters })
  }
  return (
    <>
      {isViewGone(views, shape.view) && (
        <Gone mend="Show all partners" onMend={() => shape.open(ALL_PARTNERS, true)}>
          The view of this address is no longer there, or not shared with you. The table is as the address
          says.
        </Gone>
      )}
      {gone.length > 0 && (
        <Gone mend={gone.length > 1 ? 'Remove them' : 'Remove it'} onMend={remove}>
          {`A filter asks for ${gone.join(' and ')}, which ${gone.length > 1 ? 'no longer exist' : 'no longer exists'}.`}
        </Gone>
      )}
    </>
  )
}

interface GoneProps {
  /** What the button does about it, in words. */
  mend: string
  onMend: () => void
  children: ComponentChildren
}

const Gone = ({ mend, onMend, children }: GoneProps) => (
  <Notice tone="amber" role="status" class="notice gone-notice">
    <span>{children}</span>{' '}
    <Button look="plain" onClick={onMend}>
      {mend}
    </Button>
  </Notice>
)
