import { type Definition, type FilterName, withFilter } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { goneInWords, useFilterNames } from './filter-values.ts'

const OWN: readonly FilterName[] = ['manager', 'track', 'tag']

/** Says so when a filter asks for a tag, track or manager that is no more. */
export function GoneNotice({ shape: { definition, change } }: { shape: DirectoryShape }) {
  const { isGone } = useFilterNames(definition.filters)
  const gone = goneInWords(definition.filters, isGone)
  if (gone.length === 0) return null
  const remove = () => {
    const without = OWN.reduce((before: Definition, name) => {
      const left = (before.filters[name] ?? []).filter((value) => !isGone(name, value))
      return withFilter(before, name, left)
    }, definition)
    change({ filters: without.filters })
  }
  return (
    <Notice tone="amber" role="status" class="notice gone-notice">
      <span>{`A filter asks for ${gone.join(' and ')}, which ${gone.length > 1 ? 'no longer exist' : 'no longer exists'}.`}</span>{' '}
      <Button look="plain" onClick={remove}>
        {gone.length > 1 ? 'Remove them' : 'Remove it'}
      </Button>
    </Notice>
  )
}
