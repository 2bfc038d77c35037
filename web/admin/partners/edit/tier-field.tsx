import { type Option, SelectField } from '#web/ui/select-field.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import type { BoundField } from '#web/ui/use-form.ts'
import { readPin, writePin } from './tier-choice.ts'

interface Props extends BoundField {
  label: string
  options: readonly Option[]
  note: string
}

/** Empty while the evaluator decides; choosing pins, and then one may say why. */
export function TierField({ label, options, note, name, value, error, set }: Props) {
  const { choice, reason } = readPin(value)
  return (
    <>
      <SelectField
        label={label}
        optional="unsaid"
        hint={note}
        empty="Automatic"
        options={options}
        name={name}
        value={choice}
        error={error}
        set={(chosen) => set(writePin({ choice: chosen, reason: choice === '' ? '' : reason }))}
      />
      {choice !== '' && (
        <TextField
          label="Why this tier"
          optional="unsaid"
          autocomplete="off"
          name="tierReason"
          value={reason}
          set={(text) => set(writePin({ choice, reason: text }))}
        />
      )}
    </>
  )
}
