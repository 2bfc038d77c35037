import type { TargetedInputEvent } from 'preact'
import { Field, type FieldProps } from './field.tsx'
import { suggestedFor, useSuggestions } from './suggestions.tsx'
import type { BoundField } from './use-form.ts'

interface Props extends Omit<FieldProps, 'error'>, BoundField {
  suggestions: readonly string[]
}

/** A line of text with suggestions, none of which must be taken. */
export function ComboField({ label, hint, error, optional, name, value, set, suggestions }: Props) {
  const options = suggestions.map((text) => ({ value: text, label: text }))
  const exact = suggestions.includes(value)
  const list = useSuggestions({ label, options: exact ? options : suggestedFor(options, value), choose: set })
  const onInput = (event: TargetedInputEvent<HTMLInputElement>) => {
    set(event.currentTarget.value)
    list.open()
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => (
        <div class="suggested">
          <input
            type="text"
            name={name}
            value={value}
            {...control}
            {...list.inputProps}
            onInput={onInput}
            onClick={list.open}
            onKeyDown={list.press}
            onBlur={list.close}
          />
          {list.list}
        </div>
      )}
    </Field>
  )
}
