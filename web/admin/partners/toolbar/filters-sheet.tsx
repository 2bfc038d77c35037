import { ChevronDown } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { EVERYBODY, type FilterName } from '#web/admin/partners/definition.ts'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { formatCount } from '#web/format.ts'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Select } from '#web/ui/select-field.tsx'
import { FILTER_NAMES, GROUPINGS, PARTNER_SORTS } from '#worker/partners/terms.ts'
import { FILTER_LABELS } from './filter-labels.ts'
import { useFilterChoices } from './filter-values.ts'
import { isFalling, sortOf } from './sorts.ts'

const SORT_OPTIONS = PARTNER_SORTS.map((sort) => {
  const { label, rising, falling } = sortOf(sort)
  return { value: sort, label: `${label}: ${isFalling(sort) ? falling : rising}` }
})
const GROUP_OPTIONS = [
  { value: '', label: 'No groups' },
  ...GROUPINGS.map((by) => ({ value: by, label: FILTER_LABELS[by] })),
]

interface Props {
  shape: DirectoryShape
  total: number | undefined
  onClose: () => void
}

/** All that narrows and orders the list, for narrow screens. What is chosen holds at once. */
export function FiltersSheet({ shape, total, onClose }: Props) {
  const { definition, change } = shape
  const { sort, groupBy } = definition
  const clear = () => change({ filters: {}, search: '', sort: EVERYBODY.sort, groupBy: null })
  const footer = (
    <>
      <Button onClick={clear}>Clear all</Button>
      <Button look="primary" onClick={onClose}>
        {total === undefined ? 'Show partners' : `Show ${formatCount(total)}`}
      </Button>
    </>
  )
  return (
    <Modal kind="dialog" title="Filters" onClose={onClose} footer={footer}>
      <div class="form">
        <Field label="Sort by">
          {(control) => (
            <Select
              {...control}
              options={SORT_OPTIONS}
              value={sort}
              onChange={({ currentTarget }) =>
                change({ sort: PARTNER_SORTS.find((one) => one === currentTarget.value) ?? 'name' })
              }
            />
          )}
        </Field>
        <Field label="Group by">
          {(control) => (
            <Select
              {...control}
              options={GROUP_OPTIONS}
              value={groupBy ?? ''}
              onChange={({ currentTarget }) =>
                change({ groupBy: GROUPINGS.find((one) => one === currentTarget.value) ?? null })
              }
            />
          )}
        </Field>
        <div class="sheet-filters">
          {FILTER_NAMES.map((name) => (
            <SheetFilter key={name} name={name} shape={shape} />
          ))}
        </div>
      </div>
    </Modal>
  )
}

function SheetFilter({ name, shape: { definition, change } }: { name: FilterName; shape: DirectoryShape }) {
  const { choices, failure, toggled, count } = useFilterChoices(definition, name)
  // Taking the last value away does not fold the others under one's finger.
  const [openAtFirst] = useState(count > 0)
  return (
    <details open={openAtFirst}>
      <summary>
        {FILTER_LABELS[name]}
        {count > 0 && <span class="number-badge number">{count}</span>}
        <ChevronDown size={14} aria-hidden="true" />
      </summary>
      {failure && choices?.length === 0 && <Notice>{failure}</Notice>}
      {choices?.map(({ value, label, chosen }) => (
        <label key={value} class="sheet-choice">
          <input type="checkbox" checked={chosen} onChange={() => change({ filters: toggled(value) })} />
          {label}
        </label>
      ))}
    </details>
  )
}
