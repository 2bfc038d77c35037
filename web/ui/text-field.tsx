import { Eye, EyeOff } from 'lucide-preact'
import type { TargetedInputEvent } from 'preact'
import { useState } from 'preact/hooks'
import { IconButton } from './button.tsx'
import { Field, type FieldProps } from './field.tsx'
import type { BoundField } from './use-form.ts'

interface Props extends FieldProps, Omit<BoundField, 'error'> {
  type?: 'text' | 'email'
  autocomplete?: string
  placeholder?: string
  autofocus?: boolean
  spellcheck?: boolean
  inputmode?: 'url' | 'numeric' | 'tel'
}

export function TextField({ label, hint, error, optional, set, type, ...rest }: Props) {
  const onInput = (event: TargetedInputEvent<HTMLInputElement>) => set(event.currentTarget.value)
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => {
        const props = { required: !optional, ...rest, ...control, onInput }
        return type === 'email' ? <input type="email" {...props} /> : <input type="text" {...props} />
      }}
    </Field>
  )
}

/** Text of several lines; the field grows with what is written. */
export function LongTextField({
  label,
  hint,
  error,
  optional,
  set,
  ...rest
}: FieldProps & Omit<BoundField, 'error'> & Pick<Props, 'placeholder' | 'autofocus'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => (
        <textarea
          rows={3}
          required={!optional}
          {...rest}
          {...control}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

/** A day, by the platform's own picker. */
export function DayField({
  label,
  hint,
  error,
  optional,
  set,
  ...rest
}: FieldProps & Omit<BoundField, 'error'> & { max?: string }) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => (
        <input
          type="date"
          required={!optional}
          {...rest}
          {...control}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

/** A password that one can look at while typing it. */
export function PasswordField({ label, hint, error, set, ...rest }: Omit<Props, 'type' | 'optional'>) {
  const [shown, setShown] = useState(false)
  const onInput = (event: TargetedInputEvent<HTMLInputElement>) => set(event.currentTarget.value)
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => {
        const props = {
          required: true,
          ...rest,
          ...control,
          autocapitalize: 'off' as const,
          spellcheck: false,
          onInput,
        }
        return (
          <div class="reveal">
            {shown ? <input type="text" {...props} /> : <input type="password" {...props} />}
            <IconButton label={shown ? 'Hide password' : 'Show password'} onClick={() => setShown(!shown)}>
              {shown ? <EyeOff size={15} aria-hidden="true" /> : <Eye size={15} aria-hidden="true" />}
            </IconButton>
          </div>
        )
      }}
    </Field>
  )
}
