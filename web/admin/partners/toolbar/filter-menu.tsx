import { ChevronRight } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Definition, FilterName } from '#web/admin/partners/definition.ts'
import { Picker } from '#web/ui/picker.tsx'
import { FILTER_NAMES } from '#worker/partners/terms.ts'
import { FILTER_LABELS } from './filter-labels.ts'
import { useFilterChoices } from './filter-values.ts'

const FIELDS = FILTER_NAMES.map((name) => ({
  value: name,
  label: FILTER_LABELS[name],
  note: <ChevronRight size={13} aria-hidden="true" />,
}))

interface Props {
  definition: Definition
  /** The filter that is to be changed; without one, it is chosen first. */
  name?: FilterName
  onChange: (changes: Pick<Definition, 'filters'>) => void
}

/** Chooses a filter, then its values. */
export function FilterMenu({ definition, name, onChange }: Props) {
  const [chosen, choose] = useState<FilterName | null>(name ?? null)
  if (chosen === null)
    return (
      <Picker
        key="fields"
        label="Filter by"
        choices={FIELDS}
        onChoose={(value) => choose(FILTER_NAMES.find((one) => one === value) ?? null)}
      />
    )
  return (
    <FilterValues
      key={chosen}
      name={chosen}
      definition={definition}
      onChange={onChange}
      {...(name ? {} : { onBack: () => choose(null) })}
    />
  )
}

interface ValuesProps extends Props {
  name: FilterName
  onBack?: () => void
}

function FilterValues({ name, definition, onChange, onBack }: ValuesProps) {
  const [typed, setTyped] = useState('')
  const { choices, failure, toggled } = useFilterChoices(definition, name, typed)
  return (
    <Picker
      several
      label={FILTER_LABELS[name]}
      choices={choices}
      failure={typed === '' ? failure : undefined}
      onChoose={(value) => onChange({ filters: toggled(value) })}
      onType={setTyped}
      {...(onBack && { onBack })}
    />
  )
}
