import { Field, type FieldProps } from '#web/ui/field.tsx'
import { type Option, Select } from '#web/ui/select-field.tsx'
import type { BoundField } from '#web/ui/use-form.ts'

interface Props extends Omit<FieldProps, 'error'>, BoundField {
  options: readonly Option[]
}

/** One of several, of which one always holds. */
export const ChoiceField = ({ label, hint, error, name, value, set, options }: Props) => (
  <Field label={label} hint={hint} error={error}>
    {(control) => (
      <Select
        {...control}
        name={name}
        value={value}
        options={options}
        onChange={(event) => set(event.currentTarget.value)}
      />
    )}
  </Field>
)
