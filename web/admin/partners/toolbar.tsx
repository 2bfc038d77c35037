import { ListFilter, X } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { Button } from '#web/ui/button.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { Popover } from '#web/ui/popover.tsx'
import { useMedia } from '#web/ui/use-media.ts'
import { ColumnsMenu, GroupMenu, SortMenu } from './arrange-menus.tsx'
import { FILTER_NAMES, type FilterName, isNarrowed, withFilter } from './definition.ts'
import { NARROW } from './directory-view.tsx'
import { FILTER_LABELS, inWords } from './filter-labels.ts'
import { FilterMenu } from './filter-menu.tsx'
import { useFilterNames } from './filter-values.ts'
import { SearchField } from './search-field.tsx'
import type { DirectoryShape } from './use-directory-state.ts'
import './toolbar.css'

const FiltersSheet = deferred(async () => (await import('./filters-sheet.tsx')).FiltersSheet)

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
    <div class="toolbar" role="toolbar" aria-label="Table">
      <SearchField value={definition.search} onType={type} />
      {narrow ? <SheetButton shape={shape} total={total} /> : <WideTools shape={shape} />}
    </div>
  )
}

function WideTools({ shape }: Pick<Props, 'shape'>) {
  const { definition, change } = shape
  const button = useRef<HTMLSpanElement>(null)
  useHotkeys({ f: () => button.current?.querySelector('button')?.click() })
  return (
    <>
      <span ref={button} class="contents">
        <Popover
          label="Filter"
          trigger={(props) => (
            <Button look="plain" {...props}>
              <ListFilter size={14} aria-hidden="true" />
              Filter
            </Button>
          )}
        >
          {() => <FilterMenu definition={definition} onChange={change} />}
        </Popover>
      </span>
      <Chips shape={shape} />
      <span class="toolbar-end">
        <GroupMenu definition={definition} onChange={change} />
        <SortMenu definition={definition} onChange={change} />
        <ColumnsMenu definition={definition} onChange={change} />
      </span>
    </>
  )
}

/** The filters that are set: a press changes one, the cross takes it away. */
function Chips({ shape }: Pick<Props, 'shape'>) {
  const { definition, change } = shape
  const { filters } = definition
  const { labelOf, isGone } = useFilterNames(filters)
  const set = FILTER_NAMES.filter((name) => filters[name])
  return (
    <>
      {set.map((name) => (
        <Chip
          key={name}
          name={name}
          words={inWords(filters[name]?.map((value) => labelOf(name, value)) ?? [])}
          gone={filters[name]?.some((value) => isGone(name, value)) ?? false}
          shape={shape}
        />
      ))}
      {set.length > 0 && isNarrowed(definition) && (
        <Button look="plain" onClick={() => change({ filters: {}, search: '' })}>
          Clear all
        </Button>
      )}
    </>
  )
}

interface ChipProps {
  name: FilterName
  words: string
  gone: boolean
  shape: DirectoryShape
}

function Chip({ name, words, gone, shape: { definition, change } }: ChipProps) {
  const label = FILTER_LABELS[name]
  return (
    <span class="chip" data-gone={gone || undefined}>
      <Popover
        label={label}
        trigger={(props) => (
          <button type="button" class="chip-words" {...props}>
            <span class="muted">{label}</span>
            <span class="truncate">{words}</span>
          </button>
        )}
      >
        {() => <FilterMenu name={name} definition={definition} onChange={change} />}
      </Popover>
      <button
        type="button"
        class="chip-cross"
        aria-label={`Remove filter ${label}`}
        onClick={() => change({ filters: withFilter(definition, name, []).filters })}
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
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
