import { ListChecks, ListFilter } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Selecting } from '#web/admin/partners/bulk/use-selection.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { useNarrow } from '#web/admin/partners/use-narrow.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { useStore } from '#web/ui/store.ts'
import { SearchField } from './search-field.tsx'
import './toolbar.css'

const FiltersSheet = deferred(async () => (await import('./filters-sheet.tsx')).FiltersSheet)
const Tools = deferred(async () => (await import('./tools.tsx')).Tools)

interface Props {
  shape: DirectoryShape
  /** How many match, once that is known. */
  total: number | undefined
  selecting: Selecting
}

/** What narrows and orders the table: in one row, or on narrow screens behind one button. */
export function Toolbar({ shape, total, selecting }: Props) {
  const narrow = useNarrow()
  const { definition, type, settle } = shape
  return (
    <section class="toolbar" aria-label="Table tools">
      <SearchField value={definition.search} onType={type} onLeave={settle} />
      {narrow ? (
        <>
          <SheetButton shape={shape} total={total} />
          <SelectButton selecting={selecting} />
        </>
      ) : (
        <Tools shape={shape} />
      )}
    </section>
  )
}

/** Shows boxes in the list, where there is no room for them all the time. */
function SelectButton({ selecting }: Pick<Props, 'selecting'>) {
  const on = useStore(selecting.mode, (now) => now)
  return (
    <IconButton
      label="Select partners"
      aria-pressed={on}
      onClick={() => (on ? selecting.clear() : selecting.mode.set(true))}
    >
      <ListChecks size={15} aria-hidden="true" />
    </IconButton>
  )
}

function SheetButton({ shape, total }: Omit<Props, 'selecting'>) {
  const [open, setOpen] = useState(false)
  const count = Object.keys(shape.definition.filters).length
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog">
        <ListFilter size={14} aria-hidden="true" />
        Filters
        {count > 0 && <span class="number-badge number">{count}</span>}
      </Button>
      {open && <FiltersSheet shape={shape} total={total} onClose={() => setOpen(false)} />}
    </>
  )
}
