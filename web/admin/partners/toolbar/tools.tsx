import { ListFilter, X } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { type FilterName, isNarrowed, withFilter } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { Button } from '#web/ui/button.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { Popover } from '#web/ui/popover.tsx'
import { FILTER_NAMES } from '#worker/partners/terms.ts'
import { ColumnsMenu, GroupMenu, SortMenu } from './arrange-menus.tsx'
import { FILTER_LABELS, inWords } from './filter-labels.ts'
import { FilterMenu } from './filter-menu.tsx'
import { useFilterNames } from './filter-values.ts'

interface Props {
  shape: DirectoryShape
}

/** Filter, its chips, and what orders the table. */
export function Tools({ shape }: Props) {
  const { definition, change } = shape
  const button = useRef<HTMLSpanElement>(null)
  const focusFilter = () => button.current?.querySelector('button')?.focus()
  const openFilter = () => {
    // Where the focus returns to afterwards.
    focusFilter()
    button.current?.querySelector('button')?.click()
  }
  useHotkeys({ f: openFilter })
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
      <Chips shape={shape} onGone={focusFilter} />
      <span class="toolbar-end">
        <GroupMenu definition={definition} onChange={change} />
        <SortMenu definition={definition} onChange={change} />
        <ColumnsMenu definition={definition} onChange={change} />
      </span>
    </>
  )
}

/** As many chips as fit beside the other tools; more have a row of their own. */
const INLINE_MAX = 2

interface ChipsProps extends Props {
  /** The button that had the focus is no more. */
  onGone: () => void
}

/** The filters that are set: a press changes one, the cross takes it away. */
function Chips({ shape, onGone }: ChipsProps) {
  // A filter that is being changed stays, even when nothing is left of it.
  const [open, setOpen] = useState<FilterName | null>(null)
  const { definition, change } = shape
  const { filters } = definition
  const { labelOf, isGone } = useFilterNames(filters)
  const set = FILTER_NAMES.filter((name) => filters[name] || name === open)
  const clear = () => {
    change({ filters: {}, search: '' })
    onGone()
  }
  return (
    <div class="filter-chips" data-many={set.length > INLINE_MAX || undefined}>
      {set.map((name) => (
        <Chip
          key={name}
          name={name}
          words={inWords(filters[name]?.map((value) => labelOf(name, value)) ?? [])}
          gone={filters[name]?.some((value) => isGone(name, value)) ?? false}
          shape={shape}
          onGone={onGone}
          onToggle={(isOpen) => setOpen(isOpen ? name : null)}
        />
      ))}
      {set.length > 0 && isNarrowed(definition) && (
        <Button look="plain" onClick={clear}>
          Clear all
        </Button>
      )}
    </div>
  )
}

interface ChipProps extends ChipsProps {
  name: FilterName
  words: string
  gone: boolean
  onToggle: (open: boolean) => void
}

function Chip({ name, words, gone, shape: { definition, change }, onGone, onToggle }: ChipProps) {
  const remove = () => {
    change({ filters: withFilter(definition, name, []).filters })
    onGone()
  }
  const label = FILTER_LABELS[name]
  return (
    <span class="filter-chip" data-gone={gone || undefined}>
      <Popover
        label={label}
        onToggle={onToggle}
        trigger={(props) => (
          <button type="button" class="chip-words" {...props}>
            <span class="muted">{label}</span>
            <span class="truncate">{words || 'any'}</span>
          </button>
        )}
      >
        {() => <FilterMenu name={name} definition={definition} onChange={change} />}
      </Popover>
      <button type="button" class="chip-cross" aria-label={`Remove filter ${label}`} onClick={remove}>
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  )
}
