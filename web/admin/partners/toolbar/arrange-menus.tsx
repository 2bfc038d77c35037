import { ArrowUpDown, Columns3, Rows3 } from 'lucide-preact'
import { COLUMN_KEYS, type ColumnKey, type Definition } from '#web/admin/partners/definition.ts'
import { COLUMN_CHOICES } from '#web/admin/partners/table/columns.tsx'
import { Button } from '#web/ui/button.tsx'
import { Menu, MenuCheck, MenuChoice, MenuItem } from '#web/ui/menu.tsx'
import { GROUPINGS } from '#worker/partners/terms.ts'
import { FILTER_LABELS } from './filter-labels.ts'
import { isFalling, SORTS, sorted, sortOf } from './sorts.ts'

interface Props {
  definition: Definition
  onChange: (changes: Partial<Definition>) => void
}

export function GroupMenu({ definition: { groupBy }, onChange }: Props) {
  return (
    <Menu
      label="Group by"
      trigger={(props) => (
        <Button look="plain" data-on={groupBy !== null || undefined} {...props}>
          <Rows3 size={14} aria-hidden="true" />
          <span class="tool-word">Group</span>
          {groupBy && <span class="tool-value">{FILTER_LABELS[groupBy]}</span>}
        </Button>
      )}
    >
      <MenuChoice checked={groupBy === null} onChoose={() => onChange({ groupBy: null })}>
        No groups
      </MenuChoice>
      {GROUPINGS.map((by) => (
        <MenuChoice key={by} checked={groupBy === by} onChoose={() => onChange({ groupBy: by })}>
          {FILTER_LABELS[by]}
        </MenuChoice>
      ))}
    </Menu>
  )
}

export function SortMenu({ definition: { sort }, onChange }: Props) {
  const { field, label, rising, falling } = sortOf(sort)
  return (
    <Menu
      label="Sort by"
      trigger={(props) => (
        <Button look="plain" data-on={sort !== 'name' || undefined} {...props}>
          <ArrowUpDown size={14} aria-hidden="true" />
          <span class="tool-word">Sort</span>
          {sort !== 'name' && <span class="tool-value">{label}</span>}
        </Button>
      )}
    >
      {SORTS.map((one) => (
        <MenuChoice
          key={one.field}
          checked={one.field === field}
          onChoose={() => one.field !== field && onChange({ sort: one.first })}
        >
          {one.label}
        </MenuChoice>
      ))}
      <hr />
      {[false, true].map((down) => (
        <MenuChoice
          key={String(down)}
          checked={isFalling(sort) === down}
          onChoose={() => onChange({ sort: sorted(field, down) })}
        >
          {down ? falling : rising}
        </MenuChoice>
      ))}
    </Menu>
  )
}

export function ColumnsMenu({ definition: { columns }, onChange }: Props) {
  const toggle = (key: ColumnKey) => {
    const next = columns.includes(key) ? columns.filter((one) => one !== key) : [...columns, key]
    onChange({ columns: COLUMN_KEYS.filter((one) => next.includes(one)) })
  }
  return (
    <Menu
      label="Columns"
      trigger={(props) => (
        <Button look="plain" data-on={columns.length < COLUMN_KEYS.length || undefined} {...props}>
          <Columns3 size={14} aria-hidden="true" />
          <span class="tool-word">Columns</span>
        </Button>
      )}
    >
      {COLUMN_CHOICES.map(({ key, label }) => (
        <MenuCheck key={key} checked={columns.includes(key)} onChoose={() => toggle(key)}>
          {label}
        </MenuCheck>
      ))}
      <hr />
      <MenuItem onChoose={() => onChange({ columns: [...COLUMN_KEYS] })}>Show all</MenuItem>
    </Menu>
  )
}
