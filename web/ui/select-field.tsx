import { ChevronDown } from 'lucide-preact'
import type { TargetedEvent } from 'preact'
import { Field, type FieldProps } from './field.tsx'
import type { BoundField } from './use-form.ts'

export interface Option {
  value: string
  label: string
  disabled?: boolean
  /** Options of one group follow each other, below its name. */
  group?: string
}

interface Props extends Omit<FieldProps, 'error'>, BoundField {
  options: readonly Option[]
  /** What stands there while nothing is chosen. */
  empty: string
  disabled?: boolean
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  set,
  value,
  name,
  options,
  empty,
  disabled,
}: Props) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => (
        <Select
          {...control}
          name={name}
          required={!optional}
          disabled={disabled ?? false}
          value={value}
          options={[{ value: '', label: empty }, ...options]}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

interface SelectProps {
  options: readonly Option[]
  value: string
  onChange: (event: TargetedEvent<HTMLSelectElement>) => void
  /** Plain shows its border only while one points at it or uses it. */
  look?: 'plain'
  id?: string
  name?: string
  required?: boolean
  disabled?: boolean
  'aria-label'?: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: 'true' | undefined
}

/** The platform's own select: its list, keyboard and touch behaviour, in our clothes. */
export function Select({ options, look, value, ...rest }: SelectProps) {
  return (
    <div class="select" data-look={look}>
      <select class="control" value={value} {...rest}>
        {groupsOf(options).map(([group, members]) => {
          const drawn = members.map((option) => (
            <option
              key={option.value}
              value={option.value}
              disabled={option.disabled ?? false}
              selected={option.value === value}
            >
              {option.label}
            </option>
          ))
          return group === '' ? (
            drawn
          ) : (
            <optgroup key={group} label={group}>
              {drawn}
            </optgroup>
          )
        })}
      </select>
      <ChevronDown class="select-arrow" size={14} aria-hidden="true" />
    </div>
  )
}

const groupsOf = (options: readonly Option[]) => [
  ...Map.groupBy(options, ({ group }) => group ?? '').entries(),
]
