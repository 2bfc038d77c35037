import { ChevronRight } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { memberOptions } from '#web/admin/partners/names.ts'
import { useMembers } from '#web/members.ts'
import { explain } from '#web/problem.ts'
import { type Choice, Picker } from '#web/ui/picker.tsx'
import { STAGE_LABELS, STAGES, TIER_LABELS, TIERS } from '#worker/partners/terms.ts'
import { type Change, toManager, toStage, toTier } from './words.ts'

export type Action = 'manager' | 'stage' | 'tier'

const further = <ChevronRight size={13} aria-hidden="true" />
const ACTIONS: readonly Choice[] = [
  { value: 'manager', label: 'Set manager', note: further },
  { value: 'stage', label: 'Set stage', note: further },
  { value: 'tier', label: 'Set tier', note: further },
  { value: 'tags', label: 'Tags…' },
]

const STAGE_CHOICES = STAGES.map((value) => ({ value, label: STAGE_LABELS[value] }))
const AUTOMATIC = 'automatic'
const TIER_CHOICES = [
  ...TIERS.map((value) => ({ value, label: TIER_LABELS[value] })),
  { value: AUTOMATIC, label: 'Automatic', note: 'by rules' },
]

interface Props {
  /** What is to be set; without it, that is chosen first. */
  action?: Action | undefined
  onChange: (change: Change) => void
  onTags: () => void
}

/** Chooses what to set, then to what. */
export function BulkMenu({ action, onChange, onTags }: Props) {
  const [chosen, choose] = useState<Action | null>(action ?? null)
  const back = action ? {} : { onBack: () => choose(null) }
  if (chosen === 'manager') return <Managers onChange={onChange} {...back} />
  if (chosen === 'stage')
    return (
      <Picker
        key="stage"
        label="Set stage"
        choices={STAGE_CHOICES}
        onChoose={(value) => {
          const stage = STAGES.find((one) => one === value)
          if (stage) onChange(toStage(stage))
        }}
        {...back}
      />
    )
  if (chosen === 'tier')
    return (
      <Picker
        key="tier"
        label="Set tier"
        choices={TIER_CHOICES}
        onChoose={(value) => onChange(toTier(TIERS.find((one) => one === value) ?? null))}
        {...back}
      />
    )
  return (
    <Picker
      key="actions"
      label="Change"
      choices={ACTIONS}
      onChoose={(value) =>
        value === 'tags' ? onTags() : choose(value === 'manager' || value === 'stage' ? value : 'tier')
      }
    />
  )
}

const NOBODY = 'nobody'

function Managers({ onChange, onBack }: Pick<Props, 'onChange'> & { onBack?: () => void }) {
  const { data, error } = useMembers()
  const members = data && memberOptions(data.items)
  const choices = members && [{ value: NOBODY, label: 'No manager' }, ...members]
  return (
    <Picker
      key="manager"
      label="Set manager"
      choices={error && !members ? [] : choices}
      failure={error ? explain(error).message : undefined}
      onChoose={(value) => {
        const label = members?.find((one) => one.value === value)?.label
        onChange(toManager(value === NOBODY ? null : value, label ?? ''))
      }}
      {...(onBack && { onBack })}
    />
  )
}
