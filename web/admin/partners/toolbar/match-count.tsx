import { type Definition, isNarrowed } from '#web/admin/partners/definition.ts'
import { useEverybodyCount } from '#web/admin/partners/directory.ts'
import { formatCount } from '#web/format.ts'

/** How many partners the table has; where it shows some of them, of how many. */
export function MatchCount({ definition, total }: { definition: Definition; total: number | undefined }) {
  const narrowed = isNarrowed(definition)
  const everybody = useEverybodyCount(narrowed)
  if (total === undefined) return null
  if (!narrowed) return <>{formatCount(total)}</>
  return (
    <span role="status">
      {formatCount(total)}
      <span class="match-rest">
        {everybody === undefined ? ' match' : ` of ${formatCount(everybody)} match`}
      </span>
    </span>
  )
}
