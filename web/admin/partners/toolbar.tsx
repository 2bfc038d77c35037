import { ListFilter } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Button } from '#web/ui/button.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { useMedia } from '#web/ui/use-media.ts'
import { NARROW } from './directory-view.tsx'
import { SearchField } from './search-field.tsx'
import type { DirectoryShape } from './use-directory-state.ts'
import './toolbar.css'

const FiltersSheet = deferred(async () => (await import('./filters-sheet.tsx')).FiltersSheet)
const Tools = deferred(async () => (await import('./tools.tsx')).Tools)

interface Props {
  shape: DirectoryShape
  /** How many match, once that is known. */
  total: number | undefined
}

/** What narrows and orders the table: in one row, or on narrow screens behind one button. */
export function Toolbar({ shape, total }: Props) {
  const narrow = useMedia(NARROW)
  const { definition, type } = shape
  return (
    <section class="toolbar" aria-label="Table tools">
      <SearchField value={definition.search} onType={type} />
      {narrow ? <SheetButton shape={shape} total={total} /> : <Tools shape={shape} />}
    </section>
  )
}

function SheetButton({ shape, total }: Props) {
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
